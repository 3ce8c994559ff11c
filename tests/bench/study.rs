//! A self-study that was really taken as far as asked, and as many copies of it as wanted.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use imprimatur::{
    clock::new_id,
    domain::{Answers, Calendar, PersonId, SubmissionId},
    model::{Revision, Submission},
    workflow::{Actor, Command, Definition, Event, Facts, Item, Turn, begin, decide, turns},
};
use jiff::{Timestamp, tz::TimeZone};

use crate::{
    engine::{answers, send},
    office::Office,
};

/// What all copies share.
pub(crate) struct Study {
    definition: Arc<Definition>,
    pub(crate) item: Item,
    events: Vec<Event>,
    turns: Vec<Turn>,
    answers: Answers,
    /// The event with which it was sent.
    sent: u64,
    now: Timestamp,
}

impl Study {
    /// Sent by the author, and then whatever an assessor does.
    pub(crate) async fn of(office: &Office, assessed: Vec<Command>) -> Self {
        let context = &office.app.context;
        let view = context.store.view().await.expect("a look");
        let definition = context.definitions.current(&view, "self-study").await.expect("a definition");
        let slugs = ["self-study-assessors", "self-study-leads", "audit"].map(str::to_owned);
        let groups = view.members(&slugs).await.expect("members");
        drop(view);
        let assessor = *groups["self-study-assessors"].first().expect("an assessor");
        let (answers, now, calendar) = (answers(), context.clock.now(), Calendar::plain(TimeZone::UTC));
        let (records, conflicted) = (BTreeMap::new(), BTreeSet::new());
        let disclosing = BTreeSet::new();
        let facts = |person: PersonId| Facts {
            now,
            calendar: &calendar,
            actor: Actor::Person(person),
            answers: &answers,
            in_force: &answers,
            records: &records,
            groups: &groups,
            conflicted: &conflicted,
            absent: imprimatur::workflow::engine::Absent::nobody(),
            disclosing: &disclosing,
            symbolic: None,
        };
        let mut events = begin(&definition, office.author, &facts(office.author));
        let mut take = |person, command: &Command| {
            let item = Item::replay(office.author, &events);
            events.extend(decide(&definition, &item, command, &facts(person)).expect("a step"));
            events.last().expect("events").sequence
        };
        let sent = take(office.author, &send());
        for command in &assessed {
            take(assessor, command);
        }
        let item = Item::replay(office.author, &events);
        let turns = turns(&definition, &item, &facts(office.author));
        Self { definition, item, events, turns, answers, sent, now }
    }

    /// Stores copies with the numbers after `from` up to `to`, a thousand a change.
    pub(crate) async fn copy(&self, office: &Office, from: u64, to: u64) {
        let mut number = from;
        while number < to {
            let tx = office.app.context.store.begin().await.expect("a change");
            for _ in 0..1_000.min(to - number) {
                number += 1;
                let submission = self.numbered(office, number);
                tx.add_submission(&submission, &self.events, &self.turns).await.expect("a submission");
                let (submission, answers, at) = (submission.id, self.answers.clone(), self.now);
                let revision = Revision { submission, number: 1, sequence: self.sent, answers, at };
                tx.add_revision(&revision).await.expect("a revision");
            }
            tx.commit().await.expect("a thousand");
        }
    }

    fn numbered(&self, office: &Office, number: u64) -> Submission {
        Submission {
            id: SubmissionId(new_id()),
            workflow: self.definition.workflow.clone(),
            definition: self.definition.hash.clone(),
            reference: format!("SS-2026-{number:06}"),
            title: format!("Diabetes, part {number}"),
            submitter: office.author,
            item: self.item.clone(),
            answers: self.answers.clone(),
            version: 1,
            begun_at: self.now,
            updated_at: self.now,
            sent_at: Some(self.now),
        }
    }
}
