//! Questions: of the form, of rubrics and of decisions.

use std::collections::BTreeSet;

use jiff::civil::Date;
use rust_decimal::Decimal;

use super::{
    fields::{Fields, Reader, Spelling},
    requirement,
    tree::{Data, Node},
};
use crate::workflow::{
    condition::RESERVED,
    definition::{Accept, DateBound, Kind, Question, Section},
};

/// Where a question stands decides which types it can have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Within {
    /// A form: every type.
    Form,
    /// A rubric or a decision: no table, people or files, but rows of a table of the form.
    Decision,
    /// A table: as a decision, and a person.
    Table,
}

impl Within {
    /// What the vocabulary calls the further keys of a type of question.
    pub(super) fn of_type(self, word: &str) -> String {
        let place = match self {
            Self::Form => "form",
            Self::Decision => "decision",
            Self::Table => "table",
        };
        format!("{place}: {word}")
    }
}

const KEYS: [&str; 19] = [
    "id",
    "type",
    "label",
    "hint",
    "optional",
    "min",
    "max",
    "step",
    "must",
    "options",
    "columns",
    "of",
    "disclosure",
    "accept",
    "max_size",
    "each",
    "say",
    "at_least",
    "at_most",
];

/// A day on which two bounds counted from today are compared; with a day of the calendar they come in any order.
const MIDDLE: Date = jiff::civil::date(2000, 3, 1);

pub(super) fn sections<'t>(reader: &mut Reader<'t, '_>, node: Option<&'t Node>) -> Vec<Section> {
    let items = reader.items(node, "the sections of the form");
    items
        .iter()
        .map(|item| {
            let fields = reader.fields(item, "a section", &["section", "title", "questions"]);
            let section = reader.text(&fields, "section");
            if let Some(node) = fields.get("section")
                && !section.is_empty()
            {
                reader.spelled(&section, node.at, Spelling::Hyphens);
            }
            let title = reader.text(&fields, "title");
            let questions = reader.required(&fields, "questions");
            Section { section, title, questions: questions_of(reader, questions, Within::Form) }
        })
        .collect()
}

pub(super) fn questions_of<'t>(reader: &mut Reader<'t, '_>, node: Option<&'t Node>, within: Within) -> Vec<Question> {
    let items = reader.items(node, "questions");
    items.iter().filter_map(|item| question(reader, item, within)).collect()
}

fn question<'t>(reader: &mut Reader<'t, '_>, node: &'t Node, within: Within) -> Option<Question> {
    let fields = reader.fields(node, "a question", &KEYS);
    let id = reader.text(&fields, "id");
    if let Some(at) = fields.get("id").map(|node| node.at)
        && !id.is_empty()
    {
        reader.spelled(&id, at, Spelling::Underscores);
        if RESERVED.contains(&id.as_str()) {
            reader.fault(
                "names",
                at,
                format!("'{id}' is a word of the condition language; call the question something else"),
            );
        }
    }
    let label = reader.text(&fields, "label");
    let hint = reader.text_if_any(&fields, "hint");
    let optional = reader.flag(&fields, "optional");
    let type_of = reader.required(&fields, "type")?;
    let word = reader.plain_text(type_of, "type");
    let Some((known, kind)) = kind(reader, &fields, &word, within) else {
        if !word.is_empty() {
            let types = match within {
                Within::Form => {
                    "text, long-text, integer, decimal, date, time, yes-no, choice, choices, table, people, files"
                }
                Within::Decision => "text, long-text, integer, decimal, date, time, yes-no, choice, choices, rows",
                Within::Table => "text, long-text, integer, decimal, date, time, yes-no, choice, choices, person",
            };
            reader.fault("format", type_of.at, format!("'type' is here one of: {types}"));
        }
        return None;
    };
    reader.vocabulary.map(&within.of_type(&word), known);
    for key in KEYS.iter().skip(5).filter(|key| fields.has(key) && !known.contains(key)) {
        let at = fields.get(key).map_or(fields.at, |node| node.at);
        reader.fault("format", at, format!("a question of type '{word}' knows no '{key}'"));
    }
    Some(Question { id, label, hint, optional, kind })
}

/// The type with its bounds, and the keys it takes beside those of every question.
fn kind<'t>(
    reader: &mut Reader<'t, '_>,
    fields: &Fields<'t>,
    word: &str,
    within: Within,
) -> Option<(&'static [&'static str], Kind)> {
    Some(match word {
        "text" | "long-text" => {
            let min = reader.number(fields, "min");
            let max = reader.number(fields, "max").unwrap_or(if word == "text" { 200 } else { 5_000 });
            reader.ordered(fields.at, min.as_ref(), Some(&max));
            (&["min", "max"], if word == "text" { Kind::Text { min, max } } else { Kind::LongText { min, max } })
        }
        "integer" => {
            let (min, max) = (reader.number::<i64>(fields, "min"), reader.number(fields, "max"));
            reader.ordered(fields.at, min.as_ref(), max.as_ref());
            (&["min", "max"], Kind::Integer { min, max })
        }
        "decimal" => {
            let (min, max) = (reader.number::<Decimal>(fields, "min"), reader.number(fields, "max"));
            reader.ordered(fields.at, min.as_ref(), max.as_ref());
            let step: Option<Decimal> = reader.number(fields, "step");
            if step.is_some_and(|step| step <= Decimal::ZERO) {
                reader.fault("format", fields.at, "'step' is above zero");
            }
            (&["min", "max", "step"], Kind::Decimal { min, max, step })
        }
        "date" => (&["at_least", "at_most"], date(reader, fields)),
        "time" => (&[], Kind::Time),
        "yes-no" => (&["must"], Kind::YesNo { must: reader.flag(fields, "must") }),
        "choice" => (&["options"], Kind::Choice { options: reader.labels(fields, "options") }),
        "choices" => {
            let options = reader.labels(fields, "options");
            let (min, max) = (reader.number::<u32>(fields, "min"), reader.number(fields, "max"));
            reader.ordered(fields.at, min.as_ref(), max.as_ref());
            (&["options", "min", "max"], Kind::Choices { options, min, max })
        }
        "person" if within == Within::Table => (&["of"], Kind::Person { of: reader.text(fields, "of") }),
        "rows" if within == Within::Decision => {
            let (of, min) = (reader.text(fields, "of"), reader.number(fields, "min"));
            (&["of", "min"], Kind::Rows { of, min })
        }
        "table" if within == Within::Form => {
            let columns = reader.required(fields, "columns");
            let columns = questions_of(reader, columns, Within::Table);
            let (min, max) = counts(reader, fields, 100);
            let each = requirement::each(reader, fields);
            (&["columns", "min", "max", "each", "say"], Kind::Table { columns, min, max, each })
        }
        "people" if within == Within::Form => {
            let (min, max) = counts(reader, fields, 50);
            (&["min", "max", "disclosure"], Kind::People { min, max, disclosure: reader.flag(fields, "disclosure") })
        }
        "files" if within == Within::Form => {
            let (min, max) = counts(reader, fields, 20);
            let (accept, max_size) = (accept(reader, fields), max_size(reader, fields));
            (&["min", "max", "accept", "max_size"], Kind::Files { min, max, accept, max_size })
        }
        _ => return None,
    })
}

fn date<'t>(reader: &mut Reader<'t, '_>, fields: &Fields<'t>) -> Kind {
    let (at_least, at_most) = (bound(reader, fields, "at_least"), bound(reader, fields, "at_most"));
    if let (Some(least), Some(most)) = (&at_least, &at_most)
        && matches!(least, DateBound::Day(_)) == matches!(most, DateBound::Day(_))
        && least.on(MIDDLE) > most.on(MIDDLE)
    {
        reader.fault("format", fields.at, "'at_least' is a later day than 'at_most'");
    }
    Kind::Date { at_least, at_most }
}

/// `today`, `today - P6Y`, or a day.
fn bound<'t>(reader: &mut Reader<'t, '_>, fields: &Fields<'t>, key: &str) -> Option<DateBound> {
    let text = reader.text_if_any(fields, key).filter(|text| !text.is_empty())?;
    let bound = text.parse().ok();
    if bound.is_none() {
        let at = fields.get(key).map_or(fields.at, |node| node.at);
        let message =
            format!("'{key}' is a day: today, today - P6Y or today + P30D in days, months or years, or 2026-01-31");
        reader.fault("format", at, message);
    }
    bound
}

fn counts<'t>(reader: &mut Reader<'t, '_>, fields: &Fields<'t>, most: u32) -> (Option<u32>, u32) {
    let (min, max) = (reader.number(fields, "min"), reader.number(fields, "max").unwrap_or(most));
    reader.ordered(fields.at, min.as_ref(), Some(&max));
    (min, max)
}

/// Every family where the file is silent.
fn accept<'t>(reader: &mut Reader<'t, '_>, fields: &Fields<'t>) -> BTreeSet<Accept> {
    const FAMILIES: [(&str, Accept); 5] = [
        ("pdf", Accept::Pdf),
        ("image", Accept::Image),
        ("office", Accept::Office),
        ("text", Accept::Text),
        ("media", Accept::Media),
    ];
    let Some(node) = fields.get("accept") else { return FAMILIES.iter().map(|(_, family)| *family).collect() };
    let items = reader.items(Some(node), "'accept'");
    items.iter().filter_map(|item| reader.plain_word(item, "accept", &FAMILIES)).collect()
}

/// `50MB`, in bytes.
fn max_size<'t>(reader: &mut Reader<'t, '_>, fields: &Fields<'t>) -> u64 {
    const DEFAULT: u64 = 50_000_000;
    let Some(node) = fields.get("max_size") else { return DEFAULT };
    let parsed = match &node.data {
        Data::Text(text) => {
            [("KB", 1_000_u64), ("MB", 1_000_000), ("GB", 1_000_000_000)].iter().find_map(|(unit, bytes)| {
                let number: u64 = text.strip_suffix(unit)?.trim().parse().ok()?;
                number.checked_mul(*bytes).filter(|bytes| *bytes > 0)
            })
        }
        _ => None,
    };
    parsed.unwrap_or_else(|| {
        reader.fault("format", node.at, "'max_size' is written as 500KB, 50MB or 2GB");
        DEFAULT
    })
}
