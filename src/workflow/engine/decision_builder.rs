//! One decision in the making: the item as it becomes, and the events so far.

use std::borrow::Cow;

use jiff::Timestamp;

use super::{Actor, Facts};
use crate::{
    domain::{Answer, Answers, PersonId},
    workflow::{
        Condition, Definition, Event, EventKind, Item, Refusal,
        condition::Scope,
        definition::{Since, State, Track},
    },
};

pub(in crate::workflow) struct DecisionBuilder<'a> {
    pub(super) definition: &'a Definition,
    pub(super) facts: &'a Facts<'a>,
    /// Only copied once something happens: most of what is tried is refused.
    pub(in crate::workflow) item: Cow<'a, Item>,
    pub(in crate::workflow) events: Vec<Event>,
    restored: bool,
}

impl<'a> DecisionBuilder<'a> {
    pub(super) fn new(definition: &'a Definition, item: Cow<'a, Item>, facts: &'a Facts<'a>) -> Self {
        Self { definition, facts, item, events: Vec::new(), restored: false }
    }

    /// The answers of the form as they stand in this decision.
    pub(super) fn answers(&self) -> &'a Answers {
        if self.restored { self.facts.in_force } else { self.facts.answers }
    }

    /// Goes back to the answers that were designated.
    pub(super) fn restore(&mut self) {
        self.restored = true;
        if let Some(symbolic) = self.facts.symbolic {
            symbolic.forget_the_form();
        }
        self.emit(None, None, EventKind::AnswersRestored);
    }

    /// When a time began to run; nothing where the day it counts from was not answered.
    pub(super) fn since(&self, since: &Since) -> Option<Timestamp> {
        match since {
            Since::Entry => Some(self.item.since),
            Since::Steps(steps) => steps.iter().filter_map(|step| self.item.taken.get(step)).max().copied(),
            Since::Date(name) => {
                let answer = match name.strip_prefix("decided.") {
                    Some(asked) => self.item.decided.get(asked),
                    None => self.answers().get(name),
                };
                let Some(Answer::Date(date)) = answer else { return None };
                date.to_zoned(self.facts.calendar.zone().clone()).ok().map(|day| day.timestamp())
            }
        }
    }

    /// A condition as people read it. While a definition is explored nobody reads, and it is explored by the million.
    pub(super) fn told(&self, condition: &Condition) -> String {
        if self.facts.symbolic.is_some() { String::new() } else { condition.told(self.definition) }
    }

    /// Adds an event and folds it in. `role` marks an act that separation remembers.
    pub(super) fn emit(&mut self, by: Option<PersonId>, role: Option<&str>, what: EventKind) {
        let event =
            Event { sequence: self.item.sequence + 1, at: self.facts.now, by, role: role.map(str::to_owned), what };
        self.item.to_mut().take_in(&event);
        self.events.push(event);
    }

    /// The state the item is in.
    pub(super) fn state(&self) -> Option<&'a State> {
        self.definition.states.get(&self.item.state)
    }

    /// As people read it.
    pub(super) fn state_label(&self) -> String {
        self.state().map_or_else(|| self.item.state.clone(), |state| state.label.clone())
    }

    pub(super) fn closed(&self) -> Refusal {
        Refusal::Closed { state: self.state_label() }
    }

    /// A track of the state the item is in.
    pub(super) fn track(&self, name: &str) -> Result<&'a Track, Refusal> {
        self.state().and_then(|state| state.tracks.get(name)).ok_or_else(|| Refusal::NoTrack { track: name.to_owned() })
    }

    /// What people call a track.
    pub(super) fn called(&self, track: &str) -> String {
        self.definition.track(track).map_or_else(|| track.to_owned(), |found| found.title(track))
    }

    /// What conditions read, with `decided` as given.
    pub(super) fn scope<'s>(&'s self, decided: &'s Answers) -> Scope<'s> {
        Scope {
            answers: self.answers(),
            decided,
            item: &self.item,
            limits: &self.definition.limits,
            records: self.facts.records,
            today: self.facts.today(),
            row: None,
            symbolic: self.facts.symbolic,
        }
    }

    /// Refuses everybody but those who run the queue.
    pub(super) fn coordinator_only(&self) -> Result<(), Refusal> {
        match self.facts.actor {
            Actor::Coordinator(_) => Ok(()),
            Actor::Person(_) | Actor::Clock => Err(Refusal::WrongRole { roles: vec!["coordinator".to_owned()] }),
        }
    }
}
