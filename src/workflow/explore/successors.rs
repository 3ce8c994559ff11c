//! What can be done in a configuration, and what follows: the engine's own step, taken with every choice.

use std::borrow::Cow;

use super::{
    configuration::Configuration,
    invariants,
    model::{Model, NOW, people},
    person::{AUTHOR, COORDINATOR, Other, Signature},
};
use crate::{
    domain::PersonId,
    workflow::{
        Command, Event, Item, Refusal,
        condition::OPEN,
        definition::{Role, Transition, Trigger, Verdict, Wait},
        engine::{Actor, advance},
        event::Timer,
    },
};

/// One thing that somebody, or time, can do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Move {
    /// Take a transition.
    Fire { transition: String, who: PersonId },
    /// Take a seat, declare no conflict and judge.
    Judge { track: String, verdict: Verdict, who: PersonId },
    /// Time passes until a timer is due.
    Wait { transition: String },
    /// A conflict of interest becomes known.
    Conflict { who: PersonId },
}

/// What one move can lead to.
#[derive(Debug)]
pub(super) struct Outcome {
    pub(super) config: Configuration,
    /// Who each person of the new configuration was in the old one.
    pub(super) order: Vec<Other>,
    pub(super) events: Vec<Event>,
    /// What was assumed of the answers.
    pub(super) assumed: Vec<String>,
    /// What is wrong with it.
    pub(super) faults: Vec<invariants::Fault>,
}

/// Everything that can be tried. Of persons who did the same only one is tried.
pub(super) fn moves(model: &Model<'_>, config: &Configuration) -> Vec<Move> {
    let definition = model.definition;
    let Some((name, state)) = definition.states.get_index(usize::from(config.state)) else { return Vec::new() };
    if state.ends() {
        return Vec::new();
    }
    let mut kinds: Vec<(Other, Signature)> = people(config).collect();
    kinds.dedup_by_key(|(_, signature)| *signature);
    let others: Vec<PersonId> = kinds.iter().map(|(other, _)| other.id()).collect();
    let submitter = |role: &String| definition.roles.get(role) == Some(&Role::Submitter);
    let mut moves = Vec::new();
    for (transition, it) in definition.transitions.iter().filter(|(_, it)| it.from.contains(name)) {
        let Trigger::By(roles) = &it.trigger else { continue };
        let author = roles.iter().any(submitter).then_some(AUTHOR);
        let others = others.iter().copied().filter(|_| !roles.iter().all(submitter));
        moves.extend(author.into_iter().chain(others).map(|who| Move::Fire { transition: transition.clone(), who }));
    }
    for (track, it) in &state.tracks {
        for who in others.iter().copied().chain([AUTHOR]) {
            let verdicts = model.verdicts(track, it).into_iter();
            moves.extend(verdicts.map(|verdict| Move::Judge { track: track.clone(), verdict, who }));
        }
    }
    moves.extend(due(model, config).map(|transition| Move::Wait { transition: transition.clone() }));
    if config.conflicts < model.conflicts {
        let judged = kinds.iter().filter(|(_, signature)| signature.judged());
        moves.extend(judged.map(|(other, _)| Move::Conflict { who: other.id() }));
    }
    moves
}

/// Timers that can be due next: of two lengths that began together the shorter is over first. Business days,
/// meetings, and what counts from before the entry keep no fixed order with anything.
fn due<'m>(model: &'m Model<'_>, config: &'m Configuration) -> impl Iterator<Item = &'m String> {
    let running = model.timers_of(config.state).iter().enumerate().filter(|(at, _)| config.spent >> at & 1 == 0);
    let running: Vec<&String> = running.map(|(_, timer)| timer).collect();
    let length = |timer: &String| {
        let it = model.definition.transitions.get(timer).filter(|it| it.since.is_entry())?;
        match &it.trigger {
            Trigger::After(wait @ Wait::Length(_)) => Some(wait.roughly()),
            _ => None,
        }
    };
    let shortest = running.iter().filter_map(|timer| length(timer)).min();
    running.into_iter().filter(move |timer| length(timer).is_none_or(|length| Some(length) == shortest))
}

/// Everything that a move can lead to, one outcome for each way the answers can be; nothing where it is refused.
pub(super) fn outcomes(model: &Model<'_>, config: &Configuration, item: &Item, tried: &Move) -> Vec<Outcome> {
    let commands = commands(model, tried);
    let mut item = Cow::Borrowed(item);
    if let Move::Wait { transition } = tried {
        item.to_mut().timers.insert(Timer::Transition(transition.clone()), NOW);
    }
    let mut cells = config.cells.to_vec();
    if let Move::Fire { transition, .. } = tried {
        forget_asked(model, transition, &mut cells);
    }
    let mut outcomes = Vec::new();
    let mut script = Some(Vec::new());
    while let Some(choices) = script.filter(|_| model.effort.tries(config.persons.len())) {
        model.symbolic.begin(&cells, choices);
        outcomes.extend(outcome(model, config, &item, &commands, &cells));
        script = model.symbolic.next();
    }
    outcomes
}

/// What the transition asks is answered anew.
fn forget_asked(model: &Model<'_>, transition: &str, cells: &mut [u8]) {
    let Some(it) = model.definition.transitions.get(transition) else { return };
    for (variable, cell) in model.symbolic.variables().iter().zip(cells) {
        let name = variable.name.strip_prefix("decided.");
        if name.is_some_and(|name| it.asks.iter().any(|question| question.id == name)) {
            *cell = OPEN;
        }
    }
}

fn outcome(
    model: &Model<'_>,
    config: &Configuration,
    item: &Item,
    commands: &Asked<'_>,
    cells: &[u8],
) -> Option<Outcome> {
    let mut now = Cow::Borrowed(item);
    let mut events = Vec::new();
    for (actor, commands) in commands {
        let facts = model.facts(*actor);
        match advance(model.definition, Cow::Borrowed(&*now), commands.iter().map(AsRef::as_ref), &facts) {
            Ok(step) => {
                events.extend(step.events);
                now = Cow::Owned(step.item.into_owned());
            }
            Err(Refusal::Unsettled) => {
                let faults = vec![invariants::unsettled(model, &now)];
                let assumed = model.symbolic.assumed(cells);
                return Some(Outcome { config: config.clone(), order: Vec::new(), events, assumed, faults });
            }
            Err(_) => return None,
        }
    }
    let (taken, faults) = invariants::batch(model, item, &events, &now, &config.taken);
    if !now.requests.is_empty() {
        now.to_mut().requests.clear();
    }
    let (after, order) = model.config(&now, config, &model.symbolic.cells(), &taken);
    Some(Outcome { config: after, order, assumed: model.symbolic.assumed(cells), events, faults })
}

/// What the engine is asked, and by whom, in a row.
type Asked<'m> = Vec<(Actor, Vec<Cow<'m, Command>>)>;

fn commands<'m>(model: &'m Model<'_>, tried: &Move) -> Asked<'m> {
    match tried {
        Move::Fire { transition, who } => {
            let fire = model.commands.fire(transition);
            vec![(Actor::Person(*who), fire.into_iter().map(Cow::Borrowed).collect())]
        }
        Move::Judge { track, verdict, who } => {
            let judge = model.commands.judge(track, *verdict).into_iter().map(Cow::Borrowed);
            let track = track.clone();
            if model.commands.is_assigned(&track) {
                let assign = Cow::Owned(Command::Assign { track: track.clone(), person: *who });
                let own = [Cow::Owned(Command::Declare { track })].into_iter().chain(judge).collect();
                return vec![(Actor::Coordinator(COORDINATOR), vec![assign]), (Actor::Person(*who), own)];
            }
            vec![(Actor::Person(*who), [Cow::Owned(Command::Claim { track })].into_iter().chain(judge).collect())]
        }
        Move::Wait { .. } => vec![(Actor::Clock, vec![Cow::Owned(Command::Tick)])],
        Move::Conflict { who } => {
            let recuse = Command::Recuse { person: *who, reason: "A conflict of interest.".to_owned() };
            vec![(Actor::Coordinator(COORDINATOR), vec![Cow::Owned(recuse)])]
        }
    }
}

/// Whether somebody other than the author can move the item on from here, whatever the answers are.
pub(super) fn goes_on(model: &Model<'_>, config: &Configuration, item: &Item) -> bool {
    let ways: Vec<&Transition> = model
        .definition
        .transitions
        .values()
        .filter(|it| it.from.contains(&item.state))
        .filter(|it| match &it.trigger {
            Trigger::By(roles) => {
                roles.iter().any(|role| matches!(model.definition.roles.get(role), Some(Role::Group { .. })))
            }
            Trigger::Auto => true,
            Trigger::After(_) => false,
        })
        .collect();
    let mut script = Some(Vec::new());
    while let Some(choices) = script.filter(|_| model.effort.tries(config.persons.len())) {
        model.symbolic.begin(&config.cells, choices);
        let scope = invariants::scope(model, item);
        if !ways.iter().any(|it| it.when.as_ref().is_none_or(|when| when.holds(&scope))) {
            return false;
        }
        script = model.symbolic.next();
    }
    true
}

/// Whether a move is the author giving up: a transition of their own straight to an end.
pub(super) fn gives_up(model: &Model<'_>, tried: &Move) -> bool {
    let Move::Fire { transition, who: AUTHOR } = tried else { return false };
    let to = model.definition.transitions.get(transition).and_then(|it| model.definition.states.get(&it.to));
    to.is_some_and(|to| to.ends() && !to.is_editable())
}
