//! What an installation is told at its founding, kept for the server.

use std::{
    collections::BTreeMap,
    fs::{self, OpenOptions},
    io::{self, Write as _},
    path::PathBuf,
};

use super::{
    Overrides,
    source::{Place, place},
};

/// What became of the settings that were given as flags.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Kept {
    /// Nothing is to be kept, or the settings file says the same.
    Already,
    /// They are in a new settings file in the data directory.
    Written(PathBuf),
    /// There is a settings file, which is the operator's; these lines are not in it.
    Wanting(PathBuf, String),
}

/// Keeps what was given as flags in the settings file of the data directory, unless there is one or another is named.
///
/// A database's address may hold a password: the file is for its owner only.
pub fn keep(overrides: &Overrides, environment: &BTreeMap<String, String>) -> io::Result<Kept> {
    let given = overrides.values.iter().filter(|(key, _)| **key != "data");
    let mut table: toml::Table =
        given.map(|(key, text)| ((*key).to_owned(), toml::Value::String(text.clone()))).collect();
    let (Place::Named(path) | Place::Usual(path)) = place(overrides, environment);
    match fs::read_to_string(&path) {
        Ok(text) => {
            let there: toml::Table = text.parse().map_err(io::Error::other)?;
            table.retain(|key, value| there.get(key) != Some(value));
            Ok(if table.is_empty() { Kept::Already } else { Kept::Wanting(path, table.to_string()) })
        }
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
        Err(_) if table.is_empty() => Ok(Kept::Already),
        Err(_) => {
            let mut options = OpenOptions::new();
            options.write(true).create_new(true);
            #[cfg(unix)]
            std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
            let mut file = options.open(&path)?;
            writeln!(file, "# What `imprimatur init` was told; `imprimatur config show` lists every setting.")?;
            file.write_all(table.to_string().as_bytes())?;
            file.sync_all()?;
            Ok(Kept::Written(path))
        }
    }
}
