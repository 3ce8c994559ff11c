//! Filling in a form as people do, section by section: what is right is saved, what is not stays as it was typed.
//!
//! Two who fill in one form at a time get in each other's way only where both answer the same question anew: then neither
//! answer is lost, and whoever came second says which stands.

use std::collections::BTreeSet;

use aws_lc_rs::digest::{SHA256, digest};
use data_encoding::HEXLOWER;
use serde_json::Value;

use super::{
    Acted,
    answer::change,
    unsaved::{self, SEEN, USE},
};
use crate::{
    domain::Answer,
    model::{Fields, Receipt, Typed},
    usecase::{Call, Case, Error, Target},
    workflow::{Definition, FieldFault, definition::Question},
};

/// The code of a fault where somebody else answered the same question meanwhile.
pub const COLLIDED: &str = "changed-meanwhile";

/// What was typed for one question.
#[derive(Clone, Debug)]
pub struct Entry {
    /// The question.
    pub question: String,
    /// What was typed, as plain JSON; null where nothing was.
    pub value: Value,
    /// The same, as it was posted.
    pub fields: Fields,
    /// The [`mark`] of what stood in the store when the form was shown.
    pub seen: Option<String>,
    /// Whose answer stands, where that was asked.
    pub side: Option<Side>,
}

/// Whose answer stands, where two were given at a time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// The caller's.
    Mine,
    /// The one that was saved meanwhile.
    Theirs,
    /// Nobody said it yet.
    Open,
}

/// A section that was filled in.
#[derive(Clone, Debug)]
pub struct FilledIn {
    /// The submission after it.
    pub acted: Acted,
    /// What could not be saved and was kept as it was typed; nothing where all is well.
    pub unmet: Vec<FieldFault>,
}

/// What became of one entry.
enum Settled {
    /// It says what is there, or leaves that as it is.
    Stands,
    Changes(Option<Answer>),
    Unmet(Vec<FieldFault>),
}

/// Tells one answer to a question from another, so that a form can say which one it was shown with.
#[must_use]
pub fn mark(question: &Question, answer: Option<&Answer>) -> String {
    let Some(answer) = answer else { return "-".to_owned() };
    let text = question.show(answer).to_string();
    HEXLOWER.encode(digest(&SHA256, text.as_bytes()).as_ref().get(..12).unwrap_or_default())
}

/// Fills in a section; `read` finds the entries in what was posted, by the definition.
pub async fn fill_in(
    call: &Call,
    target: &Target,
    section: &str,
    read: impl FnOnce(&Definition) -> Result<Vec<Entry>, Error> + Send,
) -> Result<FilledIn, Error> {
    let deed = call.begin().await?;
    let case = Case::hold(&deed, call, &target.reference).await?;
    let permit = case.allow_filling_in(&call.caller, None)?;
    let current = target.version.is_none_or(|seen| seen == case.submission.version);
    let (mut changes, mut kept, mut unmet) = (Vec::new(), Fields::new(), Vec::new());
    let entries = read(&case.definition)?;
    for entry in &entries {
        let question = case.definition.question(&entry.question).ok_or(Error::NotFound)?;
        match settle(question, entry, case.submission.answers.get(&question.id), current) {
            Settled::Stands => {}
            Settled::Changes(answer) => changes.push((question.id.clone(), answer)),
            Settled::Unmet(faults) => {
                kept.extend(as_typed(question, entry, case.submission.answers.get(&question.id), &faults));
                unmet.extend(faults);
            }
        }
    }
    let whole: BTreeSet<&str> = entries.iter().map(|entry| entry.question.as_str()).collect();
    unsaved::answered(&deed, call, &case, &whole).await?;
    if !kept.is_empty() {
        let (submission, person, form) = (case.submission.id, call.caller.person, format!("form/{section}"));
        let faults = unmet.clone();
        unsaved::keep(&deed, Typed { submission, person, form, fields: kept, faults, at: call.now }).await?;
    }
    let (saved, events) = if changes.is_empty() {
        (case.submission.clone(), Vec::new())
    } else {
        change(&deed, &case, permit, changes).await?
    };
    let acted = Acted::of(call, &case, saved, events)?;
    deed.commit(Receipt::stepped(&acted.submission)).await?;
    Ok(FilledIn { acted, unmet })
}

fn settle(question: &Question, entry: &Entry, stored: Option<&Answer>, current: bool) -> Settled {
    if entry.side == Some(Side::Theirs) {
        return Settled::Stands;
    }
    let read = if entry.value.is_null() { Ok(None) } else { question.read(&entry.value).map(Some) };
    let answer = match read {
        Ok(answer) => answer,
        Err(faults) => return Settled::Unmet(faults),
    };
    if answer.as_ref() == stored {
        return Settled::Stands;
    }
    let moved = entry.seen.as_ref().map_or(!current, |seen| *seen != mark(question, stored));
    let untouched = entry.seen.as_ref().is_some_and(|seen| *seen == mark(question, answer.as_ref()));
    match (moved, untouched, entry.side) {
        (_, _, Some(Side::Open)) | (true, false, _) => Settled::Unmet(vec![collision(question)]),
        (true, true, _) => Settled::Stands,
        (false, ..) => Settled::Changes(answer),
    }
}

fn collision(question: &Question) -> FieldFault {
    FieldFault {
        field: question.id.clone(),
        code: COLLIDED.to_owned(),
        message: "this was answered anew while you were typing; say which answer stands".to_owned(),
    }
}

/// What is kept of an entry: what was typed, and where it collided, that it is now known beside what.
fn as_typed(question: &Question, entry: &Entry, stored: Option<&Answer>, faults: &[FieldFault]) -> Fields {
    let (seen, side) = (format!("{SEEN}{}", question.id), format!("{USE}{}", question.id));
    let mut fields = entry.fields.clone();
    if faults.iter().any(|fault| fault.code == COLLIDED) {
        fields.retain(|(name, _)| *name != seen && *name != side);
        fields.extend([(seen, mark(question, stored)), (side, String::new())]);
    } else if entry.seen.is_none() {
        fields.push((seen, mark(question, stored)));
    }
    fields
}
