//! What changed between two versions of a workflow, in words: the statements of both, compared.

#[cfg(test)]
mod tests;

use indexmap::IndexMap;
use serde::Serialize;
use strum::VariantArray;

use super::{
    Definition, Statement, Topic,
    definition::{Kind, Question},
    describe,
};

/// One thing that changed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Difference {
    /// What kind of thing.
    pub part: Part,
    /// What changed about it, as people read it.
    pub sentence: String,
}

/// The parts of a definition.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, VariantArray)]
#[serde(rename_all = "kebab-case")]
pub enum Part {
    /// The workflow as a whole.
    Workflow,
    /// What authors are asked.
    Form,
    /// Who may act.
    Role,
    /// What one person may not do both of.
    Separation,
    /// Bounds of counters.
    Limit,
    /// What conditions read of other submissions and of the ledger.
    Record,
    /// What reviewers fill in.
    Rubric,
    /// States, with their awards and reminders.
    State,
    /// Reviews inside states.
    Review,
    /// Ways between states: conditions, deadlines, what is asked.
    Transition,
    /// What has to hold on every path.
    Proof,
}

/// What changed from one version to another, part by part in the order of the new one; nothing for the same version.
#[must_use]
pub fn difference(old: &Definition, new: &Definition) -> Vec<Difference> {
    let (before, after) = (said(old, new), said(new, new));
    let mut told = Vec::new();
    let mut tell = |path: &[String], sentence: String| told.push(Difference { part: part(path), sentence });
    for (path, was) in before.iter().filter(|(path, _)| !after.contains_key(*path)) {
        match thing(path, &before).filter(|thing| !after.contains_key(*thing)) {
            None => tell(path, format!("No longer: {}", whole(was))),
            Some(thing) if thing == path => tell(path, format!("{} is gone.", was.sentence)),
            Some(_) => {}
        }
    }
    for (path, is) in &after {
        if let Some(was) = before.get(path) {
            if is.topic == Topic::Names && was.subject != is.subject {
                tell(path, format!("{} is now called {}.", was.sentence, is.subject));
            } else if is.topic != Topic::Names && was.sentence != is.sentence {
                tell(path, format!("Now: {} Before: {}", whole(is), was.sentence));
            }
            continue;
        }
        match thing(path, &after).filter(|thing| !before.contains_key(*thing)) {
            None => tell(path, format!("New: {}", whole(is))),
            Some(thing) if thing == path => {
                let about =
                    after.iter().filter(|(other, _)| *other != path && self::thing(other, &after) == Some(path));
                let lines: Vec<&str> = about.map(|(_, statement)| statement.sentence.as_str()).collect();
                tell(path, format!("{} is new. {}", is.sentence, lines.join(" ")).trim_end().to_owned());
            }
            Some(_) => {}
        }
    }
    if told.is_empty() && old.hash != new.hash {
        let sentence = "The same things stand in another order.".to_owned();
        told.push(Difference { part: Part::Workflow, sentence });
    }
    told.sort_by_key(|difference| difference.part);
    told
}

/// What a version says by where it stands: names and limits are its own, everything else is told with those of `called`,
/// so that another name or limit is told once and not in every sentence with it.
fn said(definition: &Definition, called: &Definition) -> IndexMap<Vec<String>, Statement> {
    let own = |statement: &Statement| matches!(statement.topic, Topic::Names | Topic::Limits);
    let names = describe(definition).into_iter().filter(own);
    let rest = describe(&renamed(definition, called)).into_iter().filter(|statement| !own(statement));
    names.chain(rest).map(|statement| (statement.path.clone(), statement)).collect()
}

/// The name of the thing that a statement is about, where it has one of its own: the closest above it.
fn thing<'s>(path: &[String], said: &'s IndexMap<Vec<String>, Statement>) -> Option<&'s Vec<String>> {
    let names = said.iter().filter(|(_, statement)| statement.topic == Topic::Names).map(|(name, _)| name);
    let above = names.filter(|name| name.split_last().is_some_and(|(_, thing)| path.starts_with(thing)));
    above.max_by_key(|name| name.len())
}

/// A statement that can be read alone.
fn whole(statement: &Statement) -> String {
    let Statement { subject, sentence, .. } = statement;
    if sentence.to_lowercase().contains(&subject.to_lowercase()) {
        sentence.clone()
    } else {
        format!("{subject}: {sentence}")
    }
}

fn part(path: &[String]) -> Part {
    let keys: Vec<&str> = path.iter().map(String::as_str).collect();
    match keys.as_slice() {
        ["form", ..] => Part::Form,
        ["roles", ..] => Part::Role,
        ["separation", ..] => Part::Separation,
        ["limits", ..] => Part::Limit,
        ["records", ..] => Part::Record,
        ["rubrics", ..] => Part::Rubric,
        ["states", _, "tracks", ..] => Part::Review,
        ["states", ..] => Part::State,
        ["transitions", ..] => Part::Transition,
        ["prove", ..] => Part::Proof,
        _ => Part::Workflow,
    }
}

/// A definition whose states, reviews, steps and questions are called as in another, with its limits.
fn renamed(definition: &Definition, called: &Definition) -> Definition {
    let mut renamed = definition.clone();
    for (name, most) in &mut renamed.limits {
        *most = called.limits.get(name).copied().unwrap_or(*most);
    }
    for (id, state) in &mut renamed.states {
        let Some(other) = called.states.get(id) else { continue };
        state.label.clone_from(&other.label);
        for (name, track) in &mut state.tracks {
            if let Some(other) = other.tracks.get(name) {
                track.label.clone_from(&other.label);
            }
        }
    }
    for (id, step) in &mut renamed.transitions {
        let Some(other) = called.transitions.get(id) else { continue };
        step.label.clone_from(&other.label);
        relabel(&mut step.asks, &other.asks);
    }
    for (id, questions) in &mut renamed.rubrics {
        relabel(questions, called.rubrics.get(id).map_or(&[], Vec::as_slice));
    }
    let asked: Vec<Question> = called.form.iter().flat_map(|section| section.questions.clone()).collect();
    for section in &mut renamed.form {
        if let Some(other) = called.form.iter().find(|other| other.section == section.section) {
            section.title.clone_from(&other.title);
        }
        relabel(&mut section.questions, &asked);
    }
    renamed
}

fn relabel(questions: &mut [Question], called: &[Question]) {
    for question in questions {
        let Some(other) = called.iter().find(|other| other.id == question.id) else { continue };
        question.label.clone_from(&other.label);
        if let (Kind::Table { columns, .. }, Kind::Table { columns: others, .. }) = (&mut question.kind, &other.kind) {
            relabel(columns, others);
        }
    }
}
