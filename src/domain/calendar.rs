//! The office's calendar: which days it works, and when its committees meet.
//!
//! Everything is reckoned in the organisation's time zone on civil days, so that neither a change of the clocks nor a
//! leap day moves a deadline.

mod holiday;
mod monthly;
mod series;
#[cfg(test)]
mod tests;
mod written;

use jiff::{
    SignedDuration, Timestamp, ToSpan,
    civil::{Date, Weekday},
    tz::TimeZone,
};

use holiday::Holiday;
use series::Series;
pub use written::{CalendarFault, CalendarPart, WrittenCalendar};

/// How far ahead a meeting has to be, in years: an office that knows of none by then has forgotten to enter it.
const YEARS_AHEAD: i32 = 2;
/// Days looked through for business days: more than ten years.
const MOST_DAYS: u32 = 4_000;

/// Which days an office works and when its committees meet, in its time zone.
#[derive(Clone, Debug)]
pub struct Calendar {
    zone: TimeZone,
    weekend: Vec<Weekday>,
    holidays: Vec<Holiday>,
    meetings: Vec<Series>,
}

/// One meeting of a committee.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Meeting {
    /// When it begins.
    pub at: Timestamp,
    /// Until when papers are taken for it, this instant included.
    pub papers_due: Timestamp,
}

impl Calendar {
    /// A calendar with Saturdays and Sundays off, no holidays and no meetings.
    #[must_use]
    pub fn plain(zone: TimeZone) -> Self {
        Self { zone, weekend: vec![Weekday::Saturday, Weekday::Sunday], holidays: Vec::new(), meetings: Vec::new() }
    }

    /// The time zone of the office.
    #[must_use]
    pub fn zone(&self) -> &TimeZone {
        &self.zone
    }

    /// The office's date at an instant.
    #[must_use]
    pub fn date(&self, at: Timestamp) -> Date {
        at.to_zoned(self.zone.clone()).date()
    }

    /// Whether the office works on a day.
    #[must_use]
    pub fn is_business_day(&self, day: Date) -> bool {
        !self.weekend.contains(&day.weekday()) && !self.is_holiday(day)
    }

    /// The last second of the n-th business day after the day of `at`.
    ///
    /// The day on which something arrives does not count, and the last day counts to its end: what has 30 business
    /// days may still be done on the evening of the thirtieth. Nothing where the calendar has no such day in the next
    /// ten years.
    #[must_use]
    pub fn after_business_days(&self, at: Timestamp, days: u32) -> Option<Timestamp> {
        let wanted = usize::try_from(days.checked_sub(1)?).ok()?;
        let last = days_after(self.date(at)).filter(|day| self.is_business_day(*day)).nth(wanted)?;
        self.end_of(last)
    }

    /// The first instant of a day of the office.
    #[must_use]
    pub fn start_of(&self, day: Date) -> Option<Timestamp> {
        Some(day.to_zoned(self.zone.clone()).ok()?.timestamp())
    }

    /// The last second of a day of the office: until then what is due on that day can be done.
    #[must_use]
    pub fn end_of(&self, day: Date) -> Option<Timestamp> {
        let next = day.tomorrow().ok()?.to_zoned(self.zone.clone()).ok()?;
        next.timestamp().checked_sub(SignedDuration::from_secs(1)).ok()
    }

    /// When a day's letters are written, at nine by the office's clock.
    #[must_use]
    pub fn morning_of(&self, day: Date) -> Option<Timestamp> {
        Some(day.at(9, 0, 0, 0).to_zoned(self.zone.clone()).ok()?.timestamp())
    }

    /// How many business days lie after the day of `from`, up to and including the day of `to`; none where `to` is not
    /// on a later day. Undoes [`Self::after_business_days`].
    #[must_use]
    pub fn business_days_between(&self, from: Timestamp, to: Timestamp) -> u32 {
        let last = self.date(to);
        let passed = days_after(self.date(from)).take_while(|day| *day <= last);
        u32::try_from(passed.filter(|day| self.is_business_day(*day)).count()).unwrap_or(u32::MAX)
    }

    /// The next meeting of that name that still takes papers at an instant; nothing where none is held in the next two
    /// years.
    #[must_use]
    pub fn next_meeting(&self, name: &str, at: Timestamp) -> Option<Meeting> {
        let today = self.date(at);
        let until = today.checked_add(YEARS_AHEAD.years()).ok()?;
        let series = self.meetings.iter().filter(|series| series.name == name);
        let dates = series.flat_map(|series| series.dates(today, until).into_iter().map(move |date| (series, date)));
        dates
            .filter(|(series, date)| series.is_listed() || !self.is_holiday(*date))
            .filter_map(|(series, date)| series.meeting(date, &self.zone))
            .filter(|meeting| meeting.papers_due >= at)
            .min_by_key(|meeting| meeting.at)
    }

    fn is_holiday(&self, day: Date) -> bool {
        self.holidays.iter().any(|holiday| holiday.falls_on(day))
    }
}

fn days_after(day: Date) -> impl Iterator<Item = Date> {
    std::iter::successors(day.tomorrow().ok(), |day| day.tomorrow().ok()).zip(0..MOST_DAYS).map(|(day, _)| day)
}
