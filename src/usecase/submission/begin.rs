//! Beginning a draft: it has its reference at once.

use std::collections::{BTreeMap, BTreeSet};

use super::title::title;
use crate::{
    clock::new_id,
    domain::{Answers, SubmissionId},
    model::{Receipt, Submission},
    store::Tx,
    usecase::{Call, Error, organisation},
    workflow::{Actor, Definition, Facts, Item, engine},
};

/// Begins a submission in the newest version of a workflow.
pub async fn begin(call: &Call, workflow: &str) -> Result<Submission, Error> {
    let deed = call.begin().await?;
    let definition = call.context.definitions.current(&deed, workflow).await?;
    let submission = begun(&deed, call, &definition, Answers::default()).await?;
    deed.commit(Receipt::begun(&submission)).await?;
    Ok(submission)
}

/// A draft of the caller's with these answers.
pub(super) async fn begun(
    tx: &Tx,
    call: &Call,
    definition: &Definition,
    answers: Answers,
) -> Result<Submission, Error> {
    let (_, calendar) = organisation(tx).await?;
    let now = call.now;
    let facts = Facts {
        now,
        calendar: &calendar,
        actor: Actor::Person(call.caller.person),
        answers: &answers,
        in_force: &answers,
        records: &BTreeMap::default(),
        groups: &BTreeMap::default(),
        conflicted: &BTreeSet::default(),
        absent: engine::Absent::nobody(),
        disclosing: &BTreeSet::default(),
        symbolic: None,
    };
    let events = engine::begin(definition, call.caller.person, &facts);
    let item = Item::replay(call.caller.person, &events);
    let turns = engine::turns(definition, &item, &facts);
    let year = facts.today().year();
    let reference = tx.next_reference(&definition.reference, year).await?;
    let mut submission = Submission {
        id: SubmissionId(new_id()),
        workflow: definition.workflow.clone(),
        definition: definition.hash.clone(),
        reference,
        title: String::new(),
        submitter: call.caller.person,
        item,
        answers,
        version: 1,
        begun_at: now,
        updated_at: now,
        sent_at: None,
    };
    submission.title = title(&submission);
    tx.add_submission(&submission, &events, &turns).await?;
    Ok(submission)
}
