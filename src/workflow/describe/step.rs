//! Steps: their conditions, their deadlines, and what goes with them.

use std::collections::BTreeSet;

use super::{Statement, Topic, answer, asked, role_of};
use crate::{
    domain::phrase::{either, list, plain, sentence},
    workflow::{
        Definition,
        definition::{Note, Requirement, Restore, Since, Transition, Trigger, Wait},
    },
};

/// Everything about a step.
pub(super) fn step(definition: &Definition, id: &str, step: &Transition) -> Vec<Statement> {
    // Where it leads, and what a time counts from, is told with its way.
    let Transition {
        from,
        to: _,
        trigger,
        label,
        when,
        requires,
        asks,
        note,
        counts,
        unbounded,
        keep_verdicts,
        notify,
        awaited,
        since: _,
        restore,
    } = step;
    let name = definition.step_called(id);
    let says = |topic, path: &[&str], sentence: String| {
        Statement::new(topic, &[&["transitions", id], path].concat(), &name, sentence)
    };
    let goes = |key: &str, sentence: String| says(Topic::Company, &[key], sentence);
    let mut said = vec![Statement::name(&["transitions", id], format!("“{label}”"), format!("The step {name}"))];
    said.extend(from.iter().map(|from| {
        let topic = if matches!(trigger, Trigger::After(_)) { Topic::Deadlines } else { Topic::Shown };
        says(topic, &["from", from], way(definition, &name, from, step))
    }));
    // The condition of a deadline is told with it.
    said.extend(when.as_ref().filter(|_| !matches!(trigger, Trigger::After(_))).map(|when| {
        let needs = if *trigger == Trigger::Auto { "happens by itself as soon as" } else { "is offered only while" };
        says(Topic::Conditions, &["when"], sentence(&format!("{name} {needs} {}", when.told(definition))))
    }));
    said.extend(requires.iter().map(|needed| needs(definition, id, &name, needed)));
    match note {
        Note::None => {}
        Note::Optional => said.push(goes("note", format!("With {name} a reason may be given."))),
        Note::Required => said.push(goes("note", format!("With {name} a reason has to be given."))),
    }
    said.extend(asks.iter().flat_map(|question| {
        let line = format!("{name} asks for: {}.", answer::told(question));
        let place = format!(" asked with {name}");
        answer::whole(Topic::Company, &["transitions", id, "asks", &question.id], question, &place, line)
    }));
    said.extend(
        counts.as_ref().map(|counter| goes("counts", format!("{name} adds one to the count of {}.", plain(counter)))),
    );
    if *unbounded {
        let line = format!("{name} may happen any number of times, for somebody in the office decides each time.");
        said.push(goes("unbounded", line));
    }
    if *keep_verdicts {
        said.push(goes("keep_verdicts", format!("After {name} the verdicts that were given still count.")));
    }
    match restore {
        Restore::Nothing => {}
        Restore::Answers => {
            let line = format!("With {name} the answers become again what they were when credit was designated last.");
            said.push(goes("restore", line));
        }
    }
    if !notify.is_empty() {
        let roles: Vec<String> = notify.iter().map(|role| plain(role)).collect();
        said.push(goes("notify", format!("{name} is told by mail to: {}.", list(&roles))));
    }
    if !awaited {
        said.push(goes("turn", format!("Nobody is waited for because of {name}.")));
    }
    said
}

/// What a step needs, and what it says otherwise.
fn needs(definition: &Definition, id: &str, name: &str, needed: &Requirement) -> Statement {
    let Requirement { condition, reason, path: _ } = needed;
    let otherwise = reason.as_ref().map(|reason| format!(". Otherwise it says: {reason}")).unwrap_or_default();
    let line = format!("{name} needs this: {}{otherwise}", condition.told(definition));
    let path = ["transitions", id, "requires", condition.source()];
    Statement::new(Topic::Conditions, &path, name, sentence(&line))
}

/// Where a step leads from a state, and what sets it off.
fn way(definition: &Definition, name: &str, from: &str, step: &Transition) -> String {
    let (from, to) = (definition.state_called(from), definition.state_called(&step.to));
    match &step.trigger {
        Trigger::By(roles) => format!("{name} leads from “{from}” to “{to}”, by {}.", role_of(roles)),
        Trigger::Auto => format!("{name} leads from “{from}” to “{to}” by itself."),
        Trigger::After(wait) => {
            let when = step.when.as_ref().map(|when| format!(", if then {}", when.told(definition)));
            let since = since(definition, &step.since);
            format!("“{from}” becomes “{to}” {}{since}{}.", after(wait), when.unwrap_or_default())
        }
    }
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
