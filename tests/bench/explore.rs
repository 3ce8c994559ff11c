//! How long it takes to prove a workflow, and how that grows with rounds and persons.

use std::time::Instant;

use imprimatur::{
    app::{credit_types, definitions},
    workflow::{Limits, prove},
};

use crate::line;

/// More configurations than any of these has.
const ENOUGH: usize = 10_000_000;

pub(crate) fn run() {
    let credits = credit_types(None).expect("credit types");
    let sources = definitions(None).expect("definitions");
    for (name, source) in &sources {
        measure(name, source, None, &credits);
    }
    let (_, course) = sources.iter().find(|(name, _)| name == "course-accreditation.yaml").expect("the course");
    for rounds in 1..=4 {
        let source = course.replacen("limits: { rounds: 2", &format!("limits: {{ rounds: {rounds}"), 1);
        let source =
            source.replace("transition: revised, at_most: 2", &format!("transition: revised, at_most: {rounds}"));
        measure(&format!("the course, {rounds} rounds, six persons"), &source, Some(5), &credits);
    }
    for persons in 3..=8 {
        measure(&format!("the course, two rounds, {persons} persons"), course, Some(persons - 1), &credits);
    }
}

fn measure(what: &str, source: &str, persons: Option<u32>, credits: &imprimatur::credit::CreditTypes) {
    let begun = Instant::now();
    let limits = Limits { configurations: ENOUGH, persons, ..Limits::default() };
    // With too few persons some steps are never seen, and nothing is proved.
    let Ok(checked) = prove(source, credits, limits) else { return println!("prove {what}: too few to prove it") };
    let seconds = begun.elapsed().as_secs_f64();
    let configurations = f64::from(u32::try_from(checked.proven.configurations).expect("few enough"));
    line(&format!("prove {what}: configurations"), configurations, "");
    line("  seconds", seconds, "s");
    line("  configurations a second", configurations / seconds, "/s");
}
