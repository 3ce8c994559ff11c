//! What the office decides about a conflict of interest: that it does not stand in the way, or what follows from it.

use std::collections::BTreeSet;

use super::{
    Acted,
    act::seen,
    conflicted::{Conflicted, conflicted},
    persist_decision,
};
use crate::{
    access::Act,
    domain::{Answer, Conflict, Paragraphs, PersonId},
    model::Receipt,
    usecase::{Call, Case, Deed, Error, Reference, Target},
    workflow::{About, Actor, ChangeAsked, EventKind, Item, Refusal, Ruling, engine::beside},
};

/// A decision of the office.
#[derive(Clone, Debug)]
pub struct Settlement {
    /// Whose conflict of interest.
    pub person: PersonId,
    /// What becomes of it.
    pub what: Settled,
    /// Why.
    pub reason: String,
}

/// What becomes of a conflict of interest.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Settled {
    /// It does not stand in the way.
    Lifted,
    /// What follows from it.
    Ruled(Ruling),
}

/// What authors are told who named somebody whom they are to take back. It does not say whom: that would tell who judges.
const NAME_BACK: &str = "Please check whether everybody named here takes part, and take back who does not.";

/// Everybody with a conflict of interest, for those who run the queue.
pub async fn conflicts(call: &Call, reference: &Reference) -> Result<Vec<Conflicted>, Error> {
    let view = call.context.store.view().await?;
    let case = Case::load(&view, call, reference).await?;
    case.allow(&call.caller, Act::See)?;
    case.allow(&call.caller, Act::Manage)?;
    conflicted(&view, &case).await
}

/// Decides about a conflict of interest, with a reason that the history keeps.
pub async fn settle(call: &Call, target: &Target, settlement: &Settlement) -> Result<Acted, Error> {
    let reason: String =
        Paragraphs::within(&settlement.reason, 2_000).map_err(|fault| Error::text("reason", fault))?.into();
    let deed = call.begin().await?;
    let case = seen(&deed, call, &target.reference).await?;
    let permit = case.allow(&call.caller, Act::Manage)?;
    case.expect(target.version)?;
    if reason.is_empty() {
        return Err(Error::field("reason", "missing", "say why"));
    }
    let person = settlement.person;
    if person == case.submission.item.submitter || person == call.caller.person {
        return Err(Refusal::OwnWork.into());
    }
    let facts = case.facts(Actor::Coordinator(call.caller.person));
    let mut item = case.submission.item.clone();
    let mut events = Vec::new();
    for what in follows(&deed, call, &case, settlement, reason).await? {
        let more = beside(&case.definition, &item, &facts, what);
        item = more.iter().fold(item, Item::apply);
        events.extend(more);
    }
    let submission = persist_decision(&deed, &call.context, permit, &case, events.clone()).await?;
    let acted: Acted = Acted::of(call, &case, submission, events)?;
    deed.commit(Receipt::stepped(&acted.submission)).await?;
    Ok(acted)
}

async fn follows(
    deed: &Deed<'_>,
    call: &Call,
    case: &Case,
    settlement: &Settlement,
    reason: String,
) -> Result<Vec<EventKind>, Error> {
    let (item, person) = (&case.submission.item, settlement.person);
    match settlement.what {
        Settled::Lifted => {
            let stands: BTreeSet<Conflict> = case.acquainted.now.get(&person).cloned().unwrap_or_default();
            let lifted = item.lifted.get(&person).cloned().unwrap_or_default();
            let conflicts: BTreeSet<Conflict> = stands.difference(&lifted).copied().collect();
            if conflicts.is_empty() {
                return Err(Error::Conflict("nothing stands against them".to_owned()));
            }
            if case.parties.contains_key(&person) {
                return Err(Error::Conflict("they write along, or it was theirs: that is not lifted".to_owned()));
            }
            Ok(vec![EventKind::ConflictLifted { person, conflicts, reason }])
        }
        Settled::Ruled(ruling) => {
            if !item.asked.contains_key(&person) {
                return Err(Error::Conflict("the office is not asked anything about them".to_owned()));
            }
            let mut follow = vec![EventKind::OfficeAnswered { person, ruling, reason }];
            if ruling == Ruling::NameBack {
                follow.push(name_back(deed, call, case, person).await?);
            }
            Ok(follow)
        }
    }
}

/// Asks the author to look at whom they named.
async fn name_back(deed: &Deed<'_>, call: &Call, case: &Case, person: PersonId) -> Result<EventKind, Error> {
    let known = deed.persons(&BTreeSet::from([person])).await?;
    let addresses = deed.addresses_of(&known).await?.remove(&person).unwrap_or_default();
    let names = |answer: &Answer| {
        let Answer::People(people) = answer else { return false };
        people.iter().any(|named| addresses.contains(&named.email))
    };
    let question = case.submission.answers.0.iter().find(|(_, answer)| names(answer)).map(|(question, _)| question);
    let Some(question) = question else {
        let message = "no answer names them as it stands: lift the conflict, or seat somebody else";
        return Err(Error::Conflict(message.to_owned()));
    };
    let request = u32::try_from(case.submission.item.requests.len()).unwrap_or(u32::MAX).saturating_add(1);
    let asked = ChangeAsked { about: About::Question(question.clone()), text: NAME_BACK.to_owned() };
    Ok(EventKind::ChangeRequested { request, person: call.caller.person, track: None, asked })
}
