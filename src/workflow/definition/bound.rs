//! The first or last day that may be answered: a day of the calendar, or one counted from the day on which it is asked.

use std::str::FromStr;

use jiff::{Span, civil::Date};
use serde::{Serialize, Serializer};

use super::Length;

/// `today`, `today - P6Y`, `today + P1D`, or `2026-01-31`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DateBound {
    /// A day of the calendar.
    Day(Date),
    /// The office's date.
    Today,
    /// So long before the office's date.
    Before(Length),
    /// So long after it.
    After(Length),
}

impl DateBound {
    /// The day that it is on a day of the office; nothing where the calendar has no such day.
    #[must_use]
    pub fn on(&self, today: Date) -> Option<Date> {
        let span = |length: &Length| length.0.parse::<Span>().ok();
        match self {
            Self::Day(day) => Some(*day),
            Self::Today => Some(today),
            Self::Before(length) => today.checked_sub(span(length)?).ok(),
            Self::After(length) => today.checked_add(span(length)?).ok(),
        }
    }

    /// As people say it: `6 years before today`.
    #[must_use]
    pub fn in_words(&self) -> String {
        match self {
            Self::Day(day) => day.strftime("%-d %B %Y").to_string(),
            Self::Today => "today".to_owned(),
            Self::Before(length) => format!("{} before today", length.in_words()),
            Self::After(length) => format!("{} after today", length.in_words()),
        }
    }
}

impl FromStr for DateBound {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        let Some(rest) = text.strip_prefix("today") else { return text.parse().map(Self::Day).map_err(|_no_date| ()) };
        let length = |text: &str| {
            let length = Length(text.trim().to_owned());
            length.is_of_days().then_some(length).ok_or(())
        };
        match rest.trim().split_at_checked(1) {
            None => Ok(Self::Today),
            Some(("-", by)) => length(by).map(Self::Before),
            Some(("+", by)) => length(by).map(Self::After),
            Some(_) => Err(()),
        }
    }
}

impl Serialize for DateBound {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Day(day) => day.serialize(serializer),
            Self::Today => serializer.serialize_str("today"),
            Self::Before(length) => serializer.serialize_str(&format!("today - {}", length.0)),
            Self::After(length) => serializer.serialize_str(&format!("today + {}", length.0)),
        }
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    fn on(text: &str) -> Option<Date> {
        text.parse::<DateBound>().ok()?.on(date(2027, 3, 31))
    }

    #[test]
    fn a_month_is_a_month_of_the_calendar_and_a_year_a_year() {
        assert_eq!(on("today"), Some(date(2027, 3, 31)));
        assert_eq!(on("today - P1M"), Some(date(2027, 2, 28)));
        assert_eq!(on("today+P6Y"), Some(date(2033, 3, 31)));
        assert_eq!(on("2026-01-31"), Some(date(2026, 1, 31)));
    }

    #[test]
    fn anything_else_is_no_bound() {
        for wrong in
            ["", "tomorrow", "today -", "today - PT3H", "today - -P3D", "today P3D", "P3D", "2026-02-30", "todayx"]
        {
            assert_eq!(on(wrong), None, "{wrong}");
        }
    }
}
