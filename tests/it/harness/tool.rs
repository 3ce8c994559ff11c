//! Programs that some tests need beside Rust.

use std::{env, path::PathBuf};

/// Where a program is; none where it is not, and the test is left out. On a build server that is a failure: there
/// `tests/run` installs it.
pub(crate) fn tool(name: &str) -> Option<PathBuf> {
    let paths = env::var_os("PATH").unwrap_or_default();
    let folders = env::split_paths(&paths).chain(["/usr/sbin", "/sbin"].map(PathBuf::from));
    let found = folders.map(|folder| folder.join(name)).find(|file| file.is_file());
    if found.is_none() {
        left_out(&format!("{name} is not there; tests/run installs it"));
    }
    found
}

/// Says plainly that something could not be tried; fails on a build server.
pub(crate) fn left_out(why: &str) {
    assert!(env::var_os("CI").is_none(), "nothing may be left out on a build server: {why}");
    eprintln!("left out: {why}");
}
