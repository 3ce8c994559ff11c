//! The calendar as the office writes it: lines that people read, and that are kept as they were typed.

use jiff::{civil::Date, tz::TimeZone};
use serde::{Deserialize, Serialize};

use super::{Calendar, monthly::weekday};

/// The most lines of one part.
const MOST_LINES: usize = 300;
/// The longest line, in characters.
const MOST_CHARACTERS: usize = 300;

/// The calendar of an office as it is written and kept.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct WrittenCalendar {
    /// The days of the week on which nobody works: `Saturday`.
    pub weekend: Vec<String>,
    /// Holidays: `2026-12-24 Closed`, `12-25 Christmas Day`, `fourth Thursday of November Thanksgiving`.
    pub holidays: Vec<String>,
    /// Meetings: `committee: first Thursday at 09:00; not in July, December; papers 14 days before`.
    pub meetings: Vec<String>,
}

/// A part of a calendar.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum CalendarPart {
    /// The days of the week off.
    Weekend,
    /// The holidays.
    Holidays,
    /// The meetings.
    Meetings,
}

/// What is wrong with a line of a calendar.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CalendarFault {
    /// Of which part.
    pub part: CalendarPart,
    /// Which line, from 1.
    pub line: usize,
    /// What is wrong, and how it is written.
    pub message: String,
}

impl Default for WrittenCalendar {
    /// Saturdays and Sundays off, nothing else.
    fn default() -> Self {
        Self { weekend: vec!["Saturday".to_owned(), "Sunday".to_owned()], holidays: Vec::new(), meetings: Vec::new() }
    }
}

impl CalendarPart {
    /// Its name, as in the kept form and the API.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Weekend => "weekend",
            Self::Holidays => "holidays",
            Self::Meetings => "meetings",
        }
    }
}

impl WrittenCalendar {
    /// Understands it; or everything that is wrong with it.
    pub fn read(&self, zone: TimeZone) -> Result<Calendar, Vec<CalendarFault>> {
        let mut faults = Vec::new();
        let weekend = lines(CalendarPart::Weekend, &self.weekend, &mut faults, weekday);
        let holidays = lines(CalendarPart::Holidays, &self.holidays, &mut faults, str::parse);
        let meetings = lines(CalendarPart::Meetings, &self.meetings, &mut faults, str::parse);
        let calendar = Calendar { zone, weekend, holidays, meetings };
        if (1..=7).all(|day| Date::new(2024, 1, day).is_ok_and(|day| calendar.weekend.contains(&day.weekday()))) {
            let message = "no working day is left; take one away".to_owned();
            faults.push(CalendarFault { part: CalendarPart::Weekend, line: self.weekend.len(), message });
        }
        if faults.is_empty() { Ok(calendar) } else { Err(faults) }
    }
}

/// Reads lines; empty ones say nothing.
fn lines<T>(
    part: CalendarPart,
    lines: &[String],
    faults: &mut Vec<CalendarFault>,
    read: impl Fn(&str) -> Result<T, String>,
) -> Vec<T> {
    if lines.len() > MOST_LINES {
        let message = format!("there are more than {MOST_LINES} lines");
        faults.push(CalendarFault { part, line: MOST_LINES + 1, message });
        return Vec::new();
    }
    let mut found = Vec::new();
    for (line, text) in (1..).zip(lines).filter(|(_, text)| !text.trim().is_empty()) {
        let read = if text.chars().count() > MOST_CHARACTERS {
            Err(format!("this line has more than {MOST_CHARACTERS} characters"))
        } else {
            read(text)
        };
        match read {
            Ok(value) => found.push(value),
            Err(message) => faults.push(CalendarFault { part, line, message }),
        }
    }
    found
}

/// A date written as `2026-12-25` and in no other way.
pub(super) fn date(word: &str) -> Option<Date> {
    let plain = word.len() == 10 && word.chars().all(|letter| letter.is_ascii_digit() || letter == '-');
    plain.then(|| word.parse().ok()).flatten()
}
