//! Days that are named by their weekday within the month: the first Thursday, the last Monday.

use jiff::civil::{Date, Weekday};

/// A weekday's place within a month.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Monthly {
    /// 1 to 4 from the first on, −1 for the last.
    nth: i8,
    weekday: Weekday,
}

const PLACES: [(&str, i8); 5] = [("first", 1), ("second", 2), ("third", 3), ("fourth", 4), ("last", -1)];

const WEEKDAYS: [(&str, Weekday); 7] = [
    ("monday", Weekday::Monday),
    ("tuesday", Weekday::Tuesday),
    ("wednesday", Weekday::Wednesday),
    ("thursday", Weekday::Thursday),
    ("friday", Weekday::Friday),
    ("saturday", Weekday::Saturday),
    ("sunday", Weekday::Sunday),
];

const MONTHS: [(&str, i8); 12] = [
    ("january", 1),
    ("february", 2),
    ("march", 3),
    ("april", 4),
    ("may", 5),
    ("june", 6),
    ("july", 7),
    ("august", 8),
    ("september", 9),
    ("october", 10),
    ("november", 11),
    ("december", 12),
];

impl Monthly {
    /// `first` and `thursday`.
    pub(super) fn read(place: &str, day: &str) -> Result<Self, String> {
        let nth = named(&PLACES, place)
            .ok_or_else(|| format!("'{place}' is neither a date nor one of first, second, third, fourth and last"))?;
        Ok(Self { nth, weekday: weekday(day)? })
    }

    /// Its date in the month of `month`.
    pub(super) fn within(self, month: Date) -> Option<Date> {
        month.nth_weekday_of_month(self.nth, self.weekday).ok()
    }
}

/// A weekday by its name, in any case.
pub(super) fn weekday(name: &str) -> Result<Weekday, String> {
    let name = name.trim();
    named(&WEEKDAYS, name).ok_or_else(|| format!("'{name}' is no weekday; write it out, as Thursday"))
}

/// The number of a month by its name, in any case.
pub(super) fn month(name: &str) -> Result<i8, String> {
    let name = name.trim();
    named(&MONTHS, name).ok_or_else(|| format!("'{name}' is no month; write it out, as July"))
}

fn named<T: Copy>(names: &[(&str, T)], wanted: &str) -> Option<T> {
    names.iter().find(|(name, _)| wanted.eq_ignore_ascii_case(name)).map(|(_, value)| *value)
}
