//! From JSON to an answer, with every bound of its question.

use std::collections::BTreeSet;

use jiff::civil::{Date, Time};
use rust_decimal::Decimal;
use serde_json::{Map, Value};

use super::FieldFault;
use crate::{
    domain::{Answer, DocumentId, Email, Line, Named, Paragraphs, Row},
    workflow::definition::{Kind, Question},
};

type Faults = Vec<FieldFault>;

pub(super) fn read(question: &Question, value: &Value) -> Result<Answer, Faults> {
    let id = question.id.as_str();
    let one = |read: Result<Answer, FieldFault>| read.map_err(|fault| vec![fault]);
    match &question.kind {
        Kind::Text { min, max } => one(line(id, value, *min, *max).map(Answer::Text)),
        Kind::LongText { min, max } => one(paragraphs(id, value, *min, *max).map(Answer::Text)),
        Kind::Integer { min, max } => one(integer(id, value, *min, *max)),
        Kind::Decimal { min, max, step } => one(decimal(id, value, *min, *max, *step)),
        Kind::Date { .. } => one(date(id, value)),
        Kind::Time => one(time(id, value)),
        Kind::YesNo { must } => one(yes_no(id, value, *must)),
        Kind::Choice { options } => one(choice(id, value, |option| options.contains_key(option)).map(Answer::Choice)),
        Kind::Choices { options, min, max } => {
            one(choices(id, value, |option| options.contains_key(option), *min, *max))
        }
        // As long as it is not known of which rows, any row number will do.
        Kind::Rows { min, .. } => one(choices(id, value, |row| row.parse::<u32>().is_ok(), *min, None)),
        Kind::Person { .. } => one(email(id, value).map(|email| Answer::Text(email.into()))),
        Kind::Table { columns, max, .. } => table(id, value, columns, *max),
        Kind::People { max, .. } => people(id, value, *max),
        Kind::Files { max, .. } => files(id, value, *max),
    }
}

fn wrong_type(field: &str, wanted: &str) -> FieldFault {
    FieldFault::new(field, "type", format!("enter {wanted}"))
}

fn line(field: &str, value: &Value, min: Option<u32>, max: u32) -> Result<String, FieldFault> {
    let read = Line::within(written(field, value)?, max);
    long_enough(field, read.map_err(|fault| FieldFault::of_text(field, fault))?.into(), min)
}

fn paragraphs(field: &str, value: &Value, min: Option<u32>, max: u32) -> Result<String, FieldFault> {
    let read = Paragraphs::within(written(field, value)?, max);
    long_enough(field, read.map_err(|fault| FieldFault::of_text(field, fault))?.into(), min)
}

fn written<'v>(field: &str, value: &'v Value) -> Result<&'v str, FieldFault> {
    value.as_str().ok_or_else(|| wrong_type(field, "a text"))
}

fn long_enough(field: &str, text: String, min: Option<u32>) -> Result<String, FieldFault> {
    let length = u32::try_from(text.chars().count()).unwrap_or(u32::MAX);
    if length == 0 {
        return Err(FieldFault::new(field, "missing", "enter a text"));
    }
    if let Some(min) = min.filter(|min| length < *min) {
        return Err(FieldFault::new(field, "too-short", format!("write at least {min} characters; this has {length}")));
    }
    Ok(text)
}

/// A number, or a text that writes one.
fn number(field: &str, value: &Value, wanted: &str) -> Result<Decimal, FieldFault> {
    let written = match value {
        Value::Number(number) => number.to_string(),
        Value::String(text) => text.trim().to_owned(),
        _ => return Err(wrong_type(field, wanted)),
    };
    let plain = !written.is_empty() && written.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b'.' | b'-'));
    written.parse().ok().filter(|_: &Decimal| plain).ok_or_else(|| wrong_type(field, wanted))
}

fn bounded<T: PartialOrd + std::fmt::Display>(
    field: &str,
    number: &T,
    min: Option<&T>,
    max: Option<&T>,
) -> Result<(), FieldFault> {
    if let Some(min) = min.filter(|min| number < min) {
        return Err(FieldFault::new(field, "too-small", format!("enter {min} or more")));
    }
    if let Some(max) = max.filter(|max| number > max) {
        return Err(FieldFault::new(field, "too-large", format!("enter {max} or less")));
    }
    Ok(())
}

fn integer(field: &str, value: &Value, min: Option<i64>, max: Option<i64>) -> Result<Answer, FieldFault> {
    const WANTED: &str = "a whole number, as 45";
    let number = number(field, value, WANTED)?;
    let whole = number.is_integer().then(|| i64::try_from(number).ok()).flatten();
    let whole = whole.ok_or_else(|| wrong_type(field, WANTED))?;
    bounded(field, &whole, min.as_ref(), max.as_ref())?;
    Ok(Answer::Integer(whole))
}

fn decimal(
    field: &str,
    value: &Value,
    min: Option<Decimal>,
    max: Option<Decimal>,
    step: Option<Decimal>,
) -> Result<Answer, FieldFault> {
    let number = number(field, value, "a number, as 2.5")?;
    bounded(field, &number, min.as_ref(), max.as_ref())?;
    if let Some(step) = step
        && number.checked_rem(step).is_none_or(|rest| !rest.is_zero())
    {
        return Err(FieldFault::new(field, "step", format!("enter a multiple of {step}")));
    }
    Ok(Answer::Decimal(number))
}

fn date(field: &str, value: &Value) -> Result<Answer, FieldFault> {
    let wrong = || wrong_type(field, "a date that exists, as 2026-11-22");
    let text = value.as_str().map(str::trim).ok_or_else(wrong)?;
    // The parser would also take 20261122 or a date with a time.
    let dashes = text.len() == 10 && text.bytes().filter(|byte| *byte == b'-').count() == 2;
    let date: Date = text.parse().ok().filter(|_| dashes).ok_or_else(wrong)?;
    Ok(Answer::Date(date))
}

fn time(field: &str, value: &Value) -> Result<Answer, FieldFault> {
    let wrong = || wrong_type(field, "a time of day, as 09:30");
    let text = value.as_str().map(str::trim).ok_or_else(wrong)?;
    // The parser would also take 0930 or seconds.
    let (hour, minute) =
        text.split_once(':').filter(|(hour, minute)| hour.len() <= 2 && minute.len() == 2).ok_or_else(wrong)?;
    let number = |text: &str| text.parse::<u8>().ok().and_then(|number| i8::try_from(number).ok());
    let time = number(hour).zip(number(minute)).and_then(|(hour, minute)| Time::new(hour, minute, 0, 0).ok());
    time.map(Answer::Time).ok_or_else(wrong)
}

fn yes_no(field: &str, value: &Value, must: bool) -> Result<Answer, FieldFault> {
    let yes = value.as_bool().ok_or_else(|| wrong_type(field, "yes or no (true or false)"))?;
    if must && !yes {
        return Err(FieldFault::new(field, "must", "this has to be confirmed"));
    }
    Ok(Answer::YesNo(yes))
}

fn choice(field: &str, value: &Value, known: impl Fn(&str) -> bool) -> Result<String, FieldFault> {
    let text = value.as_str().ok_or_else(|| wrong_type(field, "the id of one of the options"))?;
    if !known(text) {
        return Err(FieldFault::new(field, "option", "choose one of the options"));
    }
    Ok(text.to_owned())
}

fn list<'v>(field: &str, value: &'v Value) -> Result<&'v Vec<Value>, FieldFault> {
    value.as_array().ok_or_else(|| wrong_type(field, "a list"))
}

fn choices(
    field: &str,
    value: &Value,
    known: impl Fn(&str) -> bool + Copy,
    min: Option<u32>,
    max: Option<u32>,
) -> Result<Answer, FieldFault> {
    let chosen: Result<Vec<String>, FieldFault> =
        list(field, value)?.iter().map(|item| choice(field, item, known)).collect();
    let chosen = chosen?;
    if chosen.iter().collect::<BTreeSet<_>>().len() < chosen.len() {
        return Err(FieldFault::new(field, "twice", "choose each option once"));
    }
    let count = u32::try_from(chosen.len()).unwrap_or(u32::MAX);
    if let Some(min) = min.filter(|min| count < *min) {
        return Err(FieldFault::new(field, "too-few", format!("choose at least {min}")));
    }
    if let Some(max) = max.filter(|max| count > *max) {
        return Err(FieldFault::new(field, "too-many", format!("choose at most {max}")));
    }
    Ok(Answer::Choices(chosen))
}

fn email(field: &str, value: &Value) -> Result<Email, FieldFault> {
    let text = value.as_str().ok_or_else(|| wrong_type(field, "an e-mail address"))?;
    text.parse().map_err(|error: crate::domain::EmailError| FieldFault::new(field, "email", error.to_string()))
}

fn at_most(field: &str, items: &[Value], max: u32, what: &str) -> Result<(), Faults> {
    if u32::try_from(items.len()).unwrap_or(u32::MAX) <= max {
        return Ok(());
    }
    Err(vec![FieldFault::new(field, "too-many", format!("enter at most {max} {what}"))])
}

/// Reads every item, and collects what is wrong with any.
fn each<T>(items: &[Value], field: &str, read: impl Fn(&str, &Value) -> Result<T, Faults>) -> Result<Vec<T>, Faults> {
    let (mut found, mut faults) = (Vec::new(), Vec::new());
    for (at, item) in items.iter().enumerate() {
        match read(&format!("{field}/{at}"), item) {
            Ok(item) => found.push(item),
            Err(wrong) => faults.extend(wrong),
        }
    }
    if faults.is_empty() { Ok(found) } else { Err(faults) }
}

fn object<'v>(field: &str, value: &'v Value, known: &[&str]) -> Result<&'v Map<String, Value>, Faults> {
    let map = value.as_object().ok_or_else(|| vec![wrong_type(field, "an object with its fields")])?;
    let unknown = map.keys().filter(|key| !known.contains(&key.as_str()));
    let faults: Faults = unknown.map(|key| FieldFault::unknown(key).within(field)).collect();
    if faults.is_empty() { Ok(map) } else { Err(faults) }
}

fn table(field: &str, value: &Value, columns: &[Question], max: u32) -> Result<Answer, Faults> {
    let items = list(field, value).map_err(|fault| vec![fault])?;
    at_most(field, items, max, "rows")?;
    let known: Vec<&str> = columns.iter().map(|column| column.id.as_str()).collect();
    let rows = each(items, field, |at, item| {
        let cells = object(at, item, &known)?;
        let (mut row, mut faults) = (Row::new(), Faults::new());
        for column in columns {
            match cells.get(&column.id).filter(|cell| !cell.is_null()).map(|cell| column.read(cell)) {
                None => {}
                Some(Ok(cell)) => {
                    row.insert(column.id.clone(), cell);
                }
                Some(Err(wrong)) => faults.extend(wrong.into_iter().map(|fault| fault.within(at))),
            }
        }
        if faults.is_empty() { Ok(row) } else { Err(faults) }
    })?;
    Ok(Answer::Table(rows))
}

fn people(field: &str, value: &Value, max: u32) -> Result<Answer, Faults> {
    let items = list(field, value).map_err(|fault| vec![fault])?;
    at_most(field, items, max, "people")?;
    let people = each(items, field, |at, item| {
        let fields = object(at, item, &["name", "email", "part", "disclosure", "none"])?;
        let inner = |key: &str| format!("{at}/{key}");
        let given = |key: &str| fields.get(key).unwrap_or(&Value::Null);
        let name = line(&inner("name"), given("name"), None, Line::MOST);
        let address = email(&inner("email"), given("email"));
        let part = line(&inner("part"), given("part"), None, 100);
        let disclosure = disclosure(&inner("disclosure"), given("disclosure"), given("none"));
        match (name, address, part, disclosure) {
            (Ok(name), Ok(email), Ok(part), Ok(disclosure)) => Ok(Named { name, email, part, disclosure }),
            (name, address, part, disclosure) => {
                Err([name.err(), address.err(), part.err(), disclosure.err()].into_iter().flatten().collect())
            }
        }
    })?;
    let mut seen = BTreeSet::new();
    let twice: Faults = people
        .iter()
        .enumerate()
        .filter(|(_, person)| !seen.insert(&person.email))
        .map(|(at, _)| FieldFault::new(&format!("{field}/{at}/email"), "twice", "this person is named already"))
        .collect();
    if twice.is_empty() { Ok(Answer::People(people)) } else { Err(twice) }
}

/// Nothing given: nobody asked yet. An empty text, or `none`: "none" was declared.
fn disclosure(field: &str, value: &Value, none: &Value) -> Result<Option<String>, FieldFault> {
    let written = !matches!(value, Value::Null) && value.as_str().is_none_or(|text| !text.trim().is_empty());
    match value {
        _ if *none == Value::Bool(true) && written => {
            let message =
                "you declare that there are no financial relationships and write some: take one of the two out";
            Err(FieldFault::new(field, "contradiction", message))
        }
        _ if *none == Value::Bool(true) => Ok(Some(String::new())),
        Value::Null => Ok(None),
        Value::String(written) if written.trim().is_empty() => Ok(Some(String::new())),
        _ => paragraphs(field, value, None, 5_000).map(Some),
    }
}

fn files(field: &str, value: &Value, max: u32) -> Result<Answer, Faults> {
    let items = list(field, value).map_err(|fault| vec![fault])?;
    at_most(field, items, max, "files")?;
    let files = each(items, field, |at, item| {
        let id: Option<DocumentId> = item.as_str().and_then(|text| text.parse().ok());
        id.ok_or_else(|| vec![wrong_type(at, "the id of an uploaded file")])
    })?;
    if files.iter().collect::<BTreeSet<_>>().len() < files.len() {
        return Err(vec![FieldFault::new(field, "twice", "name each file once")]);
    }
    Ok(Answer::Files(files))
}
