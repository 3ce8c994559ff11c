//! Configuration: one typed struct, read once at the start from flags, environment, a file and defaults.
//!
//! A flag beats the environment, the environment beats the file, the file beats the default. Everything that is wrong
//! is named at once, with where it came from and what was expected. [`SETTINGS`] is the one table: `--help`,
//! `config show` and the README are made from it.

mod keep;
mod listen;
mod mask;
mod overrides;
mod parse;
mod retention;
mod setting;
mod source;

use std::{fmt, path::PathBuf};

use jiff::SignedDuration;

pub use keep::{Kept, keep};
pub use listen::{Listen, Proxies};
pub use overrides::Overrides;
pub use parse::{LogFormat, PublicUrl};
pub use retention::{Period, Retention};
pub use setting::{SETTINGS, Secrecy, Setting, table};
pub use source::{Fault, Source, Value, environment};

use crate::{blob::Place, password::Cost, scan::Scanner, secret::Secret};

/// Everything that can be set, checked.
#[derive(Clone, Debug)]
pub struct Config {
    /// Where pages and API are served; port 0 takes a free one.
    pub listen: Listen,
    /// Where `/metrics` is served; none turns it off.
    pub metrics_listen: Option<Listen>,
    /// Whose word is taken for where a request comes from.
    pub trusted_proxies: Proxies,
    /// The data directory.
    pub data: PathBuf,
    /// How people reach this server; none stands for the address it listens on.
    pub public_url: Option<PublicUrl>,
    /// The database: `sqlite://…` or `postgres://…`.
    pub database: Secret,
    /// Where documents are kept.
    pub blobs: Place,
    /// The largest upload in bytes.
    pub upload_limit: u64,
    /// The virus scanner; none gives files out unchecked.
    pub scanner: Option<Scanner>,
    /// The SMTP server's URL; none keeps letters in the outbox.
    pub smtp: Option<Secret>,
    /// The sender of letters.
    pub mail_from: String,
    /// How many letters are handed over at a time.
    pub mail_connections: u16,
    /// The directory of workflow definitions; none stands for those in the binary.
    pub workflows: Option<PathBuf>,
    /// How log lines are written.
    pub log: LogFormat,
    /// Which log lines are written, in the syntax of `RUST_LOG`.
    pub log_filter: String,
    /// How many configurations are looked at to prove a workflow.
    pub configurations: usize,
    /// How many connections are held at a time.
    pub connections: usize,
    /// How many requests of a kind are worked on at a time.
    pub requests: usize,
    /// How many files are taken in at a time.
    pub uploads: usize,
    /// How long a server that was told to stop goes on, so that others notice.
    pub drain: SignedDuration,
    /// How long a stop may take in all.
    pub shutdown_deadline: SignedDuration,
    /// A session ends when it is not used for this long.
    pub session_idle: SignedDuration,
    /// A session ends this long after signing in.
    pub session_absolute: SignedDuration,
    /// How long an access token is valid.
    pub token_lifetime: SignedDuration,
    /// How long what nobody needs any more is kept.
    pub retention: Retention,
    /// What hashing a password costs.
    pub password_cost: Cost,
}

/// A configuration and where each value came from.
#[derive(Clone, Debug)]
pub struct Loaded {
    /// The checked values.
    pub config: Config,
    /// Every setting's text and source, in the order of [`SETTINGS`].
    pub values: Vec<Value>,
}

/// Everything that is wrong with the settings.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub struct Faults(pub Vec<Fault>);

impl fmt::Display for Faults {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the settings are not usable:")?;
        self.0.iter().try_for_each(|fault| write!(f, "\n  {fault}"))
    }
}

impl Config {
    /// Reads every setting from its strongest source and checks them all.
    ///
    /// `environment` is what [`environment`] returns, or a test's own.
    pub fn load(
        overrides: &Overrides,
        environment: &std::collections::BTreeMap<String, String>,
    ) -> Result<Loaded, Faults> {
        let (values, mut faults) = source::gather(overrides, environment);
        let config = parse::typed(&values, &mut faults);
        match config {
            Ok(config) if faults.is_empty() => Ok(Loaded { config, values }),
            _ => Err(Faults(faults)),
        }
    }
}

impl Loaded {
    /// What `config show` prints: each setting, its value with secrets masked, and its source.
    #[must_use]
    pub fn show(&self) -> String {
        self.values.iter().map(Value::to_string).collect::<Vec<_>>().join("\n")
    }
}
