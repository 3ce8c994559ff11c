//! Now, and where: how instants are told to people of one organisation.

use jiff::{Timestamp, civil::Date};

use super::when::{self, When};
use crate::{domain, usecase::Case};

/// The present in the organisation's calendar.
#[derive(Clone, Debug)]
pub(crate) struct Calendar {
    now: Timestamp,
    office: domain::Calendar,
}

impl Calendar {
    /// At `now` in the office.
    pub(crate) fn new(now: Timestamp, office: domain::Calendar) -> Self {
        Self { now, office }
    }

    /// Of the organisation and the moment that a case was loaded in.
    pub(crate) fn of(case: &Case) -> Self {
        Self::new(case.now, case.calendar.clone())
    }

    pub(crate) fn now(&self) -> Timestamp {
        self.now
    }

    /// A day that something falls on.
    pub(crate) fn day(&self, at: Timestamp) -> When {
        When::day(at, self.now, self.office.zone())
    }

    /// An instant at which something happened.
    pub(crate) fn instant(&self, at: Timestamp) -> When {
        When::instant(at, self.now, self.office.zone())
    }

    /// A day of the organisation's calendar.
    pub(crate) fn date(&self, date: Date) -> When {
        When::date(date, self.today())
    }

    /// The first instant of a day of the organisation's calendar.
    pub(crate) fn start_of(&self, day: Date) -> Option<Timestamp> {
        self.office.start_of(day)
    }

    pub(crate) fn today(&self) -> Date {
        self.local(self.now)
    }

    /// Days of the organisation's calendar from one instant to another; none when it lies before.
    pub(crate) fn days(&self, from: Timestamp, to: Timestamp) -> u32 {
        let hours = self.local(from).duration_until(self.local(to)).as_hours();
        u32::try_from(hours / 24).unwrap_or(0)
    }

    /// Business days of the office after the day of one instant, up to and including that of another.
    pub(crate) fn business_days(&self, from: Timestamp, to: Timestamp) -> u32 {
        self.office.business_days_between(from, to)
    }

    /// `Tuesday 17 November, 09:00`, with the year if it is another one.
    pub(crate) fn moment(&self, at: Timestamp) -> String {
        let local = at.to_zoned(self.office.zone().clone());
        format!("{} {}, {}", local.strftime("%A"), self.month_day(at), local.strftime("%H:%M"))
    }

    /// `3 December`, with the year if it is another one.
    pub(crate) fn month_day(&self, at: Timestamp) -> String {
        let date = self.local(at);
        if date.year() == self.today().year() { date.strftime("%-d %B").to_string() } else { when::date(date) }
    }

    /// Days that have passed since an instant.
    pub(crate) fn days_since(&self, at: Timestamp) -> u32 {
        self.days(at, self.now)
    }

    /// Whether an instant has passed.
    pub(crate) fn is_past(&self, at: Timestamp) -> bool {
        at < self.now
    }

    /// `Sunday 22 November 2026, 14:05`.
    pub(crate) fn clock(&self) -> String {
        let local = self.now.to_zoned(self.office.zone().clone());
        format!("{}, {}", when::weekday(local.date()), local.strftime("%H:%M"))
    }

    fn local(&self, at: Timestamp) -> Date {
        self.office.date(at)
    }
}
