//! Filling in a form, any part of it at any time.

use std::collections::{BTreeMap, BTreeSet};

use super::{Acted, title::title, unsaved};
use crate::{
    access::Permit,
    domain::Answer,
    model::{Receipt, Submission},
    store::Tx,
    usecase::{Call, Case, Error, Target},
    workflow::{Actor, Definition, Event, Facts, FieldFault, definition::Kind, engine::answers_changed},
};

/// Answers to change, by question id, as plain JSON; `null` takes an answer back.
pub type Changes = BTreeMap<String, serde_json::Value>;

/// Changes answers; all of them or, when one is wrong, none. `read` finds them in what was entered, by the definition.
pub async fn answer(
    call: &Call,
    target: &Target,
    read: impl FnOnce(&Definition) -> Result<Changes, Error> + Send,
) -> Result<Acted, Error> {
    let deed = call.begin().await?;
    let case = Case::hold(&deed, call, &target.reference).await?;
    let permit = case.allow_filling_in(&call.caller, target.version)?;
    let changes = read_changes(&case.definition, &read(&case.definition)?)?;
    let questions: BTreeSet<String> = changes.iter().map(|(question, _)| question.clone()).collect();
    let (saved, moved) = change(&deed, &case, permit, changes).await?;
    unsaved::answered(&deed, call, &case, &questions.iter().map(String::as_str).collect()).await?;
    let acted = Acted::of(call, &case, saved, moved)?;
    deed.commit(Receipt::stepped(&acted.submission)).await?;
    Ok(acted)
}

/// Changes answers that were read, and the times that count from them.
pub(super) async fn change(
    tx: &Tx,
    case: &Case,
    permit: Permit,
    changes: Vec<(String, Option<Answer>)>,
) -> Result<(Submission, Vec<Event>), Error> {
    let mut submission = case.submission.clone();
    for (question, answer) in changes {
        match answer {
            Some(answer) => submission.answers.0.insert(question, answer),
            None => submission.answers.0.remove(&question),
        };
    }
    submission.title = title(&submission);
    case.definition.hash.clone_into(&mut submission.definition);
    let facts = Facts { answers: &submission.answers, ..case.facts(Actor::Clock) };
    let moved = answers_changed(&case.definition, &submission.item, &facts);
    for event in &moved {
        submission.item = submission.item.apply(event);
    }
    let saved = case.save(tx, permit, submission, &moved).await?;
    Ok((saved, moved))
}

fn read_changes(definition: &Definition, changes: &Changes) -> Result<Vec<(String, Option<Answer>)>, Error> {
    let mut read = Vec::new();
    let mut faults = Vec::new();
    for (id, value) in changes {
        let Some(question) = definition.question(id) else {
            faults.push(fault(id, "unknown", "there is no such question in this form"));
            continue;
        };
        if matches!(question.kind, Kind::Files { .. }) {
            faults.push(fault(id, "files", "files are added by uploading them and taken away one by one"));
        } else if value.is_null() {
            read.push((id.clone(), None));
        } else {
            match question.read(value) {
                Ok(answer) => read.push((id.clone(), Some(answer))),
                Err(wrong) => faults.extend(wrong),
            }
        }
    }
    if faults.is_empty() { Ok(read) } else { Err(Error::Invalid(faults)) }
}

fn fault(field: &str, code: &str, message: &str) -> FieldFault {
    FieldFault { field: field.to_owned(), code: code.to_owned(), message: message.to_owned() }
}
