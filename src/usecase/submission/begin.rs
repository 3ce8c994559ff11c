//! Beginning a draft: it has its reference at once.

use std::collections::{BTreeMap, BTreeSet};

use crate::{
    access::Caller,
    clock::new_id,
    domain::{Answers, SubmissionId},
    model::Submission,
    usecase::{Context, Error, idempotency::Made, organisation},
    workflow::{Actor, Facts, Item, engine},
};

/// Begins a submission in the newest version of a workflow.
pub async fn begin(context: &Context, caller: &Caller, workflow: &str) -> Result<Submission, Error> {
    let tx = context.store.begin().await?;
    let definition = context.definitions.current(&tx, workflow).await?;
    let (_, calendar) = organisation(&tx).await?;
    let now = context.clock.now();
    let answers = Answers::default();
    let facts = Facts {
        now,
        calendar: &calendar,
        actor: Actor::Person(caller.person),
        answers: &answers,
        in_force: &answers,
        records: &BTreeMap::default(),
        groups: &BTreeMap::default(),
        conflicted: &BTreeSet::default(),
        symbolic: None,
    };
    let events = engine::begin(&definition, caller.person, &facts);
    let item = Item::replay(caller.person, &events);
    let turns = engine::turns(&definition, &item, &facts);
    let year = facts.today().year();
    let reference = tx.next_reference(&definition.reference, year).await?;
    let submission = Submission {
        id: SubmissionId(new_id()),
        workflow: definition.workflow.clone(),
        definition: definition.hash.clone(),
        reference,
        title: String::new(),
        submitter: caller.person,
        item,
        answers,
        version: 1,
        begun_at: now,
        updated_at: now,
        sent_at: None,
    };
    tx.add_submission(&submission, &events, &turns).await?;
    context.keep(&tx, Made::Begun(&submission)).await?;
    tx.commit().await?;
    Ok(submission)
}
