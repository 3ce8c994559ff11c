//! Beginning a draft: it has its reference at once.

use std::collections::{BTreeMap, BTreeSet};

use crate::{
    clock::new_id,
    domain::{Answers, SubmissionId},
    model::{Receipt, Submission},
    usecase::{Call, Error, organisation},
    workflow::{Actor, Facts, Item, engine},
};

/// Begins a submission in the newest version of a workflow.
pub async fn begin(call: &Call, workflow: &str) -> Result<Submission, Error> {
    let deed = call.begin().await?;
    let definition = call.context.definitions.current(&deed, workflow).await?;
    let (_, calendar) = organisation(&deed).await?;
    let now = call.now;
    let answers = Answers::default();
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
        symbolic: None,
    };
    let events = engine::begin(&definition, call.caller.person, &facts);
    let item = Item::replay(call.caller.person, &events);
    let turns = engine::turns(&definition, &item, &facts);
    let year = facts.today().year();
    let reference = deed.next_reference(&definition.reference, year).await?;
    let submission = Submission {
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
    deed.add_submission(&submission, &events, &turns).await?;
    deed.commit(Receipt::begun(&submission)).await?;
    Ok(submission)
}
