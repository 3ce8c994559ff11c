//! Windows and lengths.

use indexmap::IndexMap;

use super::{
    super::definition::{CalendarSpan, FirstSpan, Length, Period, PeriodEnd},
    period_end,
};
use crate::workflow::check::{
    fields::{Fields, Reader},
    tree::{Data, Node},
};

/// The longest window.
const MOST_MONTHS: i32 = 1_200;

pub(super) fn period<'t>(reader: &mut Reader<'t, '_>, node: &'t Node) -> Option<Period> {
    let known = [
        "before",
        "length",
        "renewed_every",
        "from",
        "until",
        "first",
        "years",
        "starts",
        "calendar_years_before",
        "choose",
        "options",
    ];
    let fields = reader.fields(node, "a period", &known);
    let shape = ["before", "from", "starts", "calendar_years_before", "choose"].map(|key| fields.has(key));
    match shape {
        [true, false, false, false, false] => before(reader, &fields),
        [false, true, false, false, false] => from(reader, &fields),
        [false, false, true, false, false] => calendar(reader, &fields),
        [false, false, false, true, false] => {
            period_end(reader, &fields, "calendar_years_before");
            Some(Period::CalendarYearsBefore { years: years(reader, &fields, "years")? })
        }
        [false, false, false, false, true] => choose(reader, &fields),
        _ => {
            let message = "a period has one of 'before', 'from', 'starts', 'calendar_years_before' and 'choose'";
            reader.fault("format", node.at, message);
            None
        }
    }
}

fn before<'t>(reader: &mut Reader<'t, '_>, fields: &Fields<'t>) -> Option<Period> {
    let (end, length) = ends(reader, fields)?;
    let renewed_every = fields.get("renewed_every").and_then(|node| self::length(reader, node, "renewed_every"));
    Some(Period::Before { end, length, renewed_every })
}

fn ends<'t>(reader: &mut Reader<'t, '_>, fields: &Fields<'t>) -> Option<(PeriodEnd, Length)> {
    let end = period_end(reader, fields, "before");
    let length = reader.required(fields, "length").and_then(|node| self::length(reader, node, "length"));
    Some((end?, length?))
}

fn from<'t>(reader: &mut Reader<'t, '_>, fields: &Fields<'t>) -> Option<Period> {
    let node = fields.get("from")?;
    let day = reader.fields(node, "the first day", &["month", "day", "years_before", "years"]);
    period_end(reader, &day, "years_before");
    period_end(reader, fields, "until");
    let (month, day_of_month) = month_and_day(reader, &day)?;
    let years = years(reader, &day, "years")?;
    Some(Period::From { month, day: day_of_month, years, first: first(reader, fields) })
}

fn calendar<'t>(reader: &mut Reader<'t, '_>, fields: &Fields<'t>) -> Option<Period> {
    let node = fields.get("starts")?;
    let starts = reader.fields(node, "the first day", &["month", "day", "parity"]);
    let (month, day) = month_and_day(reader, &starts)?;
    let parity = reader.word(&starts, "parity", &[("even", 0), ("odd", 1)]);
    if fields.has("until") {
        period_end(reader, fields, "until");
    }
    let years = years(reader, fields, "years")?;
    Some(Period::Calendar(CalendarSpan {
        years,
        month,
        day,
        parity,
        until_expires: fields.has("until"),
        first: first(reader, fields),
    }))
}

fn choose<'t>(reader: &mut Reader<'t, '_>, fields: &Fields<'t>) -> Option<Period> {
    let fact = reader.text(fields, "choose");
    let node = reader.required(fields, "options")?;
    let Data::Map(entries) = &node.data else {
        reader.fault("format", node.at, "'options' are written as values with their periods");
        return None;
    };
    let mut options = IndexMap::new();
    for (key, node) in entries {
        let fields = reader.fields(node, "an option", &["before", "length", "renewed_every"]);
        if let Some(found) = ends(reader, &fields) {
            options.insert(key.name.clone(), found);
        }
    }
    Some(Period::Choose { fact, options })
}

fn first<'t>(reader: &mut Reader<'t, '_>, fields: &Fields<'t>) -> Option<FirstSpan> {
    let node = fields.get("first")?;
    let fields = reader.fields(node, "a first period", &["from", "years"]);
    reader.required(&fields, "from");
    reader.number::<u32>(&fields, "years");
    reader.word(&fields, "from", &[("issued", FirstSpan::Issued), ("joined-year", FirstSpan::JoinedYear)])
}

fn month_and_day<'t>(reader: &mut Reader<'t, '_>, fields: &Fields<'t>) -> Option<(i8, i8)> {
    reader.required(fields, "month");
    reader.required(fields, "day");
    let (month, day) = (reader.number(fields, "month")?, reader.number(fields, "day")?);
    // 2023 has no 29 February: a period begins on a day that every year has.
    if jiff::civil::Date::new(2023, month, day).is_err() {
        reader.fault("format", fields.at, "this is no day that every year has");
        return None;
    }
    Some((month, day))
}

fn years<'t>(reader: &mut Reader<'t, '_>, fields: &Fields<'t>, key: &str) -> Option<i16> {
    let node = reader.required(fields, key)?;
    let years: i16 = reader.plain_number(node, key)?;
    if !(1..=100).contains(&years) {
        reader.fault("period", node.at, format!("'{key}' is from 1 to 100; a period of no length is always empty"));
        return None;
    }
    Some(years)
}

/// A length in years, months and days, as `P24M`.
pub(super) fn length<'t>(reader: &mut Reader<'t, '_>, node: &'t Node, what: &str) -> Option<Length> {
    let text = reader.plain_text(node, what);
    let found = parts(&text);
    match found {
        Some(length) if length.months == 0 && length.days == 0 => {
            reader.fault("period", node.at, format!("'{what}' has no length: such a period is always empty"));
            None
        }
        Some(length) if length.months <= MOST_MONTHS && length.days <= 36_500 => Some(length),
        _ => {
            if !text.is_empty() {
                let message =
                    format!("'{what}' is a length in years, months and days of up to a hundred years, as P24M");
                reader.fault("format", node.at, message);
            }
            None
        }
    }
}

/// `P2Y6M10D` in months and days.
fn parts(text: &str) -> Option<Length> {
    let mut rest = text.strip_prefix('P').filter(|rest| !rest.is_empty())?;
    let mut found = Length { months: 0, days: 0 };
    for unit in ['Y', 'M', 'D'] {
        let Some((number, after)) = rest.split_once(unit) else { continue };
        if number.is_empty() || !number.bytes().all(|byte| byte.is_ascii_digit()) {
            return None;
        }
        let number: i32 = number.parse().ok()?;
        match unit {
            'Y' => found.months = number.checked_mul(12)?,
            'M' => found.months = found.months.checked_add(number)?,
            _ => found.days = number,
        }
        rest = after;
    }
    rest.is_empty().then_some(found)
}
