//! Holidays: single dates, the same date every year, or a weekday's place within a month.

use std::str::FromStr;

use jiff::civil::Date;

use super::monthly::{self, Monthly};

/// A day or days on which the office is closed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Holiday {
    /// `2026-12-24 Closed`.
    Once(Date),
    /// `12-25 Christmas Day`; 02-29 only in leap years.
    Yearly { month: i8, day: i8 },
    /// `fourth Thursday of November Thanksgiving`.
    Monthly { day: Monthly, month: i8 },
}

/// A leap year, in which every day of a year exists.
const LEAP_YEAR: i16 = 2024;

impl Holiday {
    pub(super) fn falls_on(self, day: Date) -> bool {
        match self {
            Self::Once(date) => date == day,
            Self::Yearly { month, day: of_month } => (day.month(), day.day()) == (month, of_month),
            Self::Monthly { day: monthly, month } => day.month() == month && monthly.within(day) == Some(day),
        }
    }
}

impl FromStr for Holiday {
    type Err = String;

    /// Reads the day at the beginning of the line; what follows is its name, for people.
    fn from_str(line: &str) -> Result<Self, String> {
        let mut words = line.split_whitespace();
        let first = words.next().unwrap_or_default();
        if first.starts_with(|letter: char| letter.is_ascii_digit()) {
            return dated(first);
        }
        let day = Monthly::read(first, words.next().unwrap_or_default())?;
        if !words.next().is_some_and(|word| word.eq_ignore_ascii_case("of")) {
            return Err("name the month too, as: fourth Thursday of November".to_owned());
        }
        Ok(Self::Monthly { day, month: monthly::month(words.next().unwrap_or_default())? })
    }
}

fn dated(word: &str) -> Result<Holiday, String> {
    if let Some(date) = super::written::date(word) {
        return Ok(Holiday::Once(date));
    }
    let yearly = word.split_once('-').and_then(|(month, day)| {
        let date = Date::new(LEAP_YEAR, month.parse().ok()?, day.parse().ok()?).ok()?;
        Some(Holiday::Yearly { month: date.month(), day: date.day() })
    });
    yearly.ok_or_else(|| format!("'{word}' is no day; write 2026-12-25 for one year or 12-25 for every year"))
}
