//! Instants and days as people read them.

use jiff::{Timestamp, civil::Date, tz::TimeZone};
use serde::Serialize;

/// An instant or a day: in words, for programs, and seen from now.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct When {
    /// `Tuesday 24 November 2026`, or with the time `24 November 2026, 14:05`.
    pub text: String,
    /// `24 Nov`, or with the year if it is another one: `24 Nov 2025`.
    pub short: String,
    /// For `<time datetime>`: `2026-11-24` or `2026-11-24T13:05:00Z`.
    pub iso: String,
    /// `today`, `tomorrow`, `in 2 days`, `12 days ago`, `in 3 months`.
    pub relative: String,
}

impl When {
    /// A day that something falls on, such as a deadline.
    #[must_use]
    pub fn day(at: Timestamp, now: Timestamp, zone: &TimeZone) -> Self {
        Self::date(at.to_zoned(zone.clone()).date(), now.to_zoned(zone.clone()).date())
    }

    /// An instant at which something happened.
    #[must_use]
    pub fn instant(at: Timestamp, now: Timestamp, zone: &TimeZone) -> Self {
        let local = at.to_zoned(zone.clone());
        Self {
            text: local.strftime("%-d %B %Y, %H:%M").to_string(),
            iso: at.strftime("%Y-%m-%dT%H:%M:%SZ").to_string(),
            ..Self::day(at, now, zone)
        }
    }

    /// A day in the organisation's calendar.
    #[must_use]
    pub fn date(date: Date, today: Date) -> Self {
        let short = if date.year() == today.year() { "%-d %b" } else { "%-d %b %Y" };
        Self {
            text: weekday(date),
            short: date.strftime(short).to_string(),
            iso: date.to_string(),
            relative: relative(days_between(today, date)),
        }
    }
}

pub(crate) use crate::domain::phrase::day as date;

/// `Tuesday 3 November 2026`.
pub(crate) fn weekday(date: Date) -> String {
    format!("{} {}", date.strftime("%A"), self::date(date))
}

/// Whole days from one day to another.
fn days_between(from: Date, to: Date) -> i64 {
    from.duration_until(to).as_hours() / 24
}

/// Days seen from today; months from 61 days on, years from two on.
fn relative(days: i64) -> String {
    let count = match days.unsigned_abs() {
        0 => return "today".to_owned(),
        1 if days > 0 => return "tomorrow".to_owned(),
        1 => return "yesterday".to_owned(),
        days @ 2..=60 => format!("{days} days"),
        days @ 61..=729 => format!("{} months", days / 30),
        days => format!("{} years", days / 365),
    };
    if days > 0 { format!("in {count}") } else { format!("{count} ago") }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn days_are_told_from_today() {
        let today = date(2026, 11, 22);
        let told = |day| When::date(day, today).relative;
        assert_eq!(told(today), "today");
        assert_eq!(told(date(2026, 11, 23)), "tomorrow");
        assert_eq!(told(date(2026, 11, 24)), "in 2 days");
        assert_eq!(told(date(2026, 11, 10)), "12 days ago");
        assert_eq!(told(date(2027, 3, 1)), "in 3 months");
        assert_eq!(told(date(2023, 11, 22)), "3 years ago");
    }

    #[test]
    fn an_instant_is_shown_in_the_zone_of_the_organisation() {
        let zone = TimeZone::get("America/Chicago").unwrap();
        let at: Timestamp = "2026-11-24T03:05:00Z".parse().unwrap();
        let now: Timestamp = "2026-11-24T18:00:00Z".parse().unwrap();
        let when = When::instant(at, now, &zone);
        assert_eq!(when.text, "23 November 2026, 21:05");
        assert_eq!(when.iso, "2026-11-24T03:05:00Z");
        assert_eq!(when.relative, "yesterday");
    }

    #[test]
    fn a_day_of_another_year_is_short_with_its_year() {
        assert_eq!(When::date(date(2025, 1, 3), date(2026, 11, 22)).short, "3 Jan 2025");
        assert_eq!(When::date(date(2026, 1, 3), date(2026, 11, 22)).short, "3 Jan");
    }
}
