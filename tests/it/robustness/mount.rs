//! File systems of a test's own, unmounted when dropped.

use std::{
    ffi::OsStr,
    path::{Path, PathBuf},
    process::Command,
};

/// A mounted file system.
pub(super) struct Mount {
    at: PathBuf,
}

/// Runs a command; what it said where it failed.
pub(super) fn told(program: &str, arguments: &[&OsStr]) -> Result<String, String> {
    let output = Command::new(program).args(arguments).output().map_err(|error| format!("{program}: {error}"))?;
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).trim().to_owned();
    if output.status.success() { Ok(text(&output.stdout)) } else { Err(format!("{program}: {}", text(&output.stderr))) }
}

impl Mount {
    /// Mounts; an honest line, and nothing, where this machine does not let us. On a build server run by root it has to.
    pub(super) fn new(kind: &str, options: &str, device: &Path, at: &Path) -> Option<Self> {
        let arguments =
            [OsStr::new("-t"), kind.as_ref(), "-o".as_ref(), options.as_ref(), device.as_ref(), at.as_ref()];
        match told("mount", &arguments) {
            Ok(_) => Some(Self { at: at.to_owned() }),
            Err(why) => {
                left_out(&why);
                None
            }
        }
    }

    /// A file system in memory that holds so many megabytes.
    pub(super) fn memory(megabytes: u32, at: &Path) -> Option<Self> {
        Self::new("tmpfs", &format!("size={megabytes}m,mode=0700"), Path::new("none"), at)
    }
}

/// Says plainly that something cannot be tried here; fails where it should be possible.
pub(super) fn left_out(why: &str) {
    let root = told("id", &["-u".as_ref()]).is_ok_and(|id| id == "0");
    assert!(!(root && std::env::var_os("CI").is_some()), "root on a build server can mount: {why}");
    eprintln!("LEFT OUT: {why}");
}

impl Drop for Mount {
    fn drop(&mut self) {
        if told("umount", &[self.at.as_ref()]).is_err() {
            let _so_that_nothing_stays = told("umount", &["-l".as_ref(), self.at.as_ref()]);
        }
    }
}
