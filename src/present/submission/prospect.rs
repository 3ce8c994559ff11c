//! What somebody is told who is asked whether they have a conflict of interest.

use rust_decimal::Decimal;

use super::answer;
use crate::{
    present::{part::Fact, words},
    usecase::submission::{Dossier, Prospected},
};

/// Minutes of an hour.
const HOUR: i64 = 60;

/// People and their institutions, who pays for it, what it is, how long, how many files.
pub(crate) fn facts(dossier: &Dossier) -> Vec<Fact> {
    let Some(prospect) = &dossier.prospect else { return Vec::new() };
    let definition = &dossier.case.definition;
    let mut facts = Vec::new();
    if !prospect.institution.is_empty() {
        facts.push(Fact::new("Institution", &prospect.institution));
    }
    if !prospect.people.is_empty() {
        let people: Vec<String> = prospect.people.iter().map(named).collect();
        facts.push(Fact::new("People named", people.join("; ")));
    }
    let questions = definition.form.iter().flat_map(|section| &section.questions);
    facts.extend(questions.filter_map(|question| {
        let answer = prospect.answers.get(&question.id)?;
        Some(Fact::new(&question.label, answer::text(question, answer)))
    }));
    if prospect.minutes > 0 {
        facts.push(Fact::new("Hours taught", hours(prospect.minutes)));
    }
    facts.push(Fact::new("Files", words::many(prospect.files, "file")));
    facts
}

/// Minutes as hours.
pub(crate) fn hours(minutes: i64) -> String {
    words::number((Decimal::from(minutes) / Decimal::from(HOUR)).round_dp(2))
}

fn named(person: &Prospected) -> String {
    let besides: Vec<&str> =
        [&person.part, &person.institution].into_iter().map(String::as_str).filter(|text| !text.is_empty()).collect();
    if besides.is_empty() { person.name.clone() } else { format!("{} ({})", person.name, besides.join(", ")) }
}
