//! Meetings of a committee: `committee: first Thursday at 09:00; not in July, December; papers 14 days before`.

use std::str::FromStr;

use jiff::{
    Timestamp, ToSpan,
    civil::{Date, Time},
    tz::TimeZone,
};

use super::{
    Meeting,
    monthly::{self, Monthly},
    written::date,
};

/// The longest that papers may be due before a meeting, in days.
const MOST_PAPERS_DAYS: i32 = 365;

/// Meetings that one line describes; several lines may bear the same name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Series {
    /// The id by which workflows name it.
    pub(super) name: String,
    days: Days,
    time: Time,
    left_out: Vec<Date>,
    papers_days: i32,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Days {
    /// Every month but some; a day that is a holiday is left out.
    Monthly { day: Monthly, without: Vec<i8> },
    /// As listed, holiday or not.
    Listed(Vec<Date>),
}

impl Series {
    /// Whether somebody chose each date, so that no holiday stands against it.
    pub(super) fn is_listed(&self) -> bool {
        matches!(self.days, Days::Listed(_))
    }

    /// Its dates from one day to another, both included, holidays too.
    pub(super) fn dates(&self, from: Date, until: Date) -> Vec<Date> {
        let mut dates = match &self.days {
            Days::Listed(dates) => dates.clone(),
            Days::Monthly { day, without } => {
                let months = std::iter::successors(Some(from.first_of_month()), |month| {
                    month.checked_add(1.month()).ok().filter(|month| *month <= until)
                });
                months.filter(|month| !without.contains(&month.month())).filter_map(|month| day.within(month)).collect()
            }
        };
        dates.retain(|date| (from..=until).contains(date) && !self.left_out.contains(date));
        dates
    }

    /// The meeting on one of its dates.
    pub(super) fn meeting(&self, on: Date, zone: &TimeZone) -> Option<Meeting> {
        let at = |day: Date| -> Option<Timestamp> {
            Some(day.to_datetime(self.time).to_zoned(zone.clone()).ok()?.timestamp())
        };
        Some(Meeting { at: at(on)?, papers_due: at(on.checked_sub(self.papers_days.days()).ok()?)? })
    }
}

impl FromStr for Series {
    type Err = String;

    fn from_str(line: &str) -> Result<Self, String> {
        let (name, rule) = line.split_once(':').unwrap_or_default();
        let name = name.trim();
        let spelled = name.starts_with(|c: char| c.is_ascii_lowercase())
            && name.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-');
        if !spelled {
            return Err(
                "begin with the meeting's id in small letters and a colon, as: committee: first Thursday at 09:00"
                    .to_owned(),
            );
        }
        let rule = rule.to_lowercase();
        let mut clauses = rule.split(';').map(str::trim).filter(|clause| !clause.is_empty());
        let (days, time) = clauses
            .next()
            .and_then(|clause| clause.rsplit_once(" at "))
            .ok_or("say on which day and when, as: first Thursday at 09:00")?;
        let time = Time::strptime("%H:%M", time.trim())
            .ok()
            .ok_or_else(|| format!("'{}' is no time of day; write it as 09:00", time.trim()))?;
        let mut series =
            Self { name: name.to_owned(), days: read_days(days)?, time, left_out: Vec::new(), papers_days: 0 };
        for clause in clauses {
            series.restrict(clause)?;
        }
        Ok(series)
    }
}

impl Series {
    fn restrict(&mut self, clause: &str) -> Result<(), String> {
        let words: Vec<&str> = clause.split_whitespace().collect();
        match words.as_slice() {
            ["not", "in", ..] => {
                let Days::Monthly { without, .. } = &mut self.days else {
                    return Err("'not in' leaves out months of a monthly meeting; take the date itself away".to_owned());
                };
                let months = clause.trim_start_matches("not in").split(',');
                *without = months.map(monthly::month).collect::<Result<_, _>>()?;
                if (1..=12).all(|month| without.contains(&month)) {
                    return Err("every month is left out".to_owned());
                }
            }
            ["not", "on", ..] => self.left_out = read_dates(clause.trim_start_matches("not on"))?,
            ["papers", days, "day" | "days", "before"] => {
                let days = days.parse().ok().filter(|days| (0..=MOST_PAPERS_DAYS).contains(days));
                self.papers_days = days.ok_or_else(|| format!("papers are due 0 to {MOST_PAPERS_DAYS} days before"))?;
            }
            _ => {
                return Err(format!(
                    "'{clause}' is not understood; after the time may follow: not in July, December; not on \
                     2027-01-07; papers 14 days before"
                ));
            }
        }
        Ok(())
    }
}

fn read_days(text: &str) -> Result<Days, String> {
    if text.trim().starts_with(|letter: char| letter.is_ascii_digit()) {
        return read_dates(text).map(Days::Listed);
    }
    let words: Vec<&str> = text.split_whitespace().collect();
    match words.as_slice() {
        [place, weekday] => Ok(Days::Monthly { day: Monthly::read(place, weekday)?, without: Vec::new() }),
        _ => Err(format!("'{}' is no day; write first Thursday, or dates as 2026-12-03, 2027-02-04", text.trim())),
    }
}

fn read_dates(text: &str) -> Result<Vec<Date>, String> {
    let dates = text.split(',').map(str::trim);
    dates.map(|word| date(word).ok_or_else(|| format!("'{word}' is no date; write it as 2026-12-03"))).collect()
}
