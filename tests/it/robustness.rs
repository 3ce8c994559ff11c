//! What happens when something around the program fails: disks, databases, mail servers, clocks, hosts; and when many come at
//! once, or go in the middle.

mod alerts;
mod alike;
mod away;
mod clock;
mod crash;
mod crowd;
mod damaged;
mod deadlines;
mod documents;
mod documents_belong;
mod documents_doctor;
mod documents_many;
mod documents_memory;
mod documents_read;
mod documents_swept;
mod failing_disk;
mod fault;
mod full_disk;
mod full_tablespace;
mod hang_up;
mod held;
mod keeping;
mod large_upload;
mod letters;
mod mail_server;
mod mount;
mod power_cut;
mod pressure;
mod private;
mod race;
mod rolling_restart;
mod sealed;
mod sockets;
mod stopping;
