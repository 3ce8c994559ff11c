//! What happens when something around the program fails: disks, databases, mail servers, clocks, hosts.

mod failing_disk;
mod fault;
mod full_disk;
mod full_tablespace;
mod mount;
mod power_cut;
