//! Writing down what happened and everything that must stand or fall with it.

use std::collections::BTreeSet;

use anyhow::anyhow;
use jiff::civil::Date;

use super::{claim::claims, found_out::found_out, title::title};
use crate::{
    access::Permit,
    clock::new_id,
    credit::ledger::Entry,
    domain::{Amount, Answer, Effect, EntryId, PersonId, Standing},
    model::{Activity, Person, Revision, Submission},
    store::Tx,
    usecase::{Case, Context, Error, enqueue},
    workflow::{Event, EventKind, Item, Recipient, definition::Kind},
};

/// Saves the folded state with its events, ledger entries, activity and effects. The caller commits.
pub(in crate::usecase) async fn persist_decision(
    tx: &Tx,
    context: &Context,
    permit: Permit,
    case: &Case,
    events: Vec<Event>,
) -> Result<Submission, Error> {
    let sender = events.iter().fold(case.submission.item.clone(), Item::apply).submitter;
    let events = found_out(tx, case, events.clone(), sends(&events, sender)).await?;
    let (Some(first), Some(last)) = (events.first(), events.last()) else {
        return Ok(case.submission.clone());
    };
    let (first, last) = (first.sequence, last.sequence);
    let mut submission = case.submission.clone();
    submission.item = events.iter().fold(submission.item, Item::apply);
    submission.submitter = submission.item.submitter;
    let sent = sends(&events, submission.submitter);
    if sent {
        // Sending pins the definition; only a migration takes it to another.
        submission.sent_at = submission.sent_at.or(Some(case.now));
    }
    if sent || events.iter().any(|event| matches!(event.what, EventKind::Migrated { .. })) {
        case.definition.hash.clone_into(&mut submission.definition);
    }
    let restored = events.iter().any(|event| event.what == EventKind::AnswersRestored);
    if restored {
        submission.answers = case.in_force.clone();
        submission.title = title(&submission);
    }
    // First of all: of two at once the slower one learns here that it came second.
    let saved = case.save(tx, permit, submission, &events).await?;
    let before = tx.revisions(saved.id).await?.len();
    let mut revision = u32::try_from(before).unwrap_or(u32::MAX);
    if sent || restored {
        revision = revision.saturating_add(1);
        tx.add_revision(&Revision {
            submission: saved.id,
            number: revision,
            sequence: last,
            answers: saved.answers.clone(),
            at: case.now,
        })
        .await?;
    }
    if sent || restored {
        tx.put_claims(saved.id, &claims(&case.definition, &saved)).await?;
    }
    let follow = Consequences { tx, context, case, submission: &saved, revision };
    for event in &events {
        follow.record(event).await?;
    }
    let announce = Effect::Announce { submission: saved.id, first, last };
    enqueue(tx, &announce, case.now).await?;
    Ok(saved)
}

/// Whether the author handed the item over.
fn sends(events: &[Event], author: PersonId) -> bool {
    events.iter().any(|event| event.by == Some(author) && matches!(&event.what, EventKind::Moved { closed: false, .. }))
}

/// What follows from a decision outside the submission itself: in ledger and catalogue.
struct Consequences<'a> {
    tx: &'a Tx,
    context: &'a Context,
    case: &'a Case,
    /// As it was saved.
    submission: &'a Submission,
    /// Its last revision.
    revision: u32,
}

impl Consequences<'_> {
    /// What an event means there.
    #[expect(clippy::too_many_lines, reason = "every kind of event is named, so that a new one is thought about")]
    async fn record(&self, event: &Event) -> Result<(), Error> {
        let Self { tx, case, submission, .. } = *self;
        match &event.what {
            EventKind::CreditAwarded { rule, credit, amount, to, earned } => {
                let person = match to {
                    Recipient::Person(person) => *person,
                    Recipient::Named { name, email } => {
                        let named = Person {
                            id: PersonId(new_id()),
                            email: email.clone(),
                            name: name.clone(),
                            credentials: String::new(),
                            affiliation: String::new(),
                            standing: Standing::Named,
                            duties: BTreeSet::new(),
                            created_at: case.now,
                        };
                        tx.named_person(&named).await?.id
                    }
                };
                tx.add_entry(&Entry {
                    id: EntryId(new_id()),
                    person,
                    credit: credit.clone(),
                    amount: *amount,
                    earned: *earned,
                    submission: Some(submission.id),
                    rule: rule.clone(),
                    title: submission.title.clone(),
                    reverses: None,
                    recorded_at: case.now,
                })
                .await?;
            }
            EventKind::CreditStopped { rule } => {
                let entries = tx.entries_for(submission.id, rule).await?;
                let reversed: BTreeSet<EntryId> = entries.iter().filter_map(|entry| entry.reverses).collect();
                for entry in entries.iter().filter(|entry| !reversed.contains(&entry.id)) {
                    if let Some(reversal) = entry.reversal(EntryId(new_id()), case.now) {
                        tx.add_entry(&reversal).await?;
                    }
                }
            }
            EventKind::OfferStopped => tx.end_activity(submission.id, case.now).await?,
            EventKind::Designated { credit, maximum, from, until } => {
                let activity = self.designated(credit, *maximum, *from, *until)?;
                tx.put_activity(&activity).await?;
            }
            EventKind::Begun { .. }
            | EventKind::Moved { .. }
            | EventKind::Counted { .. }
            | EventKind::TrackOpened { .. }
            | EventKind::Claimed { .. }
            | EventKind::Assigned { .. }
            | EventKind::Declared { .. }
            | EventKind::Released { .. }
            | EventKind::VerdictRecorded { .. }
            | EventKind::VerdictVoided { .. }
            | EventKind::Recused { .. }
            | EventKind::ConflictFound { .. }
            | EventKind::ConflictLifted { .. }
            | EventKind::SentBack { .. }
            | EventKind::OfficeAsked { .. }
            | EventKind::OfficeAnswered { .. }
            | EventKind::ChangeRequested { .. }
            | EventKind::ChangeResolved { .. }
            | EventKind::TimerArmed { .. }
            | EventKind::TimerFired { .. }
            | EventKind::TimerCancelled { .. }
            | EventKind::TimerUndated { .. }
            | EventKind::Reminded
            | EventKind::AnswersRestored
            | EventKind::Unstaffed { .. }
            | EventKind::Staffed { .. }
            | EventKind::CoAuthorNamed { .. }
            | EventKind::CoAuthorRemoved { .. }
            | EventKind::HandOverProposed { .. }
            | EventKind::HandOverAgreed { .. }
            | EventKind::HandOverDeclined { .. }
            | EventKind::Discarded
            | EventKind::HandedOver { .. }
            | EventKind::Redacted { .. }
            | EventKind::Migrated { .. } => {}
        }
        Ok(())
    }

    /// The activity that an approved course becomes, with the statement its owner wants printed.
    fn designated(&self, credit: &str, maximum: Amount, from: Date, until: Date) -> Result<Activity, Error> {
        let Self { context, case, submission, revision, .. } = *self;
        let kind = context.definitions.credits().get(credit).ok_or_else(|| anyhow!("no credit type '{credit}'"))?;
        let starts_on = match submission.answers.get("starts_on") {
            Some(Answer::Date(date)) => Some(*date),
            _ => None,
        };
        Ok(Activity {
            submission: submission.id,
            title: submission.title.clone(),
            provider: case.organisation.name.clone(),
            designation: kind.designation(&case.organisation.name, &format(case, submission), maximum),
            credit: credit.to_owned(),
            maximum,
            from,
            until,
            starts_on,
            listed_at: case.now,
            ended_at: None,
            revision,
        })
    }
}

/// How the statement calls what was accredited: by the label of its format, 'live activity'.
fn format(case: &Case, submission: &Submission) -> String {
    let Some(Answer::Choice(chosen)) = submission.answers.get("format") else { return "activity".to_owned() };
    let label = match case.definition.question("format").map(|question| &question.kind) {
        Some(Kind::Choice { options }) => options.get(chosen),
        _ => None,
    };
    label.unwrap_or(chosen).to_lowercase()
}
