//! Handing over: a submission, or an accredited course, gets another owner, by the office: with the consent of both, or with a
//! reason at once.

use super::{Acted, act::seen, persist_decision, vacate::look_again};
use crate::{
    access::{Act, Conflict, Permit},
    domain::{Email, Paragraphs, PersonId, Standing},
    model::{LogAct, Person, Receipt},
    usecase::{Call, Case, Deed, Error, Target},
    workflow::{Actor, Event, EventKind, Succession, engine::beside},
};

/// To whom, and why; without a reason both are asked.
#[derive(Clone, Debug)]
pub struct HandOver {
    /// The successor's address.
    pub email: String,
    /// Why it is handed over without asking.
    pub reason: String,
}

/// What somebody who is asked says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Consent {
    /// Yes.
    Agreed,
    /// No: it stays where it is.
    Declined,
}

/// Hands over at once, with a reason, or asks both.
pub async fn hand_over(call: &Call, target: &Target, to: &HandOver) -> Result<Acted, Error> {
    let reason: String = Paragraphs::read(&to.reason).map_err(|fault| Error::text("reason", fault))?.into();
    let email: Email = to
        .email
        .parse()
        .map_err(|fault: crate::domain::EmailError| Error::field("email", "email", &fault.to_string()))?;
    let deed = call.begin().await?;
    let case = seen(&deed, call, &target.reference).await?;
    let permit = case.allow(&call.caller, Act::Manage)?;
    case.expect(target.version)?;
    let successor = deed.person_by_email(&email).await?.filter(|person| person.standing == Standing::Active);
    let Some(successor) = successor else {
        return Err(Error::field("email", "unknown", "nobody with this address may sign in; invite them first"));
    };
    if successor.id == call.caller.person {
        return Err(Error::field("email", "own", "nobody hands over to themselves; a colleague of the office has to"));
    }
    fits(&case, &successor)?;
    if reason.is_empty() {
        let what = EventKind::HandOverProposed { person: successor.id };
        return done(deed, call, permit, &case, what).await;
    }
    let what = EventKind::HandedOver { owner: case.submission.submitter, person: successor.id, reason: Some(reason) };
    done(deed, call, permit, &case, what).await
}

/// What the owner, or the successor, says to being asked. Once both have agreed it is handed over.
pub async fn consent(call: &Call, target: &Target, consent: Consent) -> Result<Acted, Error> {
    let deed = call.begin().await?;
    let case = seen(&deed, call, &target.reference).await?;
    case.expect(target.version)?;
    let me = call.caller.person;
    let item = &case.submission.item;
    let Some(Succession { to, agreed }) = &item.succession else {
        return Err(Error::Conflict("nobody is asked to hand this over".to_owned()));
    };
    if me != *to && me != item.submitter {
        return Err(Error::Forbidden("the owner and the successor are asked, nobody else".to_owned()));
    }
    let permit = case.allow(&call.caller, Act::See)?;
    if consent == Consent::Declined {
        return done(deed, call, permit, &case, EventKind::HandOverDeclined { person: me }).await;
    }
    let other = if me == *to { item.submitter } else { *to };
    if !agreed.contains(&other) {
        return done(deed, call, permit, &case, EventKind::HandOverAgreed { person: me }).await;
    }
    let successor = deed.person(*to).await?.filter(|person| person.standing == Standing::Active);
    let successor = successor.ok_or_else(|| Error::Conflict("the successor may not sign in any more".to_owned()))?;
    fits(&case, &successor)?;
    let what = EventKind::HandedOver { owner: item.submitter, person: *to, reason: None };
    done(deed, call, permit, &case, what).await
}

/// Nobody comes to own what they judged, or took part in for the office.
fn fits(case: &Case, successor: &Person) -> Result<(), Error> {
    let item = &case.submission.item;
    if successor.id == item.submitter {
        return Err(Error::field("email", "own", "it is theirs already"));
    }
    // By whom they work with, or stand in it, nobody is kept from owning it.
    let declared = case.conflicts.get(&successor.id) == Some(&Conflict::Recused);
    if declared && !item.former.contains_key(&successor.id) {
        let message = "they have declared a conflict of interest with it; choose somebody else";
        return Err(Error::field("email", "conflicted", message));
    }
    let acted = item.acted.iter().filter(|(role, _)| case.definition.group(role).is_some());
    if acted.into_iter().any(|(_, people)| people.contains(&successor.id)) {
        let message = "they took part in deciding on it, and nobody owns what they judged; choose somebody else";
        return Err(Error::field("email", "judged", message));
    }
    Ok(())
}

async fn done(deed: Deed<'_>, call: &Call, permit: Permit, case: &Case, what: EventKind) -> Result<Acted, Error> {
    let (before, over) = (case.submission.item.submitter, matches!(what, EventKind::HandedOver { .. }));
    let facts = case.facts(Actor::Person(call.caller.person));
    let mut events = beside(&case.definition, &case.submission.item, &facts, what);
    if over {
        events.extend(retired(case, &events, before));
    }
    let mut saved = persist_decision(&deed, &call.context, permit, case, events.clone()).await?;
    if over {
        // Who has a conflict is another now.
        look_again(&deed, &call.context, saved.id).await?;
        saved = deed.submission(saved.id).await?.ok_or(Error::NotFound)?;
        deed.note_of(&saved, LogAct::HandedOver, serde_json::json!({})).await?;
    }
    let acted = Acted::of(call, case, saved, events)?;
    deed.commit(Receipt::stepped(&acted.submission)).await?;
    Ok(acted)
}

/// Whoever wrote it cannot judge it, also once it is somebody else's.
fn retired(case: &Case, events: &[Event], owner: PersonId) -> Option<Event> {
    let last = events.last()?;
    let what = EventKind::Recused { person: owner, reason: "Wrote it, and handed it over".to_owned() };
    Some(Event { sequence: last.sequence + 1, at: case.now, by: None, role: None, what })
}
