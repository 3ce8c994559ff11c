//! Windows of periods, and days by which rules are due.

use jiff::{Span, Unit, civil::Date};
use rust_decimal::{Decimal, prelude::ToPrimitive};

use super::{
    super::{
        Credential,
        definition::{CalendarSpan, Due, FirstSpan, Length, Period, PeriodEnd, Reading, Window, Within},
    },
    Context,
};
use crate::workflow::condition::Value;

/// No chain of periods is longer.
const MOST_PERIODS: usize = 60;

impl Period {
    /// Its length, where the file says one.
    pub(in crate::requirement) fn length(&self) -> Option<Length> {
        match self {
            Self::Before { length, .. } => Some(*length),
            Self::From { years, .. } | Self::CalendarYearsBefore { years } => {
                Some(Length::of_months(i32::from(*years) * 12))
            }
            Self::Calendar(span) => Some(Length::of_months(i32::from(span.years) * 12)),
            Self::Choose { .. } => None,
        }
    }

    /// The fact by which a cycle is chosen.
    pub(in crate::requirement) fn cycle_fact(&self) -> Option<&str> {
        match self {
            Self::Choose { fact, .. } => Some(fact),
            _ => None,
        }
    }
}

/// The credential as it stood one renewal earlier.
fn before(credential: &Credential, cycle: Length) -> Option<Credential> {
    let renewal = match credential.renewal {
        Some(renewal) => Some(renewal.checked_sub(1).filter(|renewal| *renewal > 0)?),
        None => None,
    };
    let expires = cycle.back(credential.expires?)?;
    if credential.issued.is_some_and(|issued| expires < issued) {
        return None;
    }
    Some(Credential { expires: Some(expires), renewal, ..credential.clone() })
}

impl Context<'_> {
    /// The window of the period in which a credential is, or the fact that it hangs on.
    pub(super) fn window_of(&self, credential: &Credential) -> Result<Window, String> {
        let end = |end: PeriodEnd| match end {
            PeriodEnd::Expires => credential.expires.ok_or_else(|| "expires".to_owned()),
            // Asked before anything was sent in: as if it were sent in today.
            PeriodEnd::Submitted => Ok(credential.submitted.unwrap_or(self.as_of)),
            PeriodEnd::Today => Ok(self.as_of),
        };
        let beyond = || "expires".to_owned();
        match &self.requirement.period {
            Period::Before { end: last, length, .. } => Window::before(end(*last)?, *length).ok_or_else(beyond),
            Period::From { month, day, years, first } => {
                let last = end(PeriodEnd::Expires)?;
                let start = match first.and_then(|first| first_day(first, credential, *month, *day)) {
                    Some(start) => start,
                    None => Date::new(last.year().saturating_sub(*years), *month, *day).ok().ok_or_else(beyond)?,
                };
                Ok(Window { start, end: last })
            }
            Period::Calendar(span) => self.calendar(span, credential).ok_or_else(beyond),
            Period::CalendarYearsBefore { years } => {
                let year = end(PeriodEnd::Expires)?.year();
                let start = Date::new(year.saturating_sub(*years), 1, 1).ok().ok_or_else(beyond)?;
                let last = Date::new(year, 1, 1).and_then(Date::yesterday).ok().ok_or_else(beyond)?;
                Ok(Window { start, end: last })
            }
            Period::Choose { fact, options } => {
                let chosen = self.chosen(fact).ok_or_else(|| fact.clone())?;
                let (last, length) = options.get(&chosen).ok_or_else(|| fact.clone())?;
                Window::before(end(*last)?, *length).ok_or_else(beyond)
            }
        }
    }

    /// The value of a fact, as options write it.
    fn chosen(&self, fact: &str) -> Option<String> {
        match self.facts.get(fact)? {
            Value::Text(text) => Some(text.clone()),
            Value::Number(number) => Some(number.normalize().to_string()),
            _ => None,
        }
    }

    /// How many years the chosen cycle has.
    pub(super) fn cycle_years(&self) -> Option<i64> {
        let fact = self.requirement.period.cycle_fact()?;
        match self.facts.get(fact)? {
            Value::Number(number) => number.to_i64().filter(|years| Decimal::from(*years) == *number),
            _ => None,
        }
    }

    fn calendar(&self, span: &CalendarSpan, credential: &Credential) -> Option<Window> {
        let first = span.first.and_then(|first| first_day(first, credential, span.month, span.day));
        let last = if span.until_expires { credential.expires? } else { self.as_of };
        // The latest beginning that is not after the last day.
        let mut year = last.year();
        if Date::new(year, span.month, span.day).ok()? > last {
            year = year.checked_sub(1)?;
        }
        if span.until_expires {
            // The years are counted back from the one in which it ends.
            year = year.checked_sub(span.years - 1)?;
        } else if let Some(parity) = span.parity {
            year = year.checked_sub(i16::from(year.rem_euclid(2) != parity))?;
        }
        let start = Date::new(year, span.month, span.day).ok()?;
        if span.until_expires {
            return Some(Window { start: first.unwrap_or(start), end: last });
        }
        let end = Length::of_months(i32::from(span.years) * 12).ahead(start)?.yesterday().ok()?;
        Some(Window { start: first.unwrap_or(start), end })
    }

    /// How long it is from one renewal to the next.
    pub(super) fn cycle(&self) -> Option<Length> {
        match &self.requirement.period {
            Period::Before { end: PeriodEnd::Expires, length, renewed_every } => Some(renewed_every.unwrap_or(*length)),
            Period::Before { .. } | Period::CalendarYearsBefore { .. } => None,
            Period::Choose { fact, options } => Some(options.get(&self.chosen(fact)?)?.1),
            period @ (Period::From { .. } | Period::Calendar(_)) => period.length(),
        }
    }

    /// The credential in each earlier period, the latest first.
    pub(super) fn earlier(&self) -> Vec<(Credential, Window)> {
        let mut found = Vec::new();
        let Some(cycle) = self.cycle() else { return found };
        let first = self.entries.first().map(|entry| entry.day);
        let mut credential = before(self.credential, cycle);
        while let Some(earlier) = credential {
            let Ok(window) = self.window_of(&earlier) else { break };
            // Before anything was earned there is nothing over and nothing to take.
            if found.len() >= MOST_PERIODS || first.is_none_or(|first| window.end < first) {
                break;
            }
            credential = before(&earlier, cycle);
            found.push((earlier, window));
        }
        found
    }

    /// The windows in which a reading looks for credits: one, or one for each part of the period.
    pub(super) fn windows(&self, reading: &Reading) -> Result<Vec<Window>, String> {
        match &reading.within {
            Within::Once => Ok(vec![Window { start: Date::MIN, end: self.as_of }]),
            Within::Period | Within::Renewals { .. } => Ok(vec![self.window.clone()?]),
            Within::Every(length) => {
                let end = self.window.clone()?.end;
                Window::before(end, *length).map(|window| vec![window]).ok_or_else(|| "expires".to_owned())
            }
            Within::Each(length) => Ok(parts(self.window.clone()?, *length)),
        }
    }

    /// By when a reading is to be met; nothing where a day that decides it is not known.
    pub(super) fn due(&self, reading: &Reading) -> Option<Date> {
        match &reading.due {
            None => self.window.as_ref().ok().map(|window| window.end),
            Some(due) => self.due_day(due),
        }
    }

    fn due_day(&self, due: &Due) -> Option<Date> {
        match due {
            Due::After { day, length } => {
                let from = if day == "issued" { self.credential.issued? } else { self.facts.day(day)? };
                length.ahead(from)
            }
            Due::At(fact) => self.facts.day(fact),
            Due::Renewal(renewal) => {
                let (now, cycle, end) = (self.credential.renewal?, self.cycle()?, self.credential.expires?);
                let ahead = i64::from(*renewal) - i64::from(now);
                let times = i32::try_from(ahead.abs()).ok()?;
                if ahead < 0 { cycle.times(times).back(end) } else { cycle.times(times).ahead(end) }
            }
            // The earliest of those that are known: one that is not known can only be earlier.
            Due::EarliestOf(all) => all.iter().filter_map(|due| self.due_day(due)).min(),
        }
    }
}

/// The first day of a first period.
fn first_day(first: FirstSpan, credential: &Credential, month: i8, day: i8) -> Option<Date> {
    if credential.renewal != Some(1) {
        return None;
    }
    let issued = credential.issued?;
    match first {
        FirstSpan::Issued => Some(issued),
        FirstSpan::JoinedYear => Date::new(issued.year(), month, day).ok(),
    }
}

fn parts(window: Window, length: Length) -> Vec<Window> {
    let mut found = Vec::new();
    let mut number = 0;
    while let (Some(start), Some(next)) =
        (length.times(number).ahead(window.start), length.times(number + 1).ahead(window.start))
    {
        let Ok(end) = next.yesterday() else { break };
        if start > window.end || found.len() >= 1_200 {
            break;
        }
        found.push(Window { start, end: end.min(window.end) });
        number += 1;
    }
    found
}

/// Full months from one day to another.
pub(super) fn months(from: Date, to: Date) -> i64 {
    let whole = from.until((Unit::Month, to));
    whole.map_or(0, |span: Span| i64::from(span.get_years()) * 12 + i64::from(span.get_months()))
}
