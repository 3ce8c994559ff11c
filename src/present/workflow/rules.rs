//! The rules of a definition in words, topic by topic: what it says, as [`describe`] says it.

#[cfg(test)]
mod tests;

use serde::Serialize;

use crate::{
    present::{part::Fact, words},
    workflow::{Definition, Statement, Topic, describe},
};

/// Rules of one kind.
#[derive(Clone, Debug, Serialize)]
pub struct Rules {
    /// `Who acts`, `Deadlines`.
    pub title: String,
    pub lines: Vec<String>,
}

/// The topics that are listed, in order; the others are seen in the table, the drawing and the form.
const LISTED: [(Topic, &str); 16] = [
    (Topic::Purpose, "What it is for"),
    (Topic::Roles, "Who acts"),
    (Topic::Separation, "What one person may not do both of"),
    (Topic::Reviews, "Reviews"),
    (Topic::Rubrics, "What goes with a verdict"),
    (Topic::Conditions, "Conditions"),
    (Topic::Company, "What goes with a step"),
    (Topic::Deadlines, "Deadlines"),
    (Topic::Reminders, "Reminders"),
    (Topic::Paused, "While the office waits"),
    (Topic::Limits, "Limits"),
    (Topic::Records, "What is looked up elsewhere"),
    (Topic::Credit, "Credit"),
    (Topic::AuthorLabels, "What the author reads"),
    (Topic::Release, "When the author learns"),
    (Topic::Answers, "What an answer has to be"),
];

/// How a condition is told of one step, and of several.
const NEEDS: [(&str, &str); 3] = [
    (" is offered only while ", " are offered only while "),
    (" happens by itself as soon as ", " happen by themselves as soon as "),
    (" needs this: ", " need this: "),
];

/// All rules; a topic of which there are none is left out.
pub(super) fn rules(definition: &Definition) -> Vec<Rules> {
    let said = describe(definition);
    let listed = LISTED.into_iter().map(|(topic, title)| {
        let about: Vec<&Statement> = said.iter().filter(|statement| statement.topic == topic).collect();
        Rules { title: title.to_owned(), lines: once(lines(topic, &about)) }
    });
    listed.filter(|rules| !rules.lines.is_empty()).collect()
}

/// What was proved, claim by claim.
pub(super) fn proofs(definition: &Definition) -> Vec<Fact> {
    let said = describe(definition).into_iter().filter(|statement| statement.topic == Topic::Proofs);
    said.map(|statement| Fact::new(statement.subject, statement.sentence)).collect()
}

fn lines(topic: Topic, said: &[&Statement]) -> Vec<String> {
    match topic {
        Topic::Reviews => together(said),
        Topic::Conditions => conditions(said),
        _ => said.iter().map(|statement| statement.sentence.clone()).collect(),
    }
}

/// One line for everything about the same thing.
fn together(said: &[&Statement]) -> Vec<String> {
    let about = said.chunk_by(|one, next| one.subject == next.subject);
    let line = |said: &[&Statement]| said.iter().map(|one| one.sentence.as_str()).collect::<Vec<_>>().join(" ");
    about.map(line).collect()
}

/// One line for all steps that need the same.
fn conditions(said: &[&Statement]) -> Vec<String> {
    let mut told: Vec<(&str, Vec<String>)> = Vec::new();
    for statement in said {
        let needs = statement.sentence.strip_prefix(&statement.subject).unwrap_or(&statement.sentence);
        match told.iter_mut().find(|(known, _)| *known == needs) {
            Some((_, names)) => names.push(statement.subject.clone()),
            None => told.push((needs, vec![statement.subject.clone()])),
        }
    }
    let line = |(needs, names): &(&str, Vec<String>)| {
        let several = NEEDS.iter().filter(|_| names.len() > 1);
        let needs = several.fold((*needs).to_owned(), |needs, (one, several)| {
            needs.strip_prefix(one).map(|rest| format!("{several}{rest}")).unwrap_or(needs)
        });
        words::list(names) + &needs
    };
    told.iter().map(line).collect()
}

/// Each sentence once: steps may share what they ask.
fn once(lines: Vec<String>) -> Vec<String> {
    let mut told = std::collections::BTreeSet::new();
    lines.into_iter().filter(|line| told.insert(line.clone())).collect()
}
