//! A changed version over finished submissions: 10,000 of them in less than 10 seconds.

use std::{collections::BTreeSet, time::Instant};

use imprimatur::{
    access::Caller,
    clock::new_id,
    domain::{Answer, Answers, Calendar, Duty, SubmissionId},
    store::{Revision, StoredDefinition, Submission},
    usecase::definition::replay,
    workflow::{Actor, Command, Event, Facts, Item, begin, decide, definition::Verdict, load},
};
use jiff::tz::TimeZone;

use crate::{
    engine::{answers, send},
    line, number,
    office::Office,
};

pub(crate) async fn run() {
    let office = Office::open().await;
    let context = &office.app.context;
    let many = number("BENCH_FINISHED", 10_000);
    let start = Instant::now();
    let source = fill(&office, many).await;
    println!("# {many} finished submissions, filled in {:.0} s", start.elapsed().as_secs_f64());

    // Longer studies go to the audit sample sooner, so each of them would have gone another way.
    let changed = source.replace("hours <= 8.0", "hours <= 6.0").replace("hours > 8.0", "hours > 6.0");
    let (definition, _) = load(&changed, context.definitions.credits()).expect("a sound definition");
    let version = StoredDefinition {
        hash: definition.hash,
        workflow: definition.workflow,
        source: changed,
        loaded_at: context.clock.now(),
        proposed_by: None,
    };
    let tx = context.store.begin().await.expect("a change");
    tx.add_definition(&version).await.expect("a version");
    tx.commit().await.expect("a version");
    let caller = Caller {
        person: office.author,
        organisation: office.organisation,
        duties: [Duty::Administrator].into(),
        groups: BTreeSet::new(),
    };
    let start = Instant::now();
    let found = replay(context, &caller, "self-study", Some(&version.hash)).await.expect("a result");
    let seconds = start.elapsed().as_secs_f64();
    assert_eq!((found.looked_at, found.otherwise), (many, many), "each of them goes another way");
    line(&format!("replay: a changed version over {many} finished submissions"), seconds, "s");
}

/// Adds finished self-studies, a thousand a change, all copies of one that was really decided; gives the text they follow.
async fn fill(office: &Office, many: u64) -> String {
    let context = &office.app.context;
    let view = context.store.view().await.expect("a look");
    let stored = view.current_definition("self-study").await.expect("a look").expect("a definition");
    let definition = context.definitions.current(&view, "self-study").await.expect("a definition");
    let slugs = ["self-study-assessors", "self-study-leads", "audit"].map(str::to_owned);
    let groups = view.members(office.organisation, &slugs).await.expect("members");
    drop(view);
    let assessor = *groups["self-study-assessors"].first().expect("an assessor");
    let (answers, conflicted, now, calendar) =
        (answers(), BTreeSet::new(), context.clock.now(), Calendar::plain(TimeZone::UTC));
    let records = std::collections::BTreeMap::new();
    let facts = |actor| Facts {
        now,
        calendar: &calendar,
        actor,
        answers: &answers,
        in_force: &answers,
        records: &records,
        groups: &groups,
        conflicted: &conflicted,
        foresight: None,
    };
    let mut events = begin(&definition, office.author, &facts(Actor::Person(office.author)));
    let mut sent = 0;
    for (who, command) in
        [(office.author, send()), (assessor, Command::Claim { track: "assess".to_owned() }), (assessor, approve())]
    {
        let item = Item::replay(office.author, &events);
        events.extend(decide(&definition, &item, &command, &facts(Actor::Person(who))).expect("a step"));
        sent = if sent == 0 { last(&events) } else { sent };
    }
    let item = Item::replay(office.author, &events);
    assert!(item.closed, "{item:?}");
    let mut number = 0;
    while number < many {
        let tx = context.store.begin().await.expect("a change");
        for _ in 0..1_000.min(many - number) {
            number += 1;
            let submission = Submission {
                id: SubmissionId(new_id()),
                organisation: office.organisation,
                workflow: definition.workflow.clone(),
                definition: definition.hash.clone(),
                reference: format!("SS-2026-{number:06}"),
                title: format!("Diabetes, part {number}"),
                submitter: office.author,
                item: item.clone(),
                answers: answers.clone(),
                version: 1,
                begun_at: now,
                updated_at: now,
                sent_at: Some(now),
            };
            tx.add_submission(&submission, &events, &[]).await.expect("a submission");
            let (submission, answers) = (submission.id, answers.clone());
            let revision = Revision { submission, number: 1, sequence: sent, answers, at: now };
            tx.add_revision(&revision).await.expect("a revision");
        }
        tx.commit().await.expect("a thousand");
    }
    stored.source
}

fn last(events: &[Event]) -> u64 {
    events.last().expect("events").sequence
}

fn approve() -> Command {
    let rubric = [("hours_plausible", Answer::Choice("fully".to_owned())), ("professional", Answer::YesNo(true))];
    let rubric = Answers(rubric.map(|(id, answer)| (id.to_owned(), answer)).into());
    Command::Judge { track: "assess".to_owned(), verdict: Verdict::Approve, rubric, note: None, requests: Vec::new() }
}
