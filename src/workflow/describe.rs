//! What a definition says, statement by statement: whatever it says, some statement says.
//!
//! Every voice reads this: the rules in words, the difference between versions, the notes on the drawing. What is said is
//! taken apart field by field, without `..`, so that a new field does not compile before it has words.

mod answer;
mod claim;
mod condition;
mod credit;
mod label;
mod record;
mod review;
mod state;
mod step;

pub(in crate::workflow) use state::notes;

use super::{
    Definition,
    definition::{Role, Section, Separation},
};
use crate::domain::phrase::{article, either, plain, words};

/// One thing that a definition says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Statement {
    /// What it is about, as the list of rules is ordered.
    pub topic: Topic,
    /// Where the file says it, by its keys; things of a list by what they are called or say.
    pub path: Vec<String>,
    /// Of what it is said, as people call it: `“Being assessed”`.
    pub subject: String,
    /// What is said, as people read it; of a name the thing that has it: `The state “Being assessed”`.
    pub sentence: String,
    /// The same in a few words, for a drawing.
    pub note: Option<&'static str>,
}

/// What a statement is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Topic {
    /// What something is called, wherever it is told of.
    Names,
    /// What table, drawing and form show.
    Shown,
    /// What it is for.
    Purpose,
    /// Who acts.
    Roles,
    /// What one person may not do both of.
    Separation,
    /// Reviews; the statements about one belong together.
    Reviews,
    /// What goes with a verdict.
    Rubrics,
    /// What has to hold for a step; steps that need the same are told together.
    Conditions,
    /// What goes with a step.
    Company,
    /// What time does.
    Deadlines,
    /// Who is reminded.
    Reminders,
    /// Where the office waits.
    Paused,
    /// Limits.
    Limits,
    /// What is looked up elsewhere.
    Records,
    /// Credit.
    Credit,
    /// What the author reads.
    AuthorLabels,
    /// Where the author learns how it was decided.
    Release,
    /// What an answer has to be.
    Answers,
    /// What is proved.
    Proofs,
}

impl Statement {
    fn new(topic: Topic, path: &[&str], subject: impl Into<String>, sentence: impl Into<String>) -> Self {
        let path = path.iter().map(|key| (*key).to_owned()).collect();
        Self { topic, path, subject: subject.into(), sentence: sentence.into(), note: None }
    }

    /// What something is called, the subject being its name alone; the keys lead to the thing.
    fn name(path: &[&str], subject: impl Into<String>, thing: impl Into<String>) -> Self {
        Self::new(Topic::Names, &[path, &["label"]].concat(), subject, thing)
    }

    fn noted(self, note: &'static str) -> Self {
        Self { note: Some(note), ..self }
    }
}

/// Everything that a definition says, in the order of the file.
#[must_use]
pub fn describe(definition: &Definition) -> Vec<Statement> {
    let Definition {
        format: _,
        workflow: _,
        title,
        lead,
        subject,
        reference,
        form,
        roles: filled,
        separation: apart,
        limits,
        records: _,
        rubrics: _,
        states,
        transitions,
        prove: _,
        credits: _,
        hash: _,
    } = definition;
    let whole = |topic, key: &str, sentence: String| Statement::new(topic, &[key], "The workflow", sentence);
    let mut said = vec![whole(Topic::Shown, "title", format!("It is called “{title}”."))];
    said.extend(lead.clone().map(|lead| whole(Topic::Purpose, "lead", lead)));
    let counts = format!("What is approved counts as {}.", article(subject.in_words()));
    said.push(whole(Topic::Purpose, "subject", counts));
    said.push(whole(Topic::Purpose, "reference", format!("References begin with {reference}.")));
    said.extend(form.iter().flat_map(|part| section(definition, part)));
    said.extend(filled.iter().map(|(id, role)| filled_by(id, role)));
    said.extend(apart.iter().map(separated));
    said.extend(limits.iter().map(|(name, most)| {
        Statement::new(Topic::Limits, &["limits", name], words(name), format!("{}: at most {most}.", words(name)))
    }));
    said.extend(record::records(definition));
    said.extend(review::rubrics(definition));
    said.extend(states.iter().flat_map(|(id, state)| state::state(definition, id, state)));
    said.extend(transitions.iter().flat_map(|(id, step)| step::step(definition, id, step)));
    said.extend(claim::proofs(definition));
    said
}

fn section(definition: &Definition, section: &Section) -> Vec<Statement> {
    let Section { section: id, title, questions } = section;
    let named = format!("“{title}”");
    let mut said = vec![Statement::name(&["form", "sections", id], &named, format!("The section {named}"))];
    for question in questions {
        let path = ["form", "questions", &question.id];
        let asked = format!("“{}” is asked in the section {named}.", question.label);
        said.extend(answer::question(definition, &path, question, ""));
        said.push(Statement::new(
            Topic::Shown,
            &[&path[..], &["section"]].concat(),
            format!("“{}”", question.label),
            asked,
        ));
    }
    said
}

fn filled_by(id: &str, role: &Role) -> Statement {
    let name = words(id);
    let sentence = match role {
        Role::Submitter => format!("{name}: whoever submits it."),
        Role::Group { group, at_least } => {
            format!("{name}: members of the group “{}”, at least {at_least}.", words(group))
        }
    };
    Statement::new(Topic::Roles, &["roles", id], name, sentence)
}

fn separated(pair: &Separation) -> Statement {
    let Separation { person, never_acts_as } = pair;
    let sentence = format!(
        "Whoever acts as {} never acts as {} on the same submission, nor the other way round.",
        plain(person),
        role_of(never_acts_as)
    );
    Statement::new(Topic::Separation, &["separation", &sentence], words(person), sentence.clone())
}

/// `reviewer or chair`.
fn role_of(roles: &[String]) -> String {
    either(&roles.iter().map(|role| plain(role)).collect::<Vec<_>>())
}

/// The label of a question of the form, or of one that is asked with a decision.
fn asked<'d>(definition: &'d Definition, name: &'d str) -> &'d str {
    definition.asked(name).map_or(name, |question| question.label.as_str())
}

fn count(number: u32) -> usize {
    usize::try_from(number).unwrap_or(usize::MAX)
}
