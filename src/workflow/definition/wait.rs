//! How long something waits: a length of time, business days, or until a committee meets.

use std::fmt;

use jiff::{SignedDuration, Span, Timestamp};
use serde::Serialize;

use crate::domain::Calendar;

/// How long a timer runs from the entry into its state.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(untagged)]
pub enum Wait {
    /// A length of time.
    Length(Length),
    /// Business days of the organisation's calendar.
    BusinessDays {
        /// How many, above zero.
        business_days: u32,
    },
    /// Until the next meeting that still takes papers on entry.
    Meeting {
        /// Its name in the organisation's calendar.
        meeting: String,
    },
}

/// A length of time as the file writes it, `P30D` or `PT12H`; years and months by the organisation's calendar.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub struct Length(pub String);

impl Wait {
    /// When a wait that begins at `since` is over. Nothing where the calendar knows no such day: a deadline is never
    /// made up.
    #[must_use]
    pub fn over(&self, since: Timestamp, calendar: &Calendar) -> Option<Timestamp> {
        match self {
            Self::Length(length) => {
                let span: Span = length.0.parse().ok()?;
                Some(since.to_zoned(calendar.zone().clone()).checked_add(span).ok()?.timestamp())
            }
            Self::BusinessDays { business_days } => calendar.after_business_days(since, *business_days),
            Self::Meeting { meeting } => calendar.next_meeting(meeting, since).map(|meeting| meeting.at),
        }
    }

    /// As people say it: `30 days`, `45 business days`, `the next committee meeting`.
    #[must_use]
    pub fn in_words(&self) -> String {
        match self {
            Self::Length(length) => length.in_words(),
            Self::BusinessDays { business_days: 1 } => "1 business day".to_owned(),
            Self::BusinessDays { business_days } => format!("{business_days} business days"),
            Self::Meeting { meeting } => format!("the next {} meeting", meeting.replace(['-', '_'], " ")),
        }
    }

    /// As a fixed length, a week taken as five business days and a meeting as a month away; for comparing, never for
    /// deadlines.
    #[must_use]
    pub fn roughly(&self) -> SignedDuration {
        match self {
            Self::Length(length) => length.roughly(),
            Self::BusinessDays { business_days } => SignedDuration::from_hours(i64::from(*business_days) * 24 * 7 / 5),
            Self::Meeting { .. } => SignedDuration::from_hours(30 * 24),
        }
    }
}

impl fmt::Display for Wait {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Length(length) => f.write_str(&length.0),
            Self::BusinessDays { business_days: 1 } => f.write_str("1 business day"),
            Self::BusinessDays { business_days } => write!(f, "{business_days} business days"),
            Self::Meeting { meeting } => write!(f, "meeting '{meeting}'"),
        }
    }
}

impl Length {
    /// Whether it is above zero and in whole days, weeks, months or years.
    #[must_use]
    pub fn is_of_days(&self) -> bool {
        let days = |span: Span| {
            span.is_positive() && span.get_hours() == 0 && span.get_minutes() == 0 && span.get_seconds() == 0
        };
        self.0.starts_with('P') && self.0.parse::<Span>().is_ok_and(days)
    }

    /// As people say it: `P1Y6M` as `1 year and 6 months`.
    #[must_use]
    pub fn in_words(&self) -> String {
        let Ok(span) = self.0.parse::<Span>() else { return self.0.clone() };
        let parts = [
            (i64::from(span.get_years()), "year"),
            (i64::from(span.get_months()), "month"),
            (i64::from(span.get_weeks()), "week"),
            (i64::from(span.get_days()), "day"),
            (i64::from(span.get_hours()), "hour"),
            (span.get_minutes(), "minute"),
        ];
        let said: Vec<String> = parts
            .into_iter()
            .filter(|(count, _)| *count != 0)
            .map(|(count, unit)| format!("{count} {unit}{}", if count == 1 { "" } else { "s" }))
            .collect();
        if said.is_empty() { self.0.clone() } else { said.join(" and ") }
    }

    /// As a fixed length, a month taken as 30 days and a year as 365; for comparing, never for deadlines.
    #[must_use]
    pub fn roughly(&self) -> SignedDuration {
        let days = |span: Span| {
            i64::from(span.get_years()) * 365
                + i64::from(span.get_months()) * 30
                + i64::from(span.get_weeks()) * 7
                + i64::from(span.get_days())
        };
        self.0.parse::<Span>().map_or(SignedDuration::ZERO, |span| {
            SignedDuration::from_hours(days(span) * 24 + i64::from(span.get_hours()))
                + SignedDuration::from_mins(span.get_minutes())
        })
    }
}
