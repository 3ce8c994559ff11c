//! What changed between two versions of a workflow, in words.
//!
//! Everything is compared as the canonical form has it, field by field, so that nothing that makes two versions differ is
//! left unsaid: a field without words of its own is told by its name.

#[cfg(test)]
mod tests;
mod word;

use indexmap::IndexMap;
use serde::Serialize;
use serde_json::{Map, Value};

use super::{Definition, definition::Question};
use word::{phrase, shown};

/// One thing that changed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Difference {
    /// What kind of thing.
    pub part: Part,
    /// What changed about it, as people read it.
    pub sentence: String,
}

/// The parts of a definition.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
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
    let mut told = Told { part: Part::Workflow, told: Vec::new() };
    told.fields("The workflow", &head(old), &head(new));
    told.part = Part::Form;
    form(&mut told, old, new);
    told.part = Part::Role;
    told.named("role", &old.roles, &new.roles);
    told.part = Part::Separation;
    told.rules("The separation", &old.separation, &new.separation);
    told.part = Part::Limit;
    told.named("limit", &old.limits, &new.limits);
    told.part = Part::Record;
    told.named("record", &old.records, &new.records);
    told.part = Part::Rubric;
    for (name, before, after) in told.both("rubric", &old.rubrics, &new.rubrics) {
        told.questions(&format!(" of the rubric '{name}'"), before, after);
    }
    told.part = Part::State;
    told.named("state", &old.states, &new.states);
    told.part = Part::Review;
    for (name, after) in &new.states {
        let nothing = IndexMap::new();
        let before = old.states.get(name).map_or(&nothing, |state| &state.tracks);
        told.named_in("review", &format!(" in '{name}'"), before, &after.tracks);
    }
    told.part = Part::Transition;
    told.named("transition", &old.transitions, &new.transitions);
    for (name, after) in &new.transitions {
        if let Some(before) = old.transitions.get(name) {
            told.questions(&format!(" asked with '{name}'"), &before.asks, &after.asks);
        }
    }
    told.part = Part::Proof;
    told.rules("The proof", &old.prove, &new.prove);
    if told.told.is_empty() && old.hash != new.hash {
        told.part = Part::Workflow;
        told.say("The same things stand in another order.".to_owned());
    }
    told.told
}

fn head(definition: &Definition) -> Map<String, Value> {
    // Field by field, so that a new one is thought about: what is not told would pass for another order.
    let Definition {
        format,
        workflow: _,
        title,
        lead,
        subject,
        reference,
        form: _,
        roles: _,
        separation: _,
        limits: _,
        records: _,
        rubrics: _,
        states: _,
        transitions: _,
        prove: _,
        credits: _,
        hash: _,
    } = definition;
    let head = serde_json::json!({
        "format": format, "title": title, "lead": lead, "subject": subject, "reference": reference,
    });
    fields(&head)
}

fn form(told: &mut Told, old: &Definition, new: &Definition) {
    let sections = |definition: &Definition| -> IndexMap<String, Value> {
        let section = |section: &super::definition::Section| {
            (section.section.clone(), serde_json::json!({ "title": section.title }))
        };
        definition.form.iter().map(section).collect()
    };
    told.named("section", &sections(old), &sections(new));
    let questions = |definition: &Definition| {
        definition.form.iter().flat_map(|section| section.questions.clone()).collect::<Vec<_>>()
    };
    told.questions("", &questions(old), &questions(new));
    for section in &new.form {
        for question in &section.questions {
            let was = old.form.iter().find(|was| was.questions.iter().any(|other| other.id == question.id));
            if let Some(was) = was.filter(|was| was.section != section.section) {
                told.say(format!(
                    "The question '{}' is in the section '{}' (was in '{}').",
                    question.id, section.section, was.section
                ));
            }
        }
    }
}

/// What was told so far, and what is being looked at.
struct Told {
    part: Part,
    told: Vec<Difference>,
}

impl Told {
    fn say(&mut self, sentence: String) {
        self.told.push(Difference { part: self.part, sentence });
    }

    /// Things by name that both versions have; what one alone has is told.
    fn both<'a, T>(
        &mut self,
        noun: &str,
        old: &'a IndexMap<String, T>,
        new: &'a IndexMap<String, T>,
    ) -> Vec<(&'a String, &'a T, &'a T)> {
        for name in old.keys().filter(|name| !new.contains_key(*name)) {
            self.say(format!("The {noun} '{name}' is gone."));
        }
        for name in new.keys().filter(|name| !old.contains_key(*name)) {
            self.say(format!("The {noun} '{name}' is new."));
        }
        new.iter().filter_map(|(name, after)| Some((name, old.get(name)?, after))).collect()
    }

    fn named<T: Serialize>(&mut self, noun: &str, old: &IndexMap<String, T>, new: &IndexMap<String, T>) {
        self.named_in(noun, "", old, new);
    }

    fn named_in<T: Serialize>(
        &mut self,
        noun: &str,
        place: &str,
        old: &IndexMap<String, T>,
        new: &IndexMap<String, T>,
    ) {
        for name in old.keys().filter(|name| !new.contains_key(*name)) {
            self.say(format!("The {noun} '{name}'{place} is gone."));
        }
        for (name, after) in new {
            let subject = format!("The {noun} '{name}'{place}");
            match old.get(name) {
                Some(before) => self.fields(&subject, &fields(before), &fields(after)),
                None => self.say(format!("{subject} is new{}.", word::summary(&fields(after)))),
            }
        }
    }

    fn questions(&mut self, place: &str, old: &[Question], new: &[Question]) {
        let by_id = |questions: &[Question]| -> IndexMap<String, Question> {
            questions.iter().map(|question| (question.id.clone(), question.clone())).collect()
        };
        self.named_in("question", place, &by_id(old), &by_id(new));
        for (before, after) in new.iter().filter_map(|after| Some((old.iter().find(|old| old.id == after.id)?, after)))
        {
            if let (
                super::definition::Kind::Table { columns: was, .. },
                super::definition::Kind::Table { columns, .. },
            ) = (&before.kind, &after.kind)
            {
                let by_id = |columns: &[Question]| -> IndexMap<String, Question> {
                    columns.iter().map(|column| (column.id.clone(), column.clone())).collect()
                };
                self.named_in("column", &format!(" of '{}'{place}", after.id), &by_id(was), &by_id(columns));
            }
        }
    }

    /// Things without a name of their own: what one version alone has.
    fn rules<T: Serialize>(&mut self, noun: &str, old: &[T], new: &[T]) {
        let texts = |rules: &[T]| rules.iter().map(|rule| word::rule(&fields(rule))).collect::<Vec<String>>();
        let (old, new) = (texts(old), texts(new));
        for text in old.iter().filter(|text| !new.contains(text)) {
            self.say(format!("{noun} {text} is gone."));
        }
        for text in new.iter().filter(|text| !old.contains(text)) {
            self.say(format!("{noun} {text} is new."));
        }
    }

    /// One thing, field by field.
    fn fields(&mut self, subject: &str, old: &Map<String, Value>, new: &Map<String, Value>) {
        let gone = old.keys().filter(|key| !new.contains_key(*key));
        for key in new.keys().chain(gone) {
            let (before, after) = (old.get(key).and_then(shown), new.get(key).and_then(shown));
            if before != after {
                self.say(format!("{subject} {}.", phrase(key, before.as_deref(), after.as_deref())));
            }
        }
    }
}

/// The fields of something; what stands for itself is one field without a name. Parts that are told apart are left out.
fn fields(value: &impl Serialize) -> Map<String, Value> {
    match serde_json::to_value(value) {
        Ok(Value::Object(mut map)) => {
            for apart in ["tracks", "columns", "asks"] {
                map.remove(apart);
            }
            map
        }
        Ok(Value::Null) | Err(_) => Map::new(),
        Ok(value) => Map::from_iter([(String::new(), value)]),
    }
}
