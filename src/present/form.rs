//! What a form asks, what was typed into it, and what is wrong with that.

pub mod data;
pub mod fault;
pub mod field;
pub(crate) mod place;

use serde::Serialize;

use data::FormData;
use fault::Faults;
use field::Field;

use crate::model::Typed;

use super::{
    View,
    head::Head,
    part::{Button, Fault, Link, Tone},
};

/// What somebody entered, with what is wrong with it: a form is shown again with both.
#[derive(Clone, Debug, Default)]
pub(crate) struct Entered {
    pub(crate) fields: FormData,
    pub(crate) faults: Faults,
}

impl Entered {
    /// What the reader put by on this page of a submission, as they typed it; nothing where they put nothing by.
    pub(crate) fn put_by(typed: &[Typed], form: &str) -> Self {
        let kept = typed.iter().find(|typed| typed.form == form);
        kept.map(|typed| Self::from(FormData(typed.fields.clone()))).unwrap_or_default()
    }
}

impl From<FormData> for Entered {
    /// Nothing is wrong with it.
    fn from(fields: FormData) -> Self {
        Self { fields, faults: Faults::default() }
    }
}

/// A plain form: set-up, invitation, person, group, organisation, and every act on a submission.
#[derive(Clone, Debug, Serialize)]
pub struct Form {
    /// The submission it is about, if any.
    pub head: Option<Head>,
    pub back: Option<Link>,
    pub heading: String,
    /// What it means, in a sentence or two.
    pub lead: Option<String>,
    /// What cannot be undone; set apart from the rest.
    pub warning: Option<String>,
    pub faults: Vec<Fault>,
    pub fields: Vec<Field>,
    /// Questions that most readers leave as they are, folded away below the others.
    pub folded: Option<Folded>,
    pub action: String,
    /// The version it was shown with, posted as `version`.
    pub version: Option<u64>,
    /// What the button says: names the act. Empty for who only reads: then there is nothing to send.
    pub send: String,
    /// `Good`, or `Bad` for what ends something.
    pub tone: Tone,
    /// Whether what is typed can be put by, to go on with later.
    pub later: bool,
    /// Further acts, each a button of its own below the form.
    pub also: Vec<Button>,
    /// Further pages about the same.
    pub links: Vec<Link>,
}

/// Questions that most readers leave as they are.
#[derive(Clone, Debug, Serialize)]
pub struct Folded {
    /// What there is, on the line that opens it.
    pub summary: String,
    pub lead: String,
    /// Whether it is shown open: something there is wrong, or was changed.
    pub open: bool,
    pub fields: Vec<Field>,
}

impl View for Form {
    const TEMPLATE: &'static str = "page/form_fill.html";
}

impl Form {
    /// One with nothing but its questions.
    pub(crate) fn new(fields: Vec<Field>, faults: &Faults, action: String, send: &str) -> Self {
        Self {
            head: None,
            back: None,
            heading: String::new(),
            lead: None,
            warning: None,
            faults: faults.list(&place::places(&fields)),
            fields,
            folded: None,
            action,
            version: None,
            send: send.to_owned(),
            tone: Tone::Good,
            later: false,
            also: Vec::new(),
            links: Vec::new(),
        }
    }

    /// The same with a way back, about no submission.
    pub(crate) fn plain(fields: Vec<Field>, faults: &Faults, action: String, send: &str, back: Link) -> Self {
        Self { back: Some(back), ..Self::new(fields, faults, action, send) }
    }
}
