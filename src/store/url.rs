//! Where the data is.

use std::{fmt, str::FromStr};

/// Where the data is: `sqlite:///path/file.db` or `postgres://…`. Its debug form hides a password.
#[derive(Clone, PartialEq, Eq)]
pub struct StoreUrl {
    pub(super) place: Place,
    pub(super) connections: u32,
}

/// What kind of place it is.
#[derive(Clone, PartialEq, Eq)]
pub(super) enum Place {
    /// The path of a file.
    Sqlite(String),
    /// The whole URL.
    Postgres(String),
}

/// Not the address of a store.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the database must be sqlite:///path/to/file.db or postgres://user:password@host/name")]
pub struct StoreUrlError;

impl StoreUrl {
    /// Connections to PostgreSQL where nothing else is said.
    const CONNECTIONS: u32 = 10;

    /// With at most so many connections to PostgreSQL. SQLite has one that writes and four that read.
    #[must_use]
    pub fn with_connections(self, connections: u32) -> Self {
        Self { connections: connections.max(1), ..self }
    }

    /// The database's file, where it is SQLite's.
    #[must_use]
    pub fn file(&self) -> Option<&str> {
        match &self.place {
            Place::Sqlite(path) => Some(path),
            Place::Postgres(_) => None,
        }
    }
}

impl FromStr for StoreUrl {
    type Err = StoreUrlError;

    fn from_str(text: &str) -> Result<Self, StoreUrlError> {
        let place = match text.split_once("://") {
            Some(("sqlite", path)) if !path.is_empty() && !path.contains('?') => Place::Sqlite(path.to_owned()),
            Some(("postgres" | "postgresql", rest)) if !rest.is_empty() => Place::Postgres(text.to_owned()),
            _ => return Err(StoreUrlError),
        };
        Ok(Self { place, connections: Self::CONNECTIONS })
    }
}

impl fmt::Debug for StoreUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.place {
            Place::Sqlite(path) => write!(f, "sqlite://{path}"),
            Place::Postgres(_) => f.write_str("postgres://…"),
        }
    }
}

impl fmt::Display for StoreUrl {
    /// As people recognise it: host and name of a server's database, without user, password and options.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Place::Postgres(address) = &self.place else { return write!(f, "{self:?}") };
        let rest = address.split_once("://").map_or(address.as_str(), |(_, rest)| rest);
        let rest = rest.split('?').next().unwrap_or_default();
        let (server, name) = rest.rsplit_once('/').unwrap_or((rest, ""));
        let host = server.rsplit_once('@').map_or(server, |(_, host)| host);
        write!(f, "postgres://{host}/{name}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_password_is_not_shown() {
        let url: StoreUrl = "postgres://someone:secret@localhost/imprimatur".parse().expect("an address");
        assert!(!format!("{url:?}").contains("secret"));
        assert_eq!(url.to_string(), "postgres://localhost/imprimatur");
        let url: StoreUrl =
            "postgres://a:se/c@ret@db.example:5433/x?sslmode=require&password=secret".parse().expect("an address");
        assert_eq!(url.to_string(), "postgres://db.example:5433/x");
    }

    #[test]
    fn anything_else_is_refused() {
        for text in ["", "sqlite://", "sqlite::memory:", "sqlite:///a.db?mode=ro", "mysql://localhost/x", "/tmp/a.db"] {
            assert_eq!(text.parse::<StoreUrl>(), Err(StoreUrlError), "{text}");
        }
    }
}
