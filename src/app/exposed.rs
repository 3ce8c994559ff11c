//! What others who have an account on this machine could read: the database, documents, secrets.

use std::path::{Path, PathBuf};

use super::address;
use crate::{
    blob::Place,
    config::{Loaded, Secrecy, Source},
};

/// A file or directory that is open to others.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Exposed {
    /// Which.
    pub path: PathBuf,
    /// What is in it.
    pub holds: Holds,
}

/// What a file or directory holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Holds {
    /// What was entered, with password hashes and the key that signs tokens.
    Data,
    /// A setting that must stay secret.
    Secret,
}

impl Exposed {
    /// What to do about it.
    #[must_use]
    pub fn cure(&self) -> String {
        let path = self.path.display();
        match self.holds {
            Holds::Data => format!("others on this machine can get at {path}: run `chmod -R o= {path}`"),
            Holds::Secret => format!("others on this machine can read the secret in {path}: run `chmod o= {path}`"),
        }
    }
}

/// Everything of an installation that is open to others on this machine. Whoever is in the group was let in on purpose.
pub fn exposed(loaded: &Loaded) -> anyhow::Result<Vec<Exposed>> {
    let config = &loaded.config;
    let mut open = Vec::new();
    let mut look = |path: &Path, bits: u32, holds| {
        if is_open(path, bits) && open.iter().all(|known: &Exposed| known.path != path) {
            open.push(Exposed { path: path.to_owned(), holds });
        }
    };
    // Who may write into the directory could put another database there.
    look(&config.data, 0o002, Holds::Data);
    if let Some(file) = address(config)?.file() {
        for ending in ["", "-wal", "-shm"] {
            look(&PathBuf::from(format!("{file}{ending}")), 0o006, Holds::Data);
        }
    }
    if let Place::Directory(directory) = &config.blobs {
        look(directory, 0o007, Holds::Data);
    }
    let secret = |value: &&crate::config::Value| value.setting.secrecy != Secrecy::Open;
    for value in loaded.values.iter().filter(secret) {
        if let Source::File(path) = &value.source {
            look(path, 0o006, Holds::Secret);
        }
    }
    Ok(open)
}

/// Whether others have one of these rights to it, and may go through every directory above it.
#[cfg(unix)]
fn is_open(path: &Path, bits: u32) -> bool {
    use std::os::unix::fs::PermissionsExt as _;
    let others = |path: &Path| path.metadata().map_or(0, |found| found.permissions().mode() & 0o007);
    let Ok(path) = path.canonicalize() else { return false };
    others(&path) & bits != 0 && path.ancestors().skip(1).all(|above| others(above) & 0o001 != 0)
}

#[cfg(not(unix))]
fn is_open(_: &Path, _: u32) -> bool {
    false
}
