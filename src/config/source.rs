//! Where a value comes from: flag, environment, file, default, in this order.

use std::{
    collections::BTreeMap,
    fmt, fs, io,
    path::{Path, PathBuf},
};

use super::{Overrides, SETTINGS, Secrecy, Setting, mask::mask_url};

/// Where a value came from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Source {
    /// A flag.
    Flag(String),
    /// An environment variable.
    Variable(String),
    /// A file: the configuration file, or the one a `…_FILE` variable names.
    File(PathBuf),
    /// Nothing was set.
    Default,
}

impl fmt::Display for Source {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Flag(flag) => write!(f, "--{flag}"),
            Self::Variable(name) => f.write_str(name),
            Self::File(path) => write!(f, "{}", path.display()),
            Self::Default => f.write_str("default"),
        }
    }
}

/// One setting's text and its source.
#[derive(Clone)]
pub struct Value {
    /// Which setting.
    pub setting: &'static Setting,
    /// Its text; crate-private because it may be a secret.
    pub(super) text: String,
    /// Where it came from.
    pub source: Source,
}

impl Value {
    /// The text as it may be shown.
    #[must_use]
    pub fn shown(&self) -> String {
        match self.setting.secrecy {
            _ if self.text.is_empty() => "(none)".to_owned(),
            Secrecy::Open => self.text.clone(),
            Secrecy::Url => mask_url(&self.text),
            Secrecy::Secret => "***".to_owned(),
        }
    }
}

impl fmt::Display for Value {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} = {}  ({})", self.setting.key, self.shown(), self.source)
    }
}

impl fmt::Debug for Value {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{self}")
    }
}

/// One thing wrong with the settings.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Fault {
    /// A value is not what it should be.
    #[error("{key} (from {source_of}) is '{shown}'; expected {expected}")]
    Wrong {
        /// The setting.
        key: &'static str,
        /// Its source.
        source_of: String,
        /// The text, secrets masked.
        shown: String,
        /// What was expected.
        expected: String,
    },
    /// There is no such setting.
    #[error("there is no setting '{key}' ({source_of}); `--help` lists them all")]
    Unknown {
        /// As written.
        key: String,
        /// Where.
        source_of: String,
    },
    /// A file could not be read.
    #[error("{} cannot be read: {reason}", path.display())]
    Unreadable {
        /// Which.
        path: PathBuf,
        /// Why.
        reason: String,
    },
}

/// Where the settings file is.
pub(super) enum Place {
    /// A flag or a variable names it.
    Named(PathBuf),
    /// In the data directory.
    Usual(PathBuf),
}

/// The process's environment, as far as it is text.
#[must_use]
pub fn environment() -> BTreeMap<String, String> {
    std::env::vars_os()
        .filter_map(|(name, value)| Some((name.into_string().ok()?, value.into_string().ok()?)))
        .collect()
}

/// Every setting from its strongest source, and what went wrong on the way.
pub(super) fn gather(overrides: &Overrides, environment: &BTreeMap<String, String>) -> (Vec<Value>, Vec<Fault>) {
    let mut faults = unknown_variables(environment);
    let file = configuration_file(overrides, environment, &mut faults);
    let mut values = Vec::with_capacity(SETTINGS.len());
    for setting in SETTINGS {
        let (text, source) = from_flag(setting, overrides)
            .or_else(|| from_environment(setting, environment, &mut faults))
            .or_else(|| from_file(setting, file.as_ref()))
            .unwrap_or_else(|| (setting.default.to_owned(), Source::Default));
        values.push(Value { setting, text, source });
    }
    (values, faults)
}

fn from_flag(setting: &Setting, overrides: &Overrides) -> Option<(String, Source)> {
    let text = overrides.values.get(setting.key)?.clone();
    Some((text, Source::Flag(setting.flag()?)))
}

fn from_environment(
    setting: &Setting,
    environment: &BTreeMap<String, String>,
    faults: &mut Vec<Fault>,
) -> Option<(String, Source)> {
    let own = setting.variable();
    if let Some(text) = environment.get(&own) {
        return Some((text.clone(), Source::Variable(own)));
    }
    if let Some(path) = setting.file_variable().and_then(|name| environment.get(&name)) {
        let path = PathBuf::from(path);
        match fs::read_to_string(&path) {
            Ok(text) => return Some((text.trim_end_matches(['\r', '\n']).to_owned(), Source::File(path))),
            Err(error) => faults.push(Fault::Unreadable { path, reason: error.to_string() }),
        }
    }
    setting.also.iter().find_map(|name| {
        let text = environment.get(*name).filter(|text| !text.is_empty())?;
        Some((text.clone(), Source::Variable((*name).to_owned())))
    })
}

fn from_file(setting: &Setting, file: Option<&(PathBuf, toml::Table)>) -> Option<(String, Source)> {
    let (path, table) = file?;
    let text = match table.get(setting.key)? {
        toml::Value::String(text) => text.clone(),
        other => other.to_string(),
    };
    Some((text, Source::File(path.clone())))
}

fn unknown_variables(environment: &BTreeMap<String, String>) -> Vec<Fault> {
    let known = |name: &str| {
        name == "IMPRIMATUR_CONFIG"
            || SETTINGS.iter().any(|s| s.variable() == name || s.file_variable().as_deref() == Some(name))
    };
    environment
        .keys()
        .filter(|name| name.starts_with("IMPRIMATUR_") && !known(name))
        .map(|name| Fault::Unknown { key: name.clone(), source_of: "environment".to_owned() })
        .collect()
}

/// Where the settings file is: the one that is named, or the one in the data directory, which need not be there.
pub(super) fn place(overrides: &Overrides, environment: &BTreeMap<String, String>) -> Place {
    let named = overrides.file.clone().or_else(|| environment.get("IMPRIMATUR_CONFIG").map(PathBuf::from));
    named.map_or_else(
        || {
            let data = overrides.values.get("data").or_else(|| environment.get("IMPRIMATUR_DATA"));
            Place::Usual(Path::new(data.map_or("data", String::as_str)).join("imprimatur.toml"))
        },
        Place::Named,
    )
}

fn configuration_file(
    overrides: &Overrides,
    environment: &BTreeMap<String, String>,
    faults: &mut Vec<Fault>,
) -> Option<(PathBuf, toml::Table)> {
    let (path, optional) = match place(overrides, environment) {
        Place::Named(path) => (path, false),
        Place::Usual(path) => (path, true),
    };
    let text = match fs::read_to_string(&path) {
        Ok(text) => text,
        Err(error) if optional && error.kind() == io::ErrorKind::NotFound => return None,
        Err(error) => {
            faults.push(Fault::Unreadable { path, reason: error.to_string() });
            return None;
        }
    };
    match text.parse::<toml::Table>() {
        Ok(table) => {
            faults.extend(
                table
                    .keys()
                    .filter(|key| SETTINGS.iter().all(|setting| setting.key != *key))
                    .map(|key| Fault::Unknown { key: key.clone(), source_of: path.display().to_string() }),
            );
            Some((path, table))
        }
        Err(error) => {
            faults.push(Fault::Unreadable { path, reason: error.message().to_owned() });
            None
        }
    }
}
