//! Transitions that people take, and change requests that they answer.

use super::{
    decision_builder::DecisionBuilder,
    role,
    transition::{self, Mover},
};
use crate::{
    domain::{Answers, PersonId},
    workflow::{
        EventKind, Refusal,
        definition::{Note, Question, Requirement, Role, State, Transition, Trigger},
        event::{About, ChangeAsked, Matter, Resolution},
        form::{self, Among, FieldFault},
    },
};

/// What somebody says with a transition.
pub(super) struct Given<'a> {
    pub(super) note: Option<&'a str>,
    pub(super) asked: &'a Answers,
    pub(super) requests: &'a [ChangeAsked],
}

pub(super) fn fire(
    step: &mut DecisionBuilder<'_>,
    person: PersonId,
    name: &str,
    given: &Given<'_>,
) -> Result<(), Refusal> {
    let (transition, role) = offered(step, person, name)?;
    let note = given.note.map(str::trim).filter(|note| !note.is_empty());
    if transition.note == Note::Required && note.is_none() {
        return Err(Refusal::NoteMissing);
    }
    answered(step, &transition.asks, given.asked)?;
    if !given.requests.is_empty() && step.definition.roles.get(&role) == Some(&Role::Submitter) {
        return Err(Refusal::OwnWork);
    }
    known_subjects(step, given.requests)?;
    let mut decided = step.item.decided.clone();
    decided.0.extend(given.asked.0.clone());
    required(step, transition, &decided, |_| true)?;
    ask_changes(step, person, &role, None, given.requests);
    let mover = Mover { by: Some(person), role: Some(role), note: note.map(str::to_owned), asked: given.asked.clone() };
    transition::take(step, name, transition, mover)
}

/// Whether a person may take a transition now, before they say anything with it; and in which role.
pub(super) fn offered<'a>(
    step: &DecisionBuilder<'a>,
    person: PersonId,
    name: &str,
) -> Result<(&'a Transition, String), Refusal> {
    let definition = step.definition;
    let transition =
        definition.transitions.get(name).ok_or_else(|| Refusal::UnknownTransition { transition: name.to_owned() })?;
    let Trigger::By(roles) = &transition.trigger else {
        let reason = "it happens by itself".to_owned();
        return Err(Refusal::NotOffered { transition: transition.label.clone(), condition: reason.clone(), reason });
    };
    let role = role::acting(step, person, roles)?.to_owned();
    if !transition.from.contains(&step.item.state) {
        return Err(Refusal::NotHere { transition: transition.label.clone(), state: step.state_label() });
    }
    let asked = step.item.asked.values().any(|matters| matters.contains(&Matter::NamedByAuthor));
    if asked && definition.roles.get(&role) != Some(&Role::Submitter) {
        return Err(Refusal::ConflictOpen);
    }
    let decided = &step.item.decided;
    if let Some(when) = &transition.when
        && !when.holds(&step.scope(decided))
    {
        let reason = format!("it is only while {}", step.told(when));
        let condition = when.source().to_owned();
        return Err(Refusal::NotOffered { transition: transition.label.clone(), reason, condition });
    }
    if definition.roles.get(&role) == Some(&Role::Submitter) {
        sendable(step, transition)?;
    }
    // What is asked with the transition is not known yet, so what reads it is looked at when it is taken.
    let asks: Vec<&str> = transition.asks.iter().map(|question| question.id.as_str()).collect();
    required(step, transition, decided, |reads| !reads.iter().any(|name| asks.contains(name)))?;
    Ok((transition, role))
}

/// Giving up is always possible, the whole or a change; anything else takes a complete form, and an answer to every
/// change asked.
fn sendable(step: &DecisionBuilder<'_>, transition: &Transition) -> Result<(), Refusal> {
    if !step.definition.wants_whole_form(transition) {
        return Ok(());
    }
    // While a definition is explored the form is taken as complete; every way it can be so is tried.
    let faults = match step.facts.symbolic {
        Some(_) => Vec::new(),
        None => step.definition.missing(step.answers(), step.facts.today(), step.facts.disclosing),
    };
    if !faults.is_empty() {
        return Err(Refusal::Fields { faults });
    }
    let open = step.item.open_requests().count();
    if open > 0 && with_the_author(step) {
        return Err(Refusal::RequestsOpen { open });
    }
    Ok(())
}

/// Only while the office waits for the author are change requests their business: after an approval that overruled
/// them they bind nobody, and before the decision they do not learn of them.
pub(super) fn with_the_author(step: &DecisionBuilder<'_>) -> bool {
    step.state().is_some_and(State::waits_for_author)
}

fn required(
    step: &DecisionBuilder<'_>,
    transition: &Transition,
    decided: &Answers,
    known: impl Fn(&[&str]) -> bool,
) -> Result<(), Refusal> {
    let scope = step.scope(decided);
    let unmet = transition
        .requires
        .iter()
        .filter(|requirement| known(&requirement.condition.reads_decided()))
        .find(|requirement| !requirement.condition.holds(&scope));
    unmet.map_or(Ok(()), |requirement| Err(told(step, requirement, decided)))
}

fn told(step: &DecisionBuilder<'_>, requirement: &Requirement, decided: &Answers) -> Refusal {
    let reason = requirement.reason.clone();
    Refusal::Unmet {
        reason: reason.unwrap_or_else(|| format!("this is not met yet: {}", step.told(&requirement.condition))),
        condition: requirement.condition.source().to_owned(),
        values: requirement.condition.reads(&step.scope(decided)),
    }
}

/// All that a transition requires and what is false already, whatever is still to be answered.
pub(super) fn unmet(step: &DecisionBuilder<'_>, transition: &Transition) -> Vec<Refusal> {
    let decided = &step.item.decided;
    let asks = |name: &str| transition.asks.iter().any(|question| question.id == *name);
    let wrong = transition.requires.iter().filter(|requirement| {
        let condition = &requirement.condition;
        !condition.reads_decided().into_iter().any(asks) && condition.is_refuted(&step.scope(decided))
    });
    wrong.map(|requirement| told(step, requirement, decided)).collect()
}

/// Every question answered, in its own type, and nothing else.
pub(super) fn answered(step: &DecisionBuilder<'_>, questions: &[Question], answers: &Answers) -> Result<(), Refusal> {
    let asked = questions.iter().map(|question| question.over(step.answers()));
    let among =
        Among { definition: step.definition, answers, today: step.facts.today(), disclosing: step.facts.disclosing };
    let mut faults: Vec<FieldFault> = asked.flat_map(|question| form::standing(&question, among)).collect();
    let unknown = answers.0.keys().filter(|id| !questions.iter().any(|question| question.id == **id));
    faults.extend(unknown.map(|id| FieldFault::unknown(id)));
    if faults.is_empty() { Ok(()) } else { Err(Refusal::Fields { faults }) }
}

/// Changes are asked of something that is there.
pub(super) fn known_subjects(step: &DecisionBuilder<'_>, requests: &[ChangeAsked]) -> Result<(), Refusal> {
    for request in requests {
        let about = match &request.about {
            About::Question(id) if step.definition.question(id).is_none() => id.clone(),
            About::Document(id) if !step.answers().documents().any(|document| document == *id) => id.to_string(),
            About::Question(_) | About::Document(_) => continue,
        };
        return Err(Refusal::UnknownSubject { about });
    }
    if requests.iter().any(|request| request.text.trim().is_empty()) {
        return Err(Refusal::NothingAsked);
    }
    Ok(())
}

pub(super) fn ask_changes(
    step: &mut DecisionBuilder<'_>,
    person: PersonId,
    role: &str,
    track: Option<&str>,
    requests: &[ChangeAsked],
) {
    for asked in requests {
        let request = u32::try_from(step.item.requests.len()).unwrap_or(u32::MAX).saturating_add(1);
        let track = track.map(str::to_owned);
        let what = EventKind::ChangeRequested { request, person, track, asked: asked.clone() };
        step.emit(Some(person), Some(role), what);
    }
}

pub(super) fn resolve(
    step: &mut DecisionBuilder<'_>,
    person: PersonId,
    request: u32,
    resolution: &Resolution,
) -> Result<(), Refusal> {
    let role = role::of_submitter(step.definition).unwrap_or_default().to_owned();
    role::may(step, person, &role)?;
    if !with_the_author(step) {
        let transition = "Answer a change request".to_owned();
        return Err(Refusal::NotHere { transition, state: step.state_label() });
    }
    if !step.item.open_requests().any(|open| open.number == request) {
        return Err(Refusal::UnknownRequest { request });
    }
    if matches!(resolution, Resolution::Declined(reason) if reason.trim().is_empty()) {
        return Err(Refusal::NoteMissing);
    }
    step.emit(Some(person), Some(&role), EventKind::ChangeResolved { request, resolution: resolution.clone() });
    Ok(())
}
