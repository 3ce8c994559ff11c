//! One question as it is asked: label, hint, fault and what was typed.

use serde::Serialize;

use super::File;

/// One question of a form.
#[derive(Clone, Debug, Serialize)]
pub struct Field {
    /// Name in the posted form and id on the page: `hours`, `agenda/2/minutes`; as in a field fault.
    pub name: String,
    /// The question.
    pub label: String,
    /// Help below it.
    pub hint: Option<String>,
    /// May stay unanswered; only this is marked.
    pub optional: bool,
    /// What is wrong, and what to do.
    pub fault: Option<String>,
    /// Changes asked of the author about this question and not yet answered.
    pub requests: Vec<String>,
    /// How it is answered.
    #[serde(flatten)]
    pub control: Control,
}

/// How a question is answered, with what was typed, valid or not.
#[derive(Clone, Debug, Serialize)]
#[serde(tag = "control", rename_all = "kebab-case")]
pub enum Control {
    /// One line.
    Text {
        /// As typed.
        value: String,
        /// What is expected.
        input: Input,
        /// What the browser may fill in: `email`, `current-password`, `name`, `off`.
        autocomplete: &'static str,
    },
    /// Several lines.
    LongText {
        /// As typed.
        value: String,
        /// Rows shown.
        rows: u32,
    },
    /// A number; typed as text, so that nothing typed is lost.
    Number {
        /// As typed.
        value: String,
        /// `hours`, `minutes`, `credits`; nothing for a bare number.
        unit: Option<String>,
        /// Whether there is a decimal point.
        digits: Digits,
    },
    /// A date.
    Date {
        /// `2026-11-22`, or what was typed.
        value: String,
    },
    /// Yes or no: posts `yes` or `no`.
    YesNo {
        /// `yes`, `no` or nothing.
        value: Option<String>,
    },
    /// Something to confirm: one box, posts `yes`.
    Confirm {
        /// Whether it is ticked.
        ticked: bool,
    },
    /// One of several.
    Choice {
        /// What can be chosen.
        options: Vec<Choice>,
    },
    /// Any number of several; posts the name once for each.
    Choices {
        /// What can be chosen.
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
        /// The rows.
        rows: Vec<Vec<Field>>,
        /// Whether another may be added.
        more: bool,
    },
    /// Files: `evidence` uploads, `remove` with `evidence/ID` takes one away.
    Files {
        /// What is there.
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
    /// Any text.
    Text,
    /// An e-mail address.
    Email,
    /// A password.
    Password,
    /// What is searched for.
    Search,
}

/// The keyboard a number wants.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Digits {
    /// Whole numbers.
    Numeric,
    /// With a decimal point.
    Decimal,
}

/// Something that can be chosen.
#[derive(Clone, Debug, Serialize)]
pub struct Choice {
    /// What is posted.
    pub id: String,
    /// As read.
    pub label: String,
    /// A line below it.
    pub hint: Option<String>,
    /// Whether it is chosen.
    pub chosen: bool,
}

/// The credit that rows add up to; the page's script keeps it up to date while minutes are typed.
#[derive(Clone, Debug, Serialize)]
pub struct Sum {
    /// Column with the minutes.
    pub minutes: String,
    /// Yes-no column that says whether the minutes count; nothing if all do.
    pub counts: Option<String>,
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
            control,
        }
    }

    /// With help below the label.
    #[must_use]
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }

    /// That may stay unanswered.
    #[must_use]
    pub fn optional(mut self) -> Self {
        self.optional = true;
        self
    }

    /// With something wrong.
    #[must_use]
    pub fn fault(mut self, fault: impl Into<String>) -> Self {
        self.fault = Some(fault.into());
        self
    }
}

impl Control {
    /// One line of text.
    #[must_use]
    pub fn text(value: impl Into<String>) -> Self {
        Self::Text { value: value.into(), input: Input::Text, autocomplete: "off" }
    }

    /// Several lines of text.
    #[must_use]
    pub fn long_text(value: impl Into<String>) -> Self {
        Self::LongText { value: value.into(), rows: 6 }
    }
}

impl Choice {
    /// One not chosen.
    #[must_use]
    pub fn new(id: impl Into<String>, label: impl Into<String>) -> Self {
        Self { id: id.into(), label: label.into(), hint: None, chosen: false }
    }

    /// The same, chosen.
    #[must_use]
    pub fn chosen(mut self) -> Self {
        self.chosen = true;
        self
    }
}
