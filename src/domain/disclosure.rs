//! What somebody discloses who plans, presents or reviews: their financial relationships, as they state and sign them.

use std::{fmt, str::FromStr};

use jiff::{ToSpan, civil::Date};
use serde::{Deserialize, Serialize};
use strum::{EnumIter, EnumString, IntoStaticStr, VariantArray};

/// How many months before the day on which it is signed a disclosure tells of, and for how many after that day it is good.
///
/// Both are the 24 months of standard 3 of the Standards for Integrity and Independence (accme.org): relationships of the
/// last 24 months count. After as many months nothing that an old disclosure tells of lies in the time that counts, so it
/// covers nothing any more and the person is asked again. Until then they have promised to tell of a new one. The workflow
/// `disclosure` and the reasons for which the office returns a course say the same.
const MONTHS: i32 = 24;

/// Whether a disclosure that was given on one day is good on another.
#[must_use]
pub fn is_good(given: Date, today: Date) -> bool {
    given.checked_add(MONTHS.months()).is_ok_and(|end| today < end)
}

/// How it stands with the disclosure of somebody who is named.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, IntoStaticStr, VariantArray)]
#[serde(rename_all = "kebab-case")]
#[strum(serialize_all = "kebab-case")]
pub enum DisclosureState {
    /// Nobody asked them.
    NotAsked,
    /// They were asked, and have not answered.
    Asked,
    /// They gave one that is good.
    Given,
    /// They gave one that is not good any more, and were not asked since.
    Stale,
}

impl DisclosureState {
    /// Whether they were asked, or gave one that is good.
    #[must_use]
    pub fn is_under_way(self) -> bool {
        matches!(self, Self::Asked | Self::Given)
    }
}

/// A financial relationship with a company that makes or sells healthcare products.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Relationship {
    /// With which company.
    pub company: String,
    /// What it is.
    pub nature: Nature,
    /// Since when.
    pub from: YearMonth,
    /// Until when; none where it goes on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<YearMonth>,
}

/// What a financial relationship is.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, EnumIter, EnumString, IntoStaticStr, VariantArray,
)]
#[serde(rename_all = "kebab-case")]
#[strum(serialize_all = "kebab-case")]
pub enum Nature {
    /// Works there.
    Employee,
    /// Owns it, or a part of it.
    Owner,
    /// Holds single shares.
    Shares,
    /// Is paid for a patent or a book.
    Royalties,
    /// Is paid for research.
    Grant,
    /// Speaks or advises for money.
    Speaker,
    /// Anything else.
    Other,
}

/// A year, or a month of one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct YearMonth {
    year: i16,
    month: Option<i8>,
}

impl YearMonth {
    /// Its first day.
    #[must_use]
    pub fn first(self) -> Option<Date> {
        Date::new(self.year, self.month.unwrap_or(1), 1).ok()
    }

    /// Its last day.
    #[must_use]
    pub fn last(self) -> Option<Date> {
        Some(Date::new(self.year, self.month.unwrap_or(12), 1).ok()?.last_of_month())
    }
}

/// It is neither a year nor a month.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("write a year, as 2025, or a month, as 2025-03")]
pub struct YearMonthError;

impl FromStr for YearMonth {
    type Err = YearMonthError;

    fn from_str(text: &str) -> Result<Self, YearMonthError> {
        let (year, month) = match text.trim().split_once('-') {
            None => (text.trim(), None),
            Some((year, month)) => (year, Some(month)),
        };
        let digits = |text: &str, many: usize| text.len() == many && text.bytes().all(|byte| byte.is_ascii_digit());
        if !digits(year, 4) || month.is_some_and(|month| !digits(month, 2)) {
            return Err(YearMonthError);
        }
        let year: i16 = year.parse().or(Err(YearMonthError))?;
        let month: Option<i8> = month.map(str::parse).transpose().or(Err(YearMonthError))?;
        let read = Self { year, month };
        if year >= 1900 && read.first().is_some() { Ok(read) } else { Err(YearMonthError) }
    }
}

impl fmt::Display for YearMonth {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.month {
            Some(month) => write!(f, "{:04}-{month:02}", self.year),
            None => write!(f, "{:04}", self.year),
        }
    }
}

impl Serialize for YearMonth {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for YearMonth {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn it_is_good_for_twenty_four_months_and_not_a_day_longer() {
        let given = date(2026, 11, 28);
        assert!(is_good(given, given) && is_good(given, date(2028, 11, 27)));
        assert!(!is_good(given, date(2028, 11, 28)));
    }

    #[test]
    fn a_year_or_a_month_is_read_and_nothing_else() {
        for text in ["2025", "2025-03", " 1999-12 "] {
            assert_eq!(text.parse::<YearMonth>().map(|read| read.to_string()), Ok(text.trim().to_owned()));
        }
        for text in ["", "25", "2025-13", "2025-3", "2025-03-01", "March 2025", "0000", "-999", "２０２５"] {
            assert_eq!(text.parse::<YearMonth>(), Err(YearMonthError), "{text}");
        }
        let month: YearMonth = "2024-02".parse().expect("a month");
        assert_eq!((month.first(), month.last()), (Some(date(2024, 2, 1)), Some(date(2024, 2, 29))));
    }
}
