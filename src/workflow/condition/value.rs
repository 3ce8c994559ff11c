//! What a condition comes to, or why it comes to nothing.

use jiff::civil::{Date, Time};
use rust_decimal::Decimal;

/// What a condition comes to.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// Yes or no.
    YesNo(bool),
    /// A number.
    Number(Decimal),
    /// A text.
    Text(String),
    /// A date.
    Date(Date),
    /// A time of day.
    Time(Time),
}

/// There is no value, because this was not answered or went out of range.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("'{0}' has no value")]
pub struct Missing(pub String);

impl std::fmt::Display for Value {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::YesNo(true) => f.write_str("yes"),
            Self::YesNo(false) => f.write_str("no"),
            Self::Number(number) => number.normalize().fmt(f),
            Self::Text(text) => f.write_str(text),
            Self::Date(date) => date.fmt(f),
            Self::Time(time) => time.strftime("%H:%M").fmt(f),
        }
    }
}
