//! The engine: a pure function from an item and a command to events.

mod absent;
mod award;
mod carry;
mod conflict;
mod decision_builder;
mod fire;
mod offer;
mod redo;
mod role;
mod seat;
mod staffing;
#[cfg(test)]
mod tests;
mod tick;
mod timer;
mod transition;
mod turn;

use std::{
    borrow::Cow,
    collections::{BTreeMap, BTreeSet},
};

use jiff::{Timestamp, civil::Date};
use rust_decimal::Decimal;

pub use absent::Absent;
pub(in crate::workflow) use carry::{CarriedState, carry};
pub use conflict::found;
pub(in crate::workflow) use decision_builder::DecisionBuilder;
pub use offer::{offers, unmet};
pub use redo::redo;
pub(in crate::workflow) use timer::REMINDERS_AHEAD;
use transition::Tracks;
pub use turn::turns;

use super::{Command, Definition, Event, EventKind, Item, Refusal, condition::SymbolicAnswers, event::Timer};
use crate::domain::{Answers, Calendar, Email, PersonId};

/// Who wants something done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Actor {
    /// A person acting for themselves, in whatever role they hold.
    Person(PersonId),
    /// A person running the queue: may assign, release, remind and recuse others.
    Coordinator(PersonId),
    /// Time.
    Clock,
}

/// Everything a decision may depend on beside the item itself.
#[derive(Clone, Copy, Debug)]
pub struct Facts<'a> {
    /// The instant of the decision.
    pub now: Timestamp,
    /// The organisation's calendar; `today` is the date of `now` in its zone.
    pub calendar: &'a Calendar,
    /// Who acts.
    pub actor: Actor,
    /// The answers of the form.
    pub answers: &'a Answers,
    /// The answers as they were when the activity was designated last; what a refused change goes back to.
    pub in_force: &'a Answers,
    /// What the definition's records come to, by name.
    pub records: &'a BTreeMap<String, Decimal>,
    /// Active members of every group the definition names.
    pub groups: &'a BTreeMap<String, BTreeSet<PersonId>>,
    /// Persons with a known conflict of interest beyond those who recused themselves.
    pub conflicted: &'a BTreeSet<PersonId>,
    /// Who is away.
    pub absent: &'a Absent,
    /// Who was asked to disclose, or has: the form need not say it for them.
    pub disclosing: &'a BTreeSet<Email>,
    /// What stands for answers while a definition is explored; none for a real item.
    pub symbolic: Option<&'a SymbolicAnswers>,
}

/// One thing an actor may do now, or why not.
#[derive(Clone, Debug, PartialEq)]
pub struct Offer {
    /// What.
    pub act: Act,
    /// What the button says.
    pub label: String,
    /// Why not; none where it is offered.
    pub refusal: Option<Refusal>,
}

/// What can be offered.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Act {
    /// Take a transition.
    Fire(String),
    /// Take a seat.
    Claim(String),
    /// Declare no conflict.
    Declare(String),
    /// Give one's seat back.
    Release(String),
    /// Give a verdict.
    Judge(String),
    /// Declare a conflict of interest.
    Recuse,
    /// Answer a change request.
    Resolve(u32),
}

/// Somebody whose turn it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Turn {
    /// Who.
    pub holder: Holder,
    /// In which role.
    pub role: String,
    /// For which track, if any.
    pub track: Option<String>,
    /// Since when.
    pub since: Timestamp,
    /// Until when, where something happens by itself then.
    pub by: Option<Timestamp>,
    /// Since when the office is late with it, where a first limit has passed already.
    pub late_since: Option<Timestamp>,
}

/// Whose turn.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Holder {
    /// One person: the submitter, or who sits in a seat.
    Person(PersonId),
    /// Any member of a group.
    Group(String),
}

impl Actor {
    /// The person, if it is one.
    #[must_use]
    pub fn person(self) -> Option<PersonId> {
        match self {
            Self::Person(person) | Self::Coordinator(person) => Some(person),
            Self::Clock => None,
        }
    }
}

impl Facts<'_> {
    /// The organisation's date.
    #[must_use]
    pub fn today(&self) -> Date {
        self.calendar.date(self.now)
    }
}

/// The first events of an item: the submitter begins a draft.
#[must_use]
pub fn begin(definition: &Definition, submitter: PersonId, facts: &Facts<'_>) -> Vec<Event> {
    let mut step = DecisionBuilder::new(definition, Cow::Owned(Item::of(submitter)), facts);
    if let Some(state) = definition.start() {
        let role = role::of_submitter(definition);
        step.emit(Some(submitter), role, EventKind::Begun { state: state.to_owned() });
        transition::open(&mut step, Tracks::Fresh);
    }
    step.events
}

/// What follows from a command, automatic transitions included, all in one batch; or why it is refused.
///
/// Pure and total: it reads no clock, and the same arguments always give the same answer. The events fit behind the
/// item's sequence without a gap; [`Item::apply`] folds them in.
pub fn decide(
    definition: &Definition,
    item: &Item,
    command: &Command,
    facts: &Facts<'_>,
) -> Result<Vec<Event>, Refusal> {
    let mut step = advance(definition, Cow::Borrowed(item), [command], facts)?;
    if !item.closed {
        look(&mut step);
    }
    Ok(step.events)
}

/// What follows from who is there and from the calendar alone, though nobody gave a command: a member left, or was found to have
/// a conflict.
#[must_use]
pub fn review(definition: &Definition, item: &Item, facts: &Facts<'_>) -> Vec<Event> {
    let mut step = DecisionBuilder::new(definition, Cow::Borrowed(item), facts);
    if !item.closed {
        look(&mut step);
    }
    step.events
}

/// What somebody did beside the workflow, and what follows from it for places and staffing: it moves nothing, and may be done at the
/// end too.
#[must_use]
pub fn beside(definition: &Definition, item: &Item, facts: &Facts<'_>, what: EventKind) -> Vec<Event> {
    let mut step = DecisionBuilder::new(definition, Cow::Borrowed(item), facts);
    step.emit(facts.actor.person(), None, what);
    if !step.item.closed {
        look(&mut step);
    }
    step.events
}

/// The look at dates, places and staffing, which moves nothing.
fn look(step: &mut DecisionBuilder<'_>) {
    timer::redate(step);
    seat::vacate(step);
    staffing::review(step);
}

/// What a decision is made of, but for the look at dates, places and staffing, which moves nothing: the one step that items
/// take, and that a definition is explored with; for one command or several in a row.
pub(in crate::workflow) fn advance<'a, 'c>(
    definition: &'a Definition,
    item: Cow<'a, Item>,
    commands: impl IntoIterator<Item = &'c Command>,
    facts: &'a Facts<'a>,
) -> Result<DecisionBuilder<'a>, Refusal> {
    let mut step = DecisionBuilder::new(definition, item, facts);
    for command in commands {
        if !step.item.closed {
            execute(&mut step, command)?;
            transition::run_automatic(&mut step)?;
        } else if matches!(command, Command::Recuse { .. }) {
            // What somebody did who had a conflict is looked at anew, also at the end.
            execute(&mut step, command)?;
        } else if *command != Command::Tick {
            return Err(step.closed());
        }
        // A late timer is nobody's mistake.
    }
    Ok(step)
}

/// Does what a command says, or says why not.
fn execute(step: &mut DecisionBuilder<'_>, command: &Command) -> Result<(), Refusal> {
    if *command == Command::Tick {
        return tick::tick(step);
    }
    let person = step.facts.actor.person().ok_or_else(|| Refusal::WrongRole { roles: vec!["a person".to_owned()] })?;
    match command {
        Command::Fire { transition, note, asked, requests } => {
            fire::fire(step, person, transition, &fire::Given { note: note.as_deref(), asked, requests })
        }
        Command::Claim { track } => seat::claim(step, person, track),
        Command::Declare { track } => seat::declare(step, person, track),
        Command::Release { track, person: whose, reason } => {
            seat::release(step, person, track, *whose, reason.as_deref())
        }
        Command::Assign { track, person: whom } => seat::assign(step, person, track, *whom),
        Command::Judge { track, verdict, rubric, note, requests } => {
            let judgement = seat::Judgement { verdict: *verdict, rubric, note: note.as_deref(), requests };
            seat::judge(step, person, track, &judgement)
        }
        Command::Recuse { person: whose, reason } => conflict::recuse(step, person, *whose, reason),
        Command::Resolve { request, resolution } => fire::resolve(step, person, *request, resolution),
        Command::Remind => tick::remind(step, person),
        Command::Tick => Ok(()),
    }
}

/// What follows when the answers of the form changed and nothing else: deadlines that count from one of them move.
#[must_use]
pub fn answers_changed(definition: &Definition, item: &Item, facts: &Facts<'_>) -> Vec<Event> {
    let mut step = DecisionBuilder::new(definition, Cow::Borrowed(item), facts);
    if !item.closed {
        timer::redate(&mut step);
    }
    step.events
}

/// The timer that is due first.
#[must_use]
pub fn due(_definition: &Definition, item: &Item) -> Option<(Timestamp, Timer)> {
    item.timers.iter().map(|(timer, due)| (*due, timer.clone())).min()
}
