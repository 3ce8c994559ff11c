//! From text to types.

use std::{
    fmt,
    path::{Path, PathBuf},
    str::FromStr,
};

use jiff::SignedDuration;

use super::{
    Config, Fault, Value,
    retention::{Period, Retention, duration},
};
use crate::{
    blob::{Place, S3},
    password::Cost,
    secret::Secret,
};

/// How log lines are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LogFormat {
    /// For people.
    Text,
    /// One JSON object a line.
    Json,
}

/// Scheme, host and port that people reach this server by, without a slash at the end.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PublicUrl(String);

impl PublicUrl {
    /// Whether browsers reach it over TLS.
    #[must_use]
    pub fn is_https(&self) -> bool {
        self.0.starts_with("https://")
    }

    /// What browsers send as `Origin`.
    #[must_use]
    pub fn origin(&self) -> String {
        self.0.trim_end_matches('/').to_owned()
    }

    /// The text, `https://credit.example.org`.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for PublicUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Not a scheme, host and port.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a public URL is https://HOST or http://HOST:PORT without a path")]
pub struct PublicUrlError;

impl FromStr for PublicUrl {
    type Err = PublicUrlError;

    fn from_str(text: &str) -> Result<Self, PublicUrlError> {
        let url: axum::http::Uri = text.parse().or(Err(PublicUrlError))?;
        let scheme = url.scheme_str().filter(|scheme| matches!(*scheme, "http" | "https")).ok_or(PublicUrlError)?;
        let authority = url.authority().filter(|authority| !authority.as_str().contains('@')).ok_or(PublicUrlError)?;
        let bare = url.path() == "/" && url.query().is_none();
        bare.then(|| Self(format!("{scheme}://{}", authority.as_str().to_lowercase()))).ok_or(PublicUrlError)
    }
}

/// The typed configuration, where every value is sound; faults are added for those that are not.
pub(super) fn typed(values: &[Value], faults: &mut Vec<Fault>) -> Result<Config, Noted> {
    let mut read = Reader { values, faults };
    let listen = read.one("listen", |text| text.parse().ok());
    let metrics_listen = read.optional("metrics_listen", |text| text.parse().ok());
    let trusted_proxies = read.one("trusted_proxies", |text| text.parse().ok());
    let data = read.one("data", path);
    let public_url = read.optional("public_url", |text| text.parse().ok());
    let database = read.optional("database", |text| {
        ["sqlite:", "postgres://", "postgresql://"].iter().any(|s| text.starts_with(s)).then(|| Secret::new(text))
    });
    let blobs = read.place();
    let upload_limit = read.one("upload_limit", size);
    let scanner = read.one("scanner", |text| if text == "off" { Some(None) } else { text.parse().ok().map(Some) });
    let smtp = read.one("smtp", |text| match text {
        "off" => Some(None),
        _ if text.starts_with("smtp://") || text.starts_with("smtps://") => Some(Some(Secret::new(text))),
        _ => None,
    });
    let mail_from =
        read.one("mail_from", |text| text.parse::<lettre::message::Mailbox>().ok().map(|mailbox| mailbox.to_string()));
    let mail_connections =
        read.one("mail_connections", |text| text.parse().ok().filter(|most| (1..=100).contains(most)));
    let workflows = read.optional("workflows", path);
    let log = read.one("log", log_format);
    let log_filter =
        read.one("log_filter", |text| tracing_subscriber::EnvFilter::try_new(text).ok().map(|_| text.to_owned()));
    let configurations =
        read.one("configurations", |text| text.parse().ok().filter(|most| (1_000..=10_000_000).contains(most)));
    let connections = read.one("connections", |text| text.parse().ok().filter(|most| (16..=1_000_000).contains(most)));
    let requests = read.one("requests", |text| text.parse().ok().filter(|most| (1..=65_536).contains(most)));
    let uploads = read.one("uploads", |text| text.parse().ok().filter(|most| (1..=65_536).contains(most)));
    let drain =
        read.one("drain", |text| if text == "0" || text == "0s" { Some(SignedDuration::ZERO) } else { duration(text) });
    let shutdown_deadline = read.one("shutdown_deadline", duration);
    let session_idle = read.one("session_idle", duration);
    let session_absolute = read.one("session_absolute", duration);
    let token_lifetime = read.one("token_lifetime", duration);
    let retention = read.retention();
    let memory = read.one("argon2_memory", |text| text.parse().ok().filter(|kib| (8..=4_194_304).contains(kib)));
    let iterations = read.one("argon2_iterations", |text| text.parse().ok().filter(|n| (1..=100).contains(n)));

    let data = data?;
    Ok(Config {
        listen: listen?,
        metrics_listen: metrics_listen?,
        trusted_proxies: trusted_proxies?,
        public_url: public_url?,
        database: database?
            .unwrap_or_else(|| Secret::new(format!("sqlite://{}", data.join("imprimatur.db").display()))),
        blobs: placed(blobs?, &data),
        data,
        upload_limit: upload_limit?,
        scanner: scanner?,
        smtp: smtp?,
        mail_from: mail_from?,
        mail_connections: mail_connections?,
        workflows: workflows?,
        log: log?,
        log_filter: log_filter?,
        configurations: configurations?,
        connections: connections?,
        requests: requests?,
        uploads: uploads?,
        drain: drain?,
        shutdown_deadline: shutdown_deadline?,
        session_idle: session_idle?,
        session_absolute: session_absolute?,
        token_lifetime: token_lifetime?,
        retention: retention?,
        password_cost: Cost { memory: memory?, iterations: iterations? },
    })
}

/// Reads values one by one and remembers what was wrong.
struct Reader<'a> {
    values: &'a [Value],
    faults: &'a mut Vec<Fault>,
}

/// A value is wrong, and the fault is noted. Reading goes on, so that all of them are.
#[derive(Clone, Copy, Debug)]
pub(super) struct Noted;

impl Reader<'_> {
    fn one<T>(&mut self, key: &'static str, parse: impl FnOnce(&str) -> Option<T>) -> Result<T, Noted> {
        let value = self.values.iter().find(|value| value.setting.key == key).ok_or(Noted)?;
        parse(value.text.trim()).ok_or_else(|| {
            self.faults.push(Fault::Wrong {
                key,
                source_of: value.source.to_string(),
                shown: value.shown(),
                expected: value.setting.expected.to_owned(),
            });
            Noted
        })
    }

    /// Empty text is none.
    fn optional<T>(&mut self, key: &'static str, parse: impl FnOnce(&str) -> Option<T>) -> Result<Option<T>, Noted> {
        self.one(key, |text| if text.is_empty() { Some(None) } else { parse(text).map(Some) })
    }

    fn retention(&mut self) -> Result<Retention, Noted> {
        let at_least = |days: i64| move |text: &str| Period::read(text, days);
        let letters = self.one("keep_letters", at_least(7));
        let links = self.one("keep_links", at_least(1));
        let sessions = self.one("keep_sessions", at_least(1));
        let attempts = self.one("keep_attempts", at_least(1));
        let work = self.one("keep_work", at_least(7));
        let answers = self.one("keep_answers", at_least(7));
        let log = self.one("keep_log", at_least(365));
        let records = self.one("keep_records", at_least(365));
        let backups = self.optional("keep_backups", at_least(1));
        Ok(Retention {
            letters: letters?,
            links: links?,
            sessions: sessions?,
            attempts: attempts?,
            work: work?,
            answers: answers?,
            log: log?,
            records: records?,
            backups: backups?,
        })
    }

    /// A directory, or a bucket with everything that is needed to reach it.
    fn place(&mut self) -> Result<Option<Place>, Noted> {
        let endpoint = self.optional("s3_endpoint", |text| {
            (text.starts_with("http://") || text.starts_with("https://")).then(|| text.to_owned())
        });
        let region = self.one("s3_region", |text| (!text.is_empty()).then(|| text.to_owned()));
        let access_key = self.optional("s3_access_key", |text| Some(Secret::new(text)));
        let secret_key = self.optional("s3_secret_key", |text| Some(Secret::new(text)));
        let mut place = self.optional("blobs", place)?;
        if let Some(Place::Bucket(s3)) = &mut place {
            (s3.endpoint, s3.region) = (endpoint?, region?);
            (s3.access_key, s3.secret_key) = (access_key?, secret_key?);
        }
        Ok(place)
    }
}

/// A directory, or a bucket of which only the name and the prefix are known.
fn place(text: &str) -> Option<Place> {
    let Some(rest) = text.strip_prefix("s3://") else {
        return if text.contains("://") { None } else { path(text).map(Place::Directory) };
    };
    let (bucket, prefix) = rest.split_once('/').unwrap_or((rest, ""));
    // S3 wants at least three characters in a bucket's name.
    (bucket.len() >= 3).then(|| {
        Place::Bucket(S3 {
            bucket: bucket.to_owned(),
            prefix: prefix.trim_matches('/').to_owned(),
            endpoint: None,
            region: String::new(),
            access_key: None,
            secret_key: None,
            spool: PathBuf::new(),
        })
    })
}

/// The place for documents beside a data directory, which a bucket needs too: uploads are gathered there.
fn placed(place: Option<Place>, data: &Path) -> Place {
    match place {
        None => Place::Directory(data.join("blobs")),
        Some(Place::Bucket(s3)) => Place::Bucket(S3 { spool: data.to_owned(), ..s3 }),
        Some(directory) => directory,
    }
}

fn log_format(text: &str) -> Option<LogFormat> {
    match text {
        "text" => Some(LogFormat::Text),
        "json" => Some(LogFormat::Json),
        _ => None,
    }
}

fn path(text: &str) -> Option<PathBuf> {
    (!text.is_empty()).then(|| PathBuf::from(text))
}

/// `50MB`, `2 GB`, `512 MiB` or plain bytes; kB, MB and GB are powers of 1000.
fn size(text: &str) -> Option<u64> {
    let digits = text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
    let (number, unit) = text.split_at_checked(digits)?;
    let factor = match unit.trim().to_lowercase().as_str() {
        "" | "b" => 1,
        "kb" => 1_000,
        "mb" => 1_000_000,
        "gb" => 1_000_000_000,
        "kib" => 1 << 10,
        "mib" => 1 << 20,
        "gib" => 1 << 30,
        _ => return None,
    };
    number.parse::<u64>().ok()?.checked_mul(factor).filter(|bytes| *bytes > 0)
}
