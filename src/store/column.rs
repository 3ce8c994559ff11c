//! How domain values lie in columns.

use std::str::FromStr;

use jiff::Timestamp;
use sea_orm::{DbBackend, sea_query::Expr};
use serde::{Serialize, de::DeserializeOwned};

use super::Error;

/// An instant as microseconds since the epoch.
pub(super) fn micros(at: Timestamp) -> i64 {
    at.as_microsecond()
}

/// An instant out of a column.
pub(super) fn instant(micros: i64) -> Result<Timestamp, Error> {
    Timestamp::from_microsecond(micros).map_err(|error| Error::Damaged(error.to_string()))
}

/// What time it is for the database: the same for all servers, whatever their own clocks say.
pub(super) fn database_now(backend: DbBackend) -> Expr {
    Expr::cust(match backend {
        DbBackend::Sqlite => "CAST(unixepoch('subsec') * 1000000 AS INTEGER)",
        _ => "CAST(EXTRACT(EPOCH FROM clock_timestamp()) * 1000000 AS bigint)",
    })
}

/// A value out of a column with text: a date, an address.
pub(super) fn parse<T: FromStr<Err: ToString>>(text: &str) -> Result<T, Error> {
    text.parse().map_err(|error: T::Err| Error::Damaged(error.to_string()))
}

/// A value as JSON text.
pub(super) fn to_json<T: Serialize + ?Sized>(value: &T) -> Result<String, Error> {
    serde_json::to_string(value).map_err(|error| Error::Damaged(error.to_string()))
}

/// A value out of JSON text.
pub(super) fn from_json<T: DeserializeOwned>(text: &str) -> Result<T, Error> {
    serde_json::from_str(text).map_err(|error| Error::Damaged(error.to_string()))
}

/// The word of an enumeration's variant.
pub(super) fn to_word(value: impl Into<&'static str>) -> &'static str {
    value.into()
}

/// The variant of a word.
pub(super) fn from_word<T: FromStr>(word: &str) -> Result<T, Error> {
    word.parse().ok().ok_or_else(|| Error::Damaged(format!("no such word: {word}")))
}

/// A whole number of another width.
pub(super) fn number<From, To: TryFrom<From>>(value: From) -> Result<To, Error>
where
    To::Error: ToString,
{
    To::try_from(value).map_err(|error| Error::Damaged(error.to_string()))
}

/// A hash of 32 bytes.
pub(super) fn hash(bytes: Vec<u8>) -> Result<[u8; 32], Error> {
    bytes.try_into().map_err(|bytes: Vec<u8>| Error::Damaged(format!("a hash of {} bytes", bytes.len())))
}
