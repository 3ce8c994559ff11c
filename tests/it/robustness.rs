//! What happens when something around the program fails: disks, databases, mail servers, clocks, hosts.
