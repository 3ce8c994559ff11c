//! Questions as they are asked: label, hint, fault and what was typed, valid or not.

mod person;

use serde::Serialize;

use super::{data::FormData, fault::Faults};
use crate::{
    credit::{CreditType, agenda::COUNTED},
    present::{
        arithmetic,
        file::{self, File},
        words,
    },
    workflow::definition::{Kind, Question},
};

/// One question of a form.
#[derive(Clone, Debug, Serialize)]
pub struct Field {
    /// Name in the posted form and id on the page: `hours`, `agenda/2/minutes`; as in a field fault.
    pub name: String,
    pub label: String,
    pub hint: Option<String>,
    /// May stay unanswered; only this is marked.
    pub optional: bool,
    /// What is wrong, and what to do.
    pub fault: Option<String>,
    /// Changes asked of the author about this question and not yet answered.
    pub requests: Vec<String>,
    /// Another answer to the same question, where two were given at a time.
    pub beside: Option<Beside>,
    #[serde(flatten)]
    pub control: Control,
}

/// An answer that was saved while the reader typed another: one of them stands.
#[derive(Clone, Debug, Serialize)]
pub struct Beside {
    /// Posts `mine` or `theirs`.
    pub name: String,
    /// What was saved meanwhile, in words.
    pub theirs: String,
    /// What was said, if anything.
    pub side: Option<String>,
}

/// How a question is answered, with what was typed, valid or not.
#[derive(Clone, Debug, Serialize)]
#[serde(tag = "control", rename_all = "kebab-case")]
pub enum Control {
    Text {
        value: String,
        input: Input,
        /// What the browser may fill in: `email`, `current-password`, `name`, `off`.
        autocomplete: &'static str,
    },
    LongText {
        value: String,
        rows: u32,
    },
    /// A number; typed as text, so that nothing typed is lost.
    Number {
        value: String,
        /// Whether there is a decimal point.
        digits: Digits,
    },
    Date {
        /// `2026-11-22`, or what was typed.
        value: String,
    },
    /// A time of day.
    Time {
        /// `09:30`, or what was typed.
        value: String,
    },
    /// Yes or no: posts `yes` or `no`.
    YesNo {
        /// `yes`, `no` or nothing.
        value: Option<String>,
    },
    /// Something to confirm: one box, posts `yes`.
    Confirm {
        ticked: bool,
    },
    Choice {
        options: Vec<Choice>,
    },
    /// Any number of several; posts the name once for each.
    Choices {
        options: Vec<Choice>,
    },
    /// One of many, as a list to drop down.
    Select {
        /// What can be chosen; a first one with an empty id for none.
        options: Vec<Choice>,
    },
    /// Rows of further questions: `add` with the name adds a row, `remove` with `agenda/2` takes one away.
    Table {
        /// `agenda item`: for `Add another agenda item`, `Agenda item 2`.
        row: String,
        /// The rows; each field's name is `agenda/2/minutes`.
        rows: Vec<Vec<Field>>,
        /// Whether another row may be added.
        more: bool,
        /// The credit that the rows add up to.
        sum: Option<Sum>,
    },
    /// People: fields `faculty/0/name`, `/email`, `/part`, `/disclosure`; rows as in a table.
    People {
        rows: Vec<Vec<Field>>,
        /// Whether another may be added.
        more: bool,
    },
    /// Files: `evidence` uploads, `remove` with `evidence/ID` takes one away.
    Files {
        files: Vec<File>,
        /// For the browser's dialogue: `.pdf,.docx,image/*`.
        accept: String,
        /// `PDF, image, Word or text; at most 50 MB each, up to 20 files.`
        limits: String,
        /// Largest size of one file in bytes.
        max_size: u64,
        /// Where one file is posted to (`multipart/form-data`, field `file`).
        action: String,
        /// Whether another may be uploaded.
        more: bool,
    },
}

/// What a line of text is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Input {
    Text,
    Email,
    Password,
    Search,
}

/// The keyboard a number wants.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Digits {
    Numeric,
    Decimal,
}

/// Something that can be chosen.
#[derive(Clone, Debug, Serialize)]
pub struct Choice {
    pub id: String,
    pub label: String,
    pub hint: Option<String>,
    pub chosen: bool,
}

/// The credit that rows add up to; the page's script keeps it up to date while minutes are typed.
#[derive(Clone, Debug, Serialize)]
pub struct Sum {
    pub minutes: String,
    /// Minutes of one step of credit: 15 for a quarter hour.
    pub step_minutes: u32,
    /// Minutes that count, at the time of rendering.
    pub total: u32,
    /// Credit for them, as `4.25`.
    pub credit: String,
    /// `AMA PRA Category 1 Credit`.
    pub unit: String,
}

impl Field {
    /// A question with no hint, no fault and no request.
    #[must_use]
    pub fn new(name: impl Into<String>, label: impl Into<String>, control: Control) -> Self {
        Self {
            name: name.into(),
            label: label.into(),
            hint: None,
            optional: false,
            fault: None,
            requests: Vec::new(),
            beside: None,
            control,
        }
    }

    /// With help below the label.
    #[must_use]
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }

    #[must_use]
    pub fn optional(mut self) -> Self {
        self.optional = true;
        self
    }

    #[must_use]
    pub fn fault(mut self, fault: impl Into<String>) -> Self {
        self.fault = Some(fault.into());
        self
    }
}

impl Control {
    #[must_use]
    pub fn text(value: impl Into<String>) -> Self {
        Self::Text { value: value.into(), input: Input::Text, autocomplete: "off" }
    }

    #[must_use]
    pub fn long_text(value: impl Into<String>) -> Self {
        Self::LongText { value: value.into(), rows: 6 }
    }
}

impl Choice {
    #[must_use]
    pub fn new(id: impl Into<String>, label: impl Into<String>) -> Self {
        Self { id: id.into(), label: label.into(), hint: None, chosen: false }
    }

    #[must_use]
    pub fn chosen(mut self) -> Self {
        self.chosen = true;
        self
    }
}

/// What a form shows beside its questions.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Sheet<'a> {
    /// What was typed, or stands in the store.
    pub(crate) typed: &'a FormData,
    /// What is wrong with it.
    pub(crate) faults: &'a Faults,
    /// The credit that an agenda adds up to, if any.
    pub(crate) credit: Option<&'a CreditType>,
    /// People named in the form, as `(email, name)`.
    pub(crate) named: &'a [(String, String)],
    /// How it stands with the disclosures of people, as `(email, words)`.
    pub(crate) disclosed: &'a [(String, String)],
}

impl Sheet<'_> {
    /// A question as a field whose name begins with `prefix`; files are not asked here but by [`files`].
    pub(crate) fn field(&self, question: &Question, prefix: &str) -> Field {
        let name = format!("{prefix}{}", question.id);
        let control = self.control(question, &name);
        Field {
            hint: question.hint.clone(),
            optional: question.optional,
            fault: self.faults.on(&name),
            ..Field::new(name, question.label.clone(), control)
        }
    }

    fn control(&self, question: &Question, name: &str) -> Control {
        let raw = || self.typed.raw(name).unwrap_or_default().to_owned();
        match &question.kind {
            Kind::Text { .. } => Control::text(raw()),
            Kind::LongText { .. } => Control::long_text(raw()),
            Kind::Integer { .. } => Control::Number { value: raw(), digits: Digits::Numeric },
            Kind::Decimal { .. } => Control::Number { value: raw(), digits: Digits::Decimal },
            Kind::Date { .. } => Control::Date { value: raw() },
            Kind::Time => Control::Time { value: raw() },
            Kind::YesNo { must: true } => Control::Confirm { ticked: self.typed.get(name) == Some("yes") },
            Kind::YesNo { must: false } => Control::YesNo { value: self.typed.get(name).map(str::to_owned) },
            Kind::Choice { options } => Control::Choice { options: self.choices(name, options) },
            Kind::Choices { options, .. } => Control::Choices { options: self.choices(name, options) },
            // Asked over the answers of a form these are choices; without them there is nothing to choose from.
            Kind::Rows { .. } => Control::Choices { options: Vec::new() },
            Kind::Person { .. } => Control::Select { options: self.people(name) },
            Kind::Table { columns, max, .. } => self.table(question, name, columns, *max),
            Kind::People { max, disclosure, .. } => {
                let rows: Vec<Vec<Field>> = self.rows(name, |row| self.person(row, *disclosure));
                Control::People { more: rows.len() < most(*max), rows }
            }
            Kind::Files { .. } => Control::text(String::new()),
        }
    }

    fn choices(&self, name: &str, options: &indexmap::IndexMap<String, String>) -> Vec<Choice> {
        let chosen: Vec<&str> = self.typed.all(name).collect();
        options
            .iter()
            .map(|(id, label)| Choice {
                chosen: chosen.contains(&id.as_str()),
                ..Choice::new(id.clone(), label.clone())
            })
            .collect()
    }

    /// Those named in the form, and whoever was chosen before and is not named any more.
    fn people(&self, name: &str) -> Vec<Choice> {
        let chosen = self.typed.get(name).unwrap_or_default();
        let mut options = vec![Choice::new("", "Nobody")];
        options.extend(self.named.iter().map(|(email, name)| Choice::new(email.clone(), name.clone())));
        if !options.iter().any(|option| option.id == chosen) {
            options.push(Choice::new(chosen, chosen));
        }
        options.into_iter().map(|option| Choice { chosen: option.id == chosen, ..option }).collect()
    }

    fn table(&self, question: &Question, name: &str, columns: &[Question], max: u32) -> Control {
        let rows = self.rows(name, |row| columns.iter().map(|column| self.field(column, &format!("{row}/"))).collect());
        Control::Table {
            row: "row".to_owned(),
            more: rows.len() < most(max),
            rows,
            sum: self.credit.filter(|_| arithmetic::counts(question)).map(|credit| self.sum(name, credit)),
        }
    }

    fn sum(&self, name: &str, credit: &CreditType) -> Sum {
        let rows = self.typed.rows(name).into_iter();
        let minutes = rows.filter_map(|row| self.typed.get(&format!("{name}/{row}/{COUNTED}"))?.parse::<u32>().ok());
        let total = minutes.fold(0, u32::saturating_add);
        let (_, rounded) = arithmetic::credits(total, credit);
        Sum {
            minutes: COUNTED.to_owned(),
            step_minutes: u32::try_from(credit.step.hundredths() * 60 / 100).unwrap_or(0),
            total,
            credit: rounded.to_string(),
            unit: credit.name.clone(),
        }
    }

    fn rows(&self, name: &str, row: impl Fn(&str) -> Vec<Field>) -> Vec<Vec<Field>> {
        self.typed.shown_rows(name).into_iter().map(|number| row(&format!("{name}/{number}"))).collect()
    }
}

/// A question for files.
pub(crate) fn files(question: &Question, files: Vec<File>, action: String, faults: &Faults) -> Field {
    let Kind::Files { max, accept, max_size, .. } = &question.kind else {
        return Field::new(question.id.clone(), question.label.clone(), Control::text(String::new()));
    };
    let (dialogue, families) = file::accepted(accept);
    let control = Control::Files {
        more: files.len() < most(*max),
        files,
        accept: dialogue,
        limits: format!(
            "{families}; at most {} each, up to {}.",
            words::size(*max_size),
            words::many(most(*max), "file")
        ),
        max_size: *max_size,
        action,
    };
    Field {
        hint: question.hint.clone(),
        optional: question.optional,
        fault: faults.on(&question.id).or_else(|| faults.on("file")),
        ..Field::new(question.id.clone(), question.label.clone(), control)
    }
}

fn most(max: u32) -> usize {
    usize::try_from(max).unwrap_or(usize::MAX)
}
