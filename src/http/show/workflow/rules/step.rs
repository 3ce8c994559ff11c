//! Steps: their conditions, their deadlines, and what goes with them.

use std::collections::BTreeSet;

use super::{answer, asked, either};
use crate::{
    http::show::{fault::sentence, word},
    workflow::{
        Definition,
        definition::{Note, Restore, Since, Transition, Trigger, Wait},
    },
};

/// What has to hold for a step, with the words that people read while it does not; once for all steps that need it.
pub(super) fn conditions(definition: &Definition) -> Vec<String> {
    let mut told: Vec<(Condition, Vec<String>)> = Vec::new();
    for (id, step) in &definition.transitions {
        let name = definition.step_called(id);
        let when = step.when.as_ref().and_then(|when| Some((Needed::of(&step.trigger)?, when.told(definition))));
        let asked = step.requires.iter().map(|asked| {
            let otherwise = asked.reason.as_ref().map(|reason| format!(". Otherwise it says: {reason}"));
            (Needed::Act, asked.condition.told(definition) + &otherwise.unwrap_or_default())
        });
        for condition in when.into_iter().chain(asked) {
            match told.iter_mut().find(|(known, _)| *known == condition) {
                Some((_, names)) => names.push(name.clone()),
                None => told.push((condition, vec![name.clone()])),
            }
        }
    }
    let line = |((needed, what), names): &(Condition, Vec<String>)| {
        let says = needed.says(names.len() > 1);
        sentence(&format!("{} {says} {what}", word::list(names)))
    };
    told.iter().map(line).collect()
}

/// What comes of it, and what has to hold.
type Condition = (Needed, String);

/// What comes of a condition.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Needed {
    Offer,
    Passage,
    Act,
}

impl Needed {
    /// Of a `when`; that of a deadline is told with it.
    fn of(trigger: &Trigger) -> Option<Self> {
        match trigger {
            Trigger::By(_) => Some(Self::Offer),
            Trigger::Auto => Some(Self::Passage),
            Trigger::After(_) => None,
        }
    }

    fn says(self, several: bool) -> &'static str {
        match (self, several) {
            (Self::Offer, false) => "is offered only while",
            (Self::Offer, true) => "are offered only while",
            (Self::Passage, false) => "happens by itself as soon as",
            (Self::Passage, true) => "happen by themselves as soon as",
            (Self::Act, false) => "needs this:",
            (Self::Act, true) => "need this:",
        }
    }
}

/// What is asked, counted, kept and told with a step.
pub(super) fn company(definition: &Definition) -> Vec<String> {
    definition.transitions.iter().flat_map(|(id, step)| with(&definition.step_called(id), step)).collect()
}

fn with(name: &str, step: &Transition) -> Vec<String> {
    let mut told = Vec::new();
    match step.note {
        Note::None => {}
        Note::Optional => told.push(format!("With {name} a reason may be given.")),
        Note::Required => told.push(format!("With {name} a reason has to be given.")),
    }
    if !step.asks.is_empty() {
        let asks: Vec<String> = step.asks.iter().map(answer::told).collect();
        told.push(format!("{name} asks for: {}.", asks.join("; ")));
    }
    told.extend(
        step.counts.as_ref().map(|counter| format!("{name} adds one to the count of {}.", word::plain(counter))),
    );
    if step.unbounded {
        told.push(format!("{name} may happen any number of times, for somebody in the office decides each time."));
    }
    if step.keep_verdicts {
        told.push(format!("After {name} the verdicts that were given still count."));
    }
    if step.restore == Restore::Answers {
        told.push(format!("With {name} the answers become again what they were when credit was designated last."));
    }
    if !step.notify.is_empty() {
        let roles: Vec<String> = step.notify.iter().map(|role| word::plain(role)).collect();
        told.push(format!("{name} is told by mail to: {}.", word::list(&roles)));
    }
    if !step.awaited {
        told.push(format!("Nobody is waited for because of {name}."));
    }
    told
}

/// What time does, and from when it counts.
pub(super) fn deadlines(definition: &Definition) -> Vec<String> {
    let timed = definition.transitions.values().flat_map(|step| {
        let Trigger::After(wait) = &step.trigger else { return Vec::new() };
        let told = step.from.iter().map(|from| {
            let (from, to) = (definition.state_called(from), definition.state_called(&step.to));
            let when = step.when.as_ref().map(|when| format!(", if then {}", when.told(definition)));
            let since = since(definition, &step.since);
            format!("“{from}” becomes “{to}” {}{since}{}.", after(wait), when.unwrap_or_default())
        });
        told.collect()
    });
    timed.collect()
}

/// `after 30 days`, `at the next committee meeting`.
pub(super) fn after(wait: &Wait) -> String {
    let preposition = if matches!(wait, Wait::Meeting { .. }) { "at" } else { "after" };
    format!("{preposition} {}", wait.in_words())
}

/// What a time counts from, where that is not the entry into its state.
pub(super) fn since(definition: &Definition, since: &Since) -> String {
    match since {
        Since::Entry => String::new(),
        Since::Steps(steps) => {
            let names: BTreeSet<String> = steps.iter().map(|step| definition.step_called(step)).collect();
            format!(", counted from the last {}", either(&names.into_iter().collect::<Vec<_>>()))
        }
        Since::Date(question) => format!(", counted from “{}”", asked(definition, question)),
    }
}
