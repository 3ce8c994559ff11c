//! The rules of a definition in words, kind by kind: whatever it says, some sentence says.

mod answer;
mod claim;
mod credit;
mod record;
mod review;
mod state;
mod step;
#[cfg(test)]
mod tests;

use std::collections::BTreeSet;

pub(super) use claim::proofs;

use crate::{
    http::show::word,
    view::Rules,
    workflow::{Definition, definition::Role},
};

/// All rules; a kind of which there are none is left out.
pub(super) fn rules(definition: &Definition) -> Vec<Rules> {
    let kinds = [
        ("What it is for", purpose(definition)),
        ("Who acts", roles(definition)),
        ("What one person may not do both of", separation(definition)),
        ("Reviews", review::reviews(definition)),
        ("What goes with a verdict", review::rubrics(definition)),
        ("Conditions", step::conditions(definition)),
        ("What goes with a step", step::company(definition)),
        ("Deadlines", step::deadlines(definition)),
        ("Reminders", state::reminders(definition)),
        ("While the office waits", state::paused(definition)),
        ("Limits", limits(definition)),
        ("What is looked up elsewhere", record::records(definition)),
        ("Credit", credit::credit(definition)),
        ("What the author reads", state::author_labels(definition)),
        ("When the author learns", state::releases(definition)),
        ("What an answer has to be", answer::bounds(definition)),
    ];
    let kinds = kinds.into_iter().filter(|(_, lines)| !lines.is_empty());
    kinds.map(|(title, lines)| Rules { title: title.to_owned(), lines: once(lines) }).collect()
}

/// Each sentence once: steps may share what they ask.
fn once(lines: Vec<String>) -> Vec<String> {
    let mut told = BTreeSet::new();
    lines.into_iter().filter(|line| told.insert(line.clone())).collect()
}

fn purpose(definition: &Definition) -> Vec<String> {
    let kind = format!("What is approved counts as {}.", word::article(word::subject(definition.subject)));
    let reference = format!("References begin with {}.", definition.reference);
    definition.lead.clone().into_iter().chain([kind, reference]).collect()
}

fn roles(definition: &Definition) -> Vec<String> {
    let told = |(role, filled): (&String, &Role)| match filled {
        Role::Submitter => format!("{}: whoever submits it.", word::words(role)),
        Role::Group { group, at_least } => {
            format!("{}: members of the group “{}”, at least {at_least}.", word::words(role), word::words(group))
        }
    };
    definition.roles.iter().map(told).collect()
}

fn separation(definition: &Definition) -> Vec<String> {
    let told = definition.separation.iter().map(|pair| {
        format!(
            "Whoever acts as {} never acts as {} on the same submission, nor the other way round.",
            word::plain(&pair.person),
            role_of(&pair.never_acts_as)
        )
    });
    told.collect()
}

fn limits(definition: &Definition) -> Vec<String> {
    definition.limits.iter().map(|(name, most)| format!("{}: at most {most}.", word::words(name))).collect()
}

/// `reviewer or chair`.
fn role_of(roles: &[String]) -> String {
    either(&roles.iter().map(|role| word::plain(role)).collect::<Vec<_>>())
}

/// `a, b or c`.
fn either(items: &[String]) -> String {
    match items.split_last() {
        Some((last, [])) => last.clone(),
        Some((last, rest)) => format!("{} or {last}", rest.join(", ")),
        None => String::new(),
    }
}

/// The label of a question of the form, or of one that is asked with a decision.
fn asked<'d>(definition: &'d Definition, name: &'d str) -> &'d str {
    definition.asked(name).map_or(name, |question| question.label.as_str())
}

fn count(number: u32) -> usize {
    usize::try_from(number).unwrap_or(usize::MAX)
}
