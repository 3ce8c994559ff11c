//! What a workflow asks: sections and questions.

use std::collections::BTreeSet;

use indexmap::IndexMap;
use rust_decimal::Decimal;
use serde::Serialize;
use strum::{EnumDiscriminants, VariantArray};

use super::{DateBound, Requirement};

/// One task on the author's task list.
#[derive(Clone, Debug, Serialize)]
pub struct Section {
    /// Its id.
    pub section: String,
    /// Its heading.
    pub title: String,
    /// What it asks.
    pub questions: Vec<Question>,
}

/// One question of a form, a rubric or a decision.
#[derive(Clone, Debug, Serialize)]
pub struct Question {
    /// Its id; conditions name it.
    pub id: String,
    /// As people read it.
    pub label: String,
    /// Help below the label.
    pub hint: Option<String>,
    /// May stay unanswered.
    pub optional: bool,
    /// What an answer looks like.
    #[serde(flatten)]
    pub kind: Kind,
}

/// What an answer looks like, with its bounds.
#[derive(Clone, Debug, Serialize, EnumDiscriminants)]
#[serde(tag = "type", rename_all = "kebab-case")]
#[strum_discriminants(
    name(KindName),
    doc = "What a kind of question is called in files and by programs.",
    derive(Serialize, VariantArray),
    serde(rename_all = "kebab-case")
)]
pub enum Kind {
    /// One line; lengths in characters.
    Text {
        /// Fewest characters.
        min: Option<u32>,
        /// Most characters; 200 where the file is silent.
        max: u32,
    },
    /// Several lines; lengths in characters.
    LongText {
        /// Fewest characters.
        min: Option<u32>,
        /// Most characters; 5,000 where the file is silent.
        max: u32,
    },
    /// A whole number.
    Integer {
        /// Smallest.
        min: Option<i64>,
        /// Largest.
        max: Option<i64>,
    },
    /// An exact decimal number.
    Decimal {
        /// Smallest.
        min: Option<Decimal>,
        /// Largest.
        max: Option<Decimal>,
        /// Only multiples of this.
        step: Option<Decimal>,
    },
    /// A date.
    Date {
        /// The first day that may be answered.
        #[serde(skip_serializing_if = "Option::is_none")]
        at_least: Option<DateBound>,
        /// The last.
        #[serde(skip_serializing_if = "Option::is_none")]
        at_most: Option<DateBound>,
    },
    /// A time of day, to the minute.
    Time,
    /// Yes or no.
    YesNo {
        /// Must be answered with yes: an attestation.
        must: bool,
    },
    /// One of several options: id and label.
    Choice {
        /// Id and label.
        options: IndexMap<String, String>,
    },
    /// Any number of several options.
    Choices {
        /// Id and label.
        options: IndexMap<String, String>,
        /// Fewest.
        min: Option<u32>,
        /// Most.
        max: Option<u32>,
    },
    /// Rows of further questions.
    Table {
        /// Questions of simple types: neither table, people nor files.
        columns: Vec<Question>,
        /// Fewest rows.
        min: Option<u32>,
        /// Most rows; 100 where the file is silent.
        max: u32,
        /// What has to hold in each row before it is sent, over its columns and the questions of the form.
        #[serde(skip_serializing_if = "Vec::is_empty")]
        each: Vec<Requirement>,
    },
    /// Within a table: one of the persons named in the `people` question `of`, by e-mail.
    Person {
        /// The question that names them.
        of: String,
    },
    /// Within a decision: any number of the rows of a table of the form, each by its number from 1.
    ///
    /// [`Question::over`] turns it into the choices it stands for.
    Rows {
        /// The table.
        of: String,
        /// Fewest.
        min: Option<u32>,
    },
    /// People with name, e-mail and the part they play.
    People {
        /// Fewest.
        min: Option<u32>,
        /// Most; 50 where the file is silent.
        max: u32,
        /// Each owes a disclosure of financial relationships.
        disclosure: bool,
    },
    /// Uploaded files.
    Files {
        /// Fewest.
        min: Option<u32>,
        /// Most; 20 where the file is silent.
        max: u32,
        /// What they may be.
        accept: BTreeSet<Accept>,
        /// Largest size of one file in bytes; 50 MB where the file is silent.
        max_size: u64,
    },
}

/// A family of file types.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Accept {
    /// PDF.
    Pdf,
    /// PNG, JPEG, WebP, GIF, TIFF, HEIC.
    Image,
    /// Word, Excel, PowerPoint and their open counterparts.
    Office,
    /// Plain text, CSV.
    Text,
    /// Slides and recordings: MP4, WebM, MP3.
    Media,
}

impl Accept {
    /// Within a list.
    #[must_use]
    pub fn in_words(self) -> &'static str {
        match self {
            Self::Pdf => "PDF",
            Self::Image => "image",
            Self::Office => "Word, Excel or PowerPoint",
            Self::Text => "text",
            Self::Media => "video or audio",
        }
    }
}
