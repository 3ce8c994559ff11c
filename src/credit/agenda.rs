//! A programme by the clock: what is at the same time, how long the day is, and what one person can attend of it.

use jiff::{
    ToSpan,
    civil::{Date, Time},
};

use crate::domain::{Answer, Answers, Row};

/// The column with the minutes that count; a workflow that designates credit has it in its agenda.
pub const COUNTED: &str = "credit_minutes";
/// The column with the minutes that a part of the agenda takes. They count where no others are asked.
pub const TAKEN: &str = "minutes";

/// A part of a programme with its times.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Session {
    /// The row it stands in, from 0.
    pub row: usize,
    /// Its day.
    pub day: Date,
    /// When it begins.
    pub begins: Time,
    /// When it ends, later on the same day.
    pub ends: Time,
    /// Minutes of it that count for credit.
    pub counted: u32,
}

/// A day of a programme.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Day {
    /// Which.
    pub day: Date,
    /// When its first part begins.
    pub begins: Time,
    /// When its last one ends.
    pub ends: Time,
    /// The most minutes for credit that one person can attend: of what is at the same time only one counts.
    pub attended: u32,
}

impl Session {
    fn overlaps(&self, other: &Self) -> bool {
        self.day == other.day && self.begins < other.ends && other.begins < self.ends
    }
}

impl Day {
    /// From its first begin to its last end.
    #[must_use]
    pub fn minutes(&self) -> u32 {
        between(self.begins, self.ends)
    }
}

/// The column of a table with the minutes that count for credit.
#[must_use]
pub fn counted<'r>(rows: impl IntoIterator<Item = &'r Row>) -> &'static str {
    if rows.into_iter().any(|row| row.contains_key(COUNTED)) { COUNTED } else { TAKEN }
}

/// Whole minutes in a cell; none where there are none.
#[must_use]
pub fn minutes(row: &Row, column: &str) -> u32 {
    match row.get(column) {
        Some(Answer::Integer(minutes)) => u32::try_from(*minutes).unwrap_or(0),
        _ => 0,
    }
}

/// The sessions whose times are known. One that names no day is on the only day of the course.
#[must_use]
pub fn sessions(answers: &Answers, rows: &[&Row]) -> Vec<Session> {
    let counts = counted(rows.iter().copied());
    let date = |answer: Option<&Answer>| match answer {
        Some(Answer::Date(date)) => Some(*date),
        _ => None,
    };
    let first = date(answers.get("starts_on"));
    let only = first.filter(|_| date(answers.get("ends_on")) == first);
    let session = |(row, cells): (usize, &&Row)| {
        let time = |column: &str| match cells.get(column) {
            Some(Answer::Time(time)) => Some(*time),
            _ => None,
        };
        let begins = time("starts")?;
        let ends = time("ends").or_else(|| begins.checked_add(i64::from(minutes(cells, TAKEN)).minutes()).ok())?;
        let day = date(cells.get("day")).or(only)?;
        (begins < ends).then(|| Session { row, day, begins, ends, counted: minutes(cells, counts) })
    };
    rows.iter().enumerate().filter_map(session).collect()
}

/// Minutes for credit that nobody can attend, because something else that counts is at the same time.
#[must_use]
pub fn unattended(answers: &Answers, rows: &[&Row]) -> u32 {
    let sessions = sessions(answers, rows);
    let counted: u32 = sessions.iter().map(|session| session.counted).fold(0, u32::saturating_add);
    let attended = days(&sessions).iter().map(|day| day.attended).fold(0, u32::saturating_add);
    counted.saturating_sub(attended)
}

/// Minutes from one time of day to another; none where that is not later.
fn between(begin: Time, end: Time) -> u32 {
    let minutes = |time: Time| u32::try_from(time.hour()).unwrap_or(0) * 60 + u32::try_from(time.minute()).unwrap_or(0);
    minutes(end).saturating_sub(minutes(begin))
}

/// The rows of any two that are at the same time and both count.
#[must_use]
pub fn simultaneous(sessions: &[Session]) -> Vec<(usize, usize)> {
    let pairs = sessions.iter().enumerate().flat_map(|(at, one)| {
        let later = sessions.iter().skip(at.saturating_add(1));
        later
            .filter(|other| one.counted > 0 && other.counted > 0 && one.overlaps(other))
            .map(|other| (one.row, other.row))
    });
    pairs.collect()
}

/// The days of a programme, in order.
#[must_use]
pub fn days(sessions: &[Session]) -> Vec<Day> {
    let mut dates: Vec<Date> = sessions.iter().map(|session| session.day).collect();
    dates.sort_unstable();
    dates.dedup();
    let day = |date: &Date| {
        let held: Vec<&Session> = sessions.iter().filter(|session| session.day == *date).collect();
        let begins = held.iter().map(|session| session.begins).min()?;
        let ends = held.iter().map(|session| session.ends).max()?;
        Some(Day { day: *date, begins, ends, attended: attended(&held) })
    };
    dates.iter().filter_map(day).collect()
}

/// The fullest choice of parts of which no two are at the same time.
fn attended(sessions: &[&Session]) -> u32 {
    let mut by_end = sessions.to_vec();
    by_end.sort_by_key(|session| session.ends);
    // The most until the end of each part, the parts in the order of their ends.
    let mut most: Vec<(Time, u32)> = Vec::with_capacity(by_end.len());
    for session in by_end {
        let until = |time: Time| most.iter().rev().find(|(ends, _)| *ends <= time).map_or(0, |(_, most)| *most);
        let with = until(session.begins).saturating_add(session.counted);
        let without = most.last().map_or(0, |(_, most)| *most);
        most.push((session.ends, with.max(without)));
    }
    most.last().map_or(0, |(_, most)| *most)
}

#[cfg(test)]
mod tests {
    use jiff::civil::{date, time};

    use super::*;

    /// An hour and a minute.
    type Clock = (i8, i8);

    /// Parts of one day, from when to when, all of which count.
    fn held(times: &[(Clock, Clock)]) -> Vec<Session> {
        let at = |(hour, minute): Clock| time(hour, minute, 0, 0);
        let session = |(row, (begin, end)): (usize, &(Clock, Clock))| {
            let (begins, ends) = (at(*begin), at(*end));
            Session { row, day: date(2027, 3, 1), begins, ends, counted: between(begins, ends) }
        };
        times.iter().enumerate().map(session).collect()
    }

    #[test]
    fn what_is_at_the_same_time_counts_once() {
        let plenary = [((9, 0), (10, 0)), ((10, 0), (11, 0)), ((10, 0), (11, 30)), ((11, 0), (12, 0))];
        let sessions = held(&plenary);
        assert_eq!(simultaneous(&sessions), [(1, 2), (2, 3)]);
        let days = days(&sessions);
        assert_eq!((days.len(), days[0].attended, days[0].minutes()), (1, 180, 180));
        assert_eq!(days[0].begins, time(9, 0, 0, 0));
    }

    #[test]
    fn the_longer_of_two_counts_and_a_break_is_beside_nothing() {
        let mut sessions = held(&[((9, 0), (9, 30)), ((9, 0), (11, 0)), ((9, 30), (10, 0))]);
        assert_eq!(days(&sessions)[0].attended, 120);
        sessions[1].counted = 0;
        assert_eq!(simultaneous(&sessions), []);
        assert_eq!(days(&sessions)[0].attended, 60);
    }

    #[test]
    fn each_day_is_for_itself() {
        let mut sessions = held(&[((9, 0), (10, 0)), ((9, 0), (10, 0))]);
        sessions[1].day = date(2027, 3, 2);
        assert_eq!(simultaneous(&sessions), []);
        assert_eq!(days(&sessions).iter().map(|day| day.attended).sum::<u32>(), 120);
    }
}
