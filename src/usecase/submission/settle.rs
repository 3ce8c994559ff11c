//! Writing down what happened and everything that must stand or fall with it.

use crate::{
    access::Permit,
    domain::{Effect, EntryId, PersonId},
    store::{Activity, Entry, Revision, Submission, Tx},
    usecase::{Case, Context, Error},
    workflow::{
        Actor, Event, Happening, Item,
        engine::turns,
        event::Recipient,
    },
};

/// Saves the folded state with its events, ledger entries, activity and effects. The caller commits.
pub(in crate::usecase) async fn settle(
    tx: &Tx,
    context: &Context,
    permit: Permit,
    case: &Case,
    events: Vec<Event>,
) -> Result<Submission, Error> {
    let (Some(first), Some(last)) = (events.first(), events.last()) else {
        return Ok(case.submission.clone());
    };
    let (first, last) = (first.sequence, last.sequence);
    let mut submission = case.submission.clone();
    submission.item = events.iter().fold(submission.item, Item::apply);
    submission.updated_at = case.now;
    if sends(&events, submission.submitter) {
        // Sending pins the definition for good.
        submission.sent_at = submission.sent_at.or(Some(case.now));
        case.definition.hash.clone_into(&mut submission.definition);
        tx.add_revision(&Revision {
            submission: submission.id,
            sequence: last,
            answers: submission.answers.clone(),
            at: case.now,
        })
        .await?;
    }
    let turns = turns(&case.definition, &submission.item, &case.facts(Actor::Clock));
    let saved = tx.save(permit, submission, &events, Some(&turns)).await?;
    for event in &events {
        record(tx, context, case, event).await?;
    }
    let announce = Effect::Announce { organisation: saved.organisation, submission: saved.id, first, last };
    tx.add_job(context.ids.job(), &announce, case.now).await?;
    Ok(saved)
}

/// Whether the author handed the item over.
fn sends(events: &[Event], author: PersonId) -> bool {
    events.iter().any(|event| event.by == Some(author) && matches!(&event.what, Happening::Moved { closed: false, .. }))
}

/// What an event means outside the submission itself: ledger and catalogue.
async fn record(tx: &Tx, context: &Context, case: &Case, event: &Event) -> Result<(), Error> {
    let submission = &case.submission;
    match &event.what {
        Happening::CreditAwarded { rule, credit, amount, to, earned } => {
            let person = match to {
                Recipient::Person(person) => *person,
                Recipient::Named { name, email } => {
                    let id = PersonId(context.ids.uuid());
                    tx.named_person(id, submission.organisation, email, name, case.now).await?
                }
            };
            tx.add_entry(&Entry {
                id: EntryId(context.ids.uuid()),
                organisation: submission.organisation,
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
        Happening::CreditStopped { rule } => {
            for entry in tx.standing_entries(submission.organisation, submission.id, rule).await? {
                tx.add_entry(&entry.reversal(EntryId(context.ids.uuid()), case.now)).await?;
            }
            tx.end_activity(submission.organisation, submission.id, case.now).await?;
        }
        Happening::Designated { credit, maximum, from, until } => {
            tx.add_activity(&Activity {
                submission: submission.id,
                organisation: submission.organisation,
                reference: submission.reference.clone(),
                title: submission.title.clone(),
                credit: credit.clone(),
                maximum: *maximum,
                from: *from,
                until: *until,
                listed_at: case.now,
                ended_at: None,
            })
            .await?;
        }
        Happening::Begun { .. }
        | Happening::Moved { .. }
        | Happening::Counted { .. }
        | Happening::TrackOpened { .. }
        | Happening::Claimed { .. }
        | Happening::Assigned { .. }
        | Happening::Declared { .. }
        | Happening::Released { .. }
        | Happening::VerdictRecorded { .. }
        | Happening::VerdictVoided { .. }
        | Happening::Recused { .. }
        | Happening::ChangeRequested { .. }
        | Happening::ChangeResolved { .. }
        | Happening::TimerArmed { .. }
        | Happening::TimerFired { .. }
        | Happening::TimerCancelled { .. }
        | Happening::Reminded
        | Happening::Unstaffed { .. }
        | Happening::Staffed { .. } => {}
    }
    Ok(())
}

