//! Now, and where: how instants are told to people of one organisation.

use jiff::{Timestamp, civil::Date, tz::TimeZone};

use crate::{usecase::Case, view::When};

/// The present in the organisation's zone.
#[derive(Clone, Debug)]
pub(in crate::http) struct Calendar {
    now: Timestamp,
    zone: TimeZone,
}

impl Calendar {
    /// At `now` in `zone`.
    pub(in crate::http) fn new(now: Timestamp, zone: TimeZone) -> Self {
        Self { now, zone }
    }

    /// Of the organisation and the moment that a case was loaded in.
    pub(in crate::http) fn of(case: &Case) -> Self {
        Self::new(case.now, case.zone.clone())
    }

    /// A day that something falls on.
    pub(in crate::http) fn day(&self, at: Timestamp) -> When {
        When::day(at, self.now, &self.zone)
    }

    /// An instant at which something happened.
    pub(in crate::http) fn instant(&self, at: Timestamp) -> When {
        When::instant(at, self.now, &self.zone)
    }

    /// A day of the organisation's calendar.
    pub(in crate::http) fn date(&self, date: Date) -> When {
        When::date(date, self.today())
    }

    /// The organisation's date.
    pub(in crate::http) fn today(&self) -> Date {
        self.local(self.now)
    }

    /// Days of the organisation's calendar from one instant to another; none when it lies before.
    pub(in crate::http) fn days(&self, from: Timestamp, to: Timestamp) -> u32 {
        let hours = self.local(from).duration_until(self.local(to)).as_hours();
        u32::try_from(hours / 24).unwrap_or(0)
    }

    /// Days that have passed since an instant.
    pub(in crate::http) fn days_since(&self, at: Timestamp) -> u32 {
        self.days(at, self.now)
    }

    /// Whether an instant has passed.
    pub(in crate::http) fn is_past(&self, at: Timestamp) -> bool {
        at < self.now
    }

    /// `Sunday 22 November 2026, 14:05`.
    pub(in crate::http) fn clock(&self) -> String {
        self.now.to_zoned(self.zone.clone()).strftime("%A %-d %B %Y, %H:%M").to_string()
    }

    fn local(&self, at: Timestamp) -> Date {
        at.to_zoned(self.zone.clone()).date()
    }
}
