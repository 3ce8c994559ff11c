//! An organisation with people and submissions, as small as can be.

use std::collections::{BTreeMap, BTreeSet};

use imprimatur::{
    clock::new_id,
    credit::ledger::Entry,
    domain::{
        Amount, Answers, EntryId, GroupId, LookBack, OrganisationId, PersonId, SecondFactorRule, Standing,
        SubmissionId, WrittenCalendar,
    },
    model::{Activation, Group, Organisation, Person, StoredDefinition, Submission},
    store::Tx,
    workflow::{Event, EventKind, Holder, Item, Recipient, Timer, Turn},
};
use jiff::{SignedDuration, Timestamp, civil::date};

use super::database::Database;

/// The instant of the samples.
pub(crate) const NOW: Timestamp = Timestamp::constant(1_790_000_000, 0);

/// An organisation with an author and two reviewers in the group `reviewers`.
pub(crate) struct Sample {
    pub(crate) author: PersonId,
    pub(crate) reviewers: [PersonId; 2],
}

impl Sample {
    /// Stores it.
    pub(crate) async fn store(database: &Database) -> Self {
        let tx = database.begin().await;
        tx.add_organisation(&Organisation {
            id: OrganisationId(new_id()),
            name: "Sample Academy".to_owned(),
            short: "Sample".to_owned(),
            time_zone: "Europe/Berlin".to_owned(),
            calendar: WrittenCalendar::default(),
            look_back: LookBack::default(),
            second_factor: SecondFactorRule::default(),
            created_at: NOW,
        })
        .await
        .expect("an organisation");
        let author = add_person(&tx, "Ärztin Author").await;
        let reviewers = [add_person(&tx, "First Reviewer").await, add_person(&tx, "Second Reviewer").await];
        let slug = "reviewers".to_owned();
        let group = Group { id: GroupId(new_id()), slug, title: "Reviewers".to_owned() };
        tx.add_group(&group).await.expect("a group");
        for person in reviewers {
            tx.join("reviewers", person).await.expect("a member");
        }
        let definition = StoredDefinition {
            hash: "a".repeat(64),
            workflow: "course".to_owned(),
            source: "format: 1".to_owned(),
            loaded_at: NOW,
            proposed_by: None,
        };
        tx.add_definition(&definition).await.expect("a definition");
        if tx.current_definition(&definition.workflow).await.expect("a look").is_none() {
            let activation = Activation {
                workflow: definition.workflow,
                hash: definition.hash,
                replaced: None,
                proposed_by: None,
                activated_by: None,
                reason: None,
                at: NOW,
            };
            tx.activate(&activation).await.expect("an activation");
        }
        tx.commit().await.expect("the sample");
        Self { author, reviewers }
    }

    /// A sent submission that waits for the group `reviewers`, with its events.
    pub(crate) fn submission(&self, number: u32, title: &str) -> (Submission, Vec<Event>) {
        let at = NOW + SignedDuration::from_secs(i64::from(number));
        let moved = EventKind::Moved {
            transition: "send".to_owned(),
            from: "draft".to_owned(),
            to: "review".to_owned(),
            note: None,
            asked: Answers::default(),
            closed: false,
        };
        let happened = [
            EventKind::Begun { state: "draft".to_owned() },
            moved,
            EventKind::TrackOpened { track: "content".to_owned(), quorum: 2 },
            EventKind::TimerArmed { timer: Timer::Reminder(0), due: at + SignedDuration::from_hours(24) },
        ];
        let events: Vec<_> = (1..).zip(happened).map(|(sequence, what)| self.event(sequence, at, what)).collect();
        let submission = Submission {
            id: SubmissionId(new_id()),
            workflow: "course".to_owned(),
            definition: "a".repeat(64),
            reference: format!("SS-2026-{number:04}"),
            title: title.to_owned(),
            submitter: self.author,
            item: Item::replay(self.author, &events),
            answers: Answers(BTreeMap::new()),
            version: 1,
            begun_at: at,
            updated_at: at,
            sent_at: Some(at),
        };
        (submission, events)
    }

    /// An event of the author.
    pub(crate) fn event(&self, sequence: u64, at: Timestamp, what: EventKind) -> Event {
        Event { sequence, at, by: Some(self.author), role: None, what }
    }

    /// Stores a submission.
    pub(crate) async fn add(&self, database: &Database, number: u32, title: &str) -> Submission {
        let (submission, events) = self.submission(number, title);
        let tx = database.begin().await;
        tx.add_submission(&submission, &events, &[reviewers_turn(&submission)]).await.expect("a submission");
        tx.commit().await.expect("the submission");
        submission
    }

    /// Lets something happen to a submission.
    pub(crate) async fn happen(&self, database: &Database, submission: &mut Submission, what: EventKind) {
        let event = self.event(submission.item.sequence + 1, NOW, what);
        submission.item = submission.item.clone().apply(&event);
        let tx = database.begin().await;
        let turns = [reviewers_turn(submission)];
        let before = tx.submission(submission.id).await.expect("a look").expect("it");
        let saved = tx.save_submission(submission, &before, &[event], &turns).await;
        submission.version = saved.expect("a save");
        tx.commit().await.expect("the save");
    }

    /// The event of an award to the author.
    pub(crate) fn award(&self) -> EventKind {
        EventKind::CreditAwarded {
            rule: "approved".to_owned(),
            credit: "ama-pra-1".to_owned(),
            amount: Amount::from_hundredths(250),
            to: Recipient::Person(self.author),
            earned: date(2026, 11, 22),
        }
    }

    /// The line of that award.
    pub(crate) fn entry(&self, submission: SubmissionId) -> Entry {
        Entry {
            id: EntryId(new_id()),
            person: self.author,
            credit: "ama-pra-1".to_owned(),
            amount: Amount::from_hundredths(250),
            earned: date(2026, 11, 22),
            submission: Some(submission),
            rule: "approved".to_owned(),
            title: "Sutures".to_owned(),
            reverses: None,
            recorded_at: NOW,
        }
    }
}

/// The turn of the group `reviewers`.
pub(crate) fn reviewers_turn(submission: &Submission) -> Turn {
    Turn {
        late_since: None,
        holder: Holder::Group("reviewers".to_owned()),
        role: "reviewer".to_owned(),
        track: Some("content".to_owned()),
        since: submission.item.since,
        by: Some(submission.item.since + SignedDuration::from_hours(48)),
    }
}

/// A person nobody knows yet, who may sign in.
pub(crate) fn person(name: &str) -> Person {
    let id = PersonId(new_id());
    Person {
        id,
        email: format!("{id}@example.org").parse().expect("an address"),
        name: name.to_owned(),
        credentials: "MD".to_owned(),
        affiliation: format!("Hospital of {name}"),
        standing: Standing::Active,
        duties: BTreeSet::new(),
        created_at: NOW,
    }
}

async fn add_person(tx: &Tx, name: &str) -> PersonId {
    let person = person(name);
    tx.add_person(&person).await.expect("a person");
    person.id
}
