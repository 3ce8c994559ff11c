//! Windows: from which day to which a credit counts.

use indexmap::IndexMap;
use jiff::{Span, ToSpan, civil::Date};

/// Two days, both included.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Window {
    /// The first.
    pub start: Date,
    /// The last.
    pub end: Date,
}

/// A length in years, months and days, as `P24M`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Length {
    /// Years and months, in months.
    pub months: i32,
    /// Days beside them.
    pub days: i32,
}

/// The window of a requirement.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Period {
    /// A length that ends on a day.
    Before {
        /// Which day.
        end: PeriodEnd,
        /// How long.
        length: Length,
        /// How often it is renewed, where that is not its length.
        renewed_every: Option<Length>,
    },
    /// From a day some years before the year in which it expires.
    From {
        /// Month of the first day.
        month: i8,
        /// Its day.
        day: i8,
        /// So many years before.
        years: i16,
        /// The first one, where it begins otherwise.
        first: Option<FirstSpan>,
    },
    /// Years that begin on a day of the calendar.
    Calendar(CalendarSpan),
    /// Whole calendar years before the one in which it expires.
    CalendarYearsBefore {
        /// How many.
        years: i16,
    },
    /// What the holder chose.
    Choose {
        /// The fact that tells.
        fact: String,
        /// By its value.
        options: IndexMap<String, (PeriodEnd, Length)>,
    },
}

/// Years that begin on a day of the calendar.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CalendarSpan {
    /// How many.
    pub years: i16,
    /// Month of the first day.
    pub month: i8,
    /// Its day.
    pub day: i8,
    /// Only years that leave this over two; every so many years where nothing is said.
    pub parity: Option<i16>,
    /// Whether it ends when the credential does.
    pub until_expires: bool,
    /// The first one, where it begins otherwise.
    pub first: Option<FirstSpan>,
}

/// Where a first period begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FirstSpan {
    /// On the day of issue.
    Issued,
    /// With the year of joining.
    JoinedYear,
}

/// Where a window ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq, strum::EnumString, strum::IntoStaticStr, strum::VariantArray)]
#[strum(serialize_all = "kebab-case")]
pub enum PeriodEnd {
    /// When the credential expires.
    Expires,
    /// When the application is sent in.
    Submitted,
    /// Today.
    Today,
}

impl Window {
    /// Whether a day lies in it.
    #[must_use]
    pub fn contains(&self, day: Date) -> bool {
        self.start <= day && day <= self.end
    }

    /// The window of a length that ends on a day.
    #[must_use]
    pub fn before(end: Date, length: Length) -> Option<Self> {
        Some(Self { start: length.back(end.tomorrow().ok()?)?, end })
    }
}

impl Length {
    /// So many months.
    #[must_use]
    pub const fn of_months(months: i32) -> Self {
        Self { months, days: 0 }
    }

    /// So much later; a day that a month does not have is its last.
    #[must_use]
    pub fn ahead(self, day: Date) -> Option<Date> {
        day.checked_add(self.span()).ok()
    }

    /// So much earlier.
    #[must_use]
    pub fn back(self, day: Date) -> Option<Date> {
        day.checked_sub(self.span()).ok()
    }

    /// `times` as long.
    #[must_use]
    pub fn times(self, times: i32) -> Self {
        Self { months: self.months.saturating_mul(times), days: self.days.saturating_mul(times) }
    }

    fn span(self) -> Span {
        self.months.months().days(self.days)
    }
}
