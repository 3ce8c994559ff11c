//! What is asked about a person once, each as a plain question with its reason. Requirement files name facts by id.
//!
//! A fact that nobody told is unknown, never no.

use std::collections::BTreeMap;

use indexmap::IndexMap;
use jiff::civil::Date;
use rust_decimal::Decimal;

use crate::workflow::condition::{Type, Value};

/// A question about a person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fact {
    /// What is answered.
    pub kind: FactKind,
    /// To what it belongs.
    pub of: FactOf,
    /// The question.
    pub ask: String,
    /// Why it is asked.
    pub why: String,
}

/// What is answered to a question.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FactKind {
    /// One of these, by id, with what people call it.
    Choice(IndexMap<String, String>),
    /// Yes or no.
    YesNo,
    /// A day.
    Date,
    /// A number.
    Number,
}

/// To what a fact belongs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, strum::EnumString, strum::IntoStaticStr, strum::VariantArray)]
#[strum(serialize_all = "kebab-case")]
pub enum FactOf {
    /// The person.
    Person,
    /// How they practise now.
    Practice,
    /// The credential that is renewed.
    Credential,
}

/// All questions, by id.
#[derive(Clone, Debug, Default)]
pub struct FactCatalogue(pub(super) IndexMap<String, Fact>);

/// What is known about a person.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Facts(BTreeMap<String, Value>);

/// An answer that is none to its question.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum FactError {
    /// Nobody asks that.
    #[error("there is no fact '{0}'")]
    Unknown(String),
    /// It is of another kind.
    #[error("'{fact}' is {expected}")]
    Kind {
        /// Which.
        fact: String,
        /// What it takes.
        expected: String,
    },
}

impl FactCatalogue {
    /// A question.
    #[must_use]
    pub fn get(&self, id: &str) -> Option<&Fact> {
        self.0.get(id)
    }

    /// All, in the order of the file.
    pub fn iter(&self) -> impl Iterator<Item = (&String, &Fact)> {
        self.0.iter()
    }
}

impl FactKind {
    pub(super) fn in_conditions(&self) -> Type {
        match self {
            Self::Choice(options) => Type::Text(Some(options.keys().cloned().collect())),
            Self::YesNo => Type::YesNo,
            Self::Date => Type::Date,
            Self::Number => Type::Number,
        }
    }

    fn takes(&self) -> String {
        match self {
            Self::Choice(options) => {
                let known: Vec<&str> = options.keys().map(String::as_str).collect();
                format!("one of {}", known.join(", "))
            }
            Self::YesNo => "true or false".to_owned(),
            Self::Date => "a date, as 2026-11-30".to_owned(),
            Self::Number => "a number".to_owned(),
        }
    }
}

impl Facts {
    /// What is known, from what was written: `true`, `pediatrics`, `2026-11-30`, `30`.
    pub fn read<'a, 'b>(
        catalogue: &FactCatalogue,
        written: impl IntoIterator<Item = (&'a str, &'b str)>,
    ) -> Result<Self, FactError> {
        let mut facts = Self::default();
        for (id, text) in written {
            let fact = catalogue.get(id).ok_or_else(|| FactError::Unknown(id.to_owned()))?;
            let value = match &fact.kind {
                FactKind::Choice(options) => options.contains_key(text).then(|| Value::Text(text.to_owned())),
                FactKind::YesNo => text.parse().ok().map(Value::YesNo),
                FactKind::Date => text.parse::<Date>().ok().map(Value::Date),
                FactKind::Number => text.parse::<Decimal>().ok().map(Value::Number),
            };
            let wrong = || FactError::Kind { fact: id.to_owned(), expected: fact.kind.takes() };
            facts.0.insert(id.to_owned(), value.ok_or_else(wrong)?);
        }
        Ok(facts)
    }

    /// What is known of one.
    #[must_use]
    pub fn get(&self, id: &str) -> Option<&Value> {
        self.0.get(id)
    }

    /// A day that is known.
    #[must_use]
    pub fn day(&self, id: &str) -> Option<Date> {
        match self.get(id) {
            Some(Value::Date(day)) => Some(*day),
            _ => None,
        }
    }

    /// Says one more.
    pub fn tell(&mut self, id: impl Into<String>, value: Value) {
        self.0.insert(id.into(), value);
    }
}
