//! How much a definition may ask for: what no office needs, and what no server could hold, show or explore.
//!
//! Only what is taken in anew is held to it. A version that items were promised is read whatever it asks for.

use std::{fmt::Display, ops::RangeInclusive};

use rust_decimal::Decimal;

use super::{Fault, tree::Tree};
use crate::workflow::{
    Definition,
    definition::{Claim, Kind, Question, Role},
    explore::counters,
};

/// Persons of a group, seats of a track, verdicts that a proof counts.
pub(super) const PERSONS: RangeInclusive<u32> = 1..=200;
/// How often something is done or counted at most.
pub(super) const ROUNDS: RangeInclusive<u32> = 0..=200;
/// Days of a wait that counts business days: ten years of them.
pub(super) const BUSINESS_DAYS: RangeInclusive<u32> = 1..=2_500;
/// Rows of a table, persons named, files, and options of a question.
const ROWS: RangeInclusive<u32> = 0..=500;
/// Characters of one line.
const LINE: RangeInclusive<u32> = 0..=1_000;
/// Characters of several lines: some twenty pages.
const TEXT: RangeInclusive<u32> = 0..=50_000;
/// A number that is typed in, either way.
const NUMBER: i64 = 1_000_000_000_000;
/// Decimal places of a step: credit is reckoned in thousandths.
const PLACES: u32 = 6;
/// Parts of a definition: those that everybody has before them at once.
const PARTS: [(&str, usize); 6] =
    [("roles", 50), ("states", 100), ("transitions", 300), ("limits", 100), ("records", 50), ("prove", 100)];
/// Questions of the form, of the decisions and of the rubrics together.
const QUESTIONS: usize = 500;

pub(super) fn check(definition: &Definition, tree: &Tree<'_>, faults: &mut Vec<Fault>) {
    let mut bounds = Bounds { tree, faults };
    bounds.parts(definition);
    bounds.persons(definition);
    for (name, most) in counters(definition) {
        // What is compared with a number is told apart up to one more.
        bounds.within(&["limits", &name], "a count", most.saturating_sub(1), &ROUNDS);
    }
    let mut asked = 0;
    for (path, questions) in lists(definition) {
        asked += bounds.questions(&path, questions);
    }
    if asked > QUESTIONS {
        let message = format!("{asked} questions are more than the {QUESTIONS} that one workflow may ask");
        bounds.fault(&["form"], message);
    }
}

/// Every list of questions, and where it stands.
fn lists(definition: &Definition) -> impl Iterator<Item = (Vec<String>, &[Question])> {
    let path = |steps: &[&str]| steps.iter().map(|step| (*step).to_owned()).collect::<Vec<String>>();
    let form = definition.form.iter().enumerate();
    let form = form.map(move |(at, section)| (path(&["form", &at.to_string(), "questions"]), &*section.questions));
    let rubrics = definition.rubrics.iter();
    let rubrics = rubrics.map(move |(name, questions)| (path(&["rubrics", name]), questions.as_slice()));
    let asked = definition.transitions.iter();
    let asked = asked.map(move |(name, it)| (path(&["transitions", name, "asks"]), it.asks.as_slice()));
    form.chain(rubrics).chain(asked)
}

struct Bounds<'a, 's> {
    tree: &'a Tree<'s>,
    faults: &'a mut Vec<Fault>,
}

impl Bounds<'_, '_> {
    fn fault(&mut self, path: &[&str], message: String) {
        self.faults.push(Fault::error("bounds", self.tree.place(path), message));
    }

    fn within<T: Copy + PartialOrd + Display>(
        &mut self,
        path: &[&str],
        what: &str,
        value: T,
        range: &RangeInclusive<T>,
    ) {
        if !range.contains(&value) {
            let message = format!("{what} is from {} to {}, and not {value}", range.start(), range.end());
            self.fault(path, message);
        }
    }

    fn parts(&mut self, definition: &Definition) {
        for (part, most) in PARTS {
            let count = match part {
                "roles" => definition.roles.len(),
                "states" => definition.states.len(),
                "transitions" => definition.transitions.len(),
                "limits" => definition.limits.len(),
                "records" => definition.records.len(),
                _ => definition.prove.len(),
            };
            if count > most {
                self.fault(&[part], format!("{count} {part} are more than the {most} that one workflow may have"));
            }
        }
    }

    fn persons(&mut self, definition: &Definition) {
        for (name, role) in &definition.roles {
            if let Role::Group { at_least, .. } = role {
                self.within(&["roles", name, "at_least"], "'at_least'", *at_least, &PERSONS);
            }
        }
        for (state, it) in &definition.states {
            for (name, track) in &it.tracks {
                for (key, value) in [("seats", track.seats), ("quorum", track.quorum)] {
                    self.within(&["states", state, "tracks", name, key], &format!("'{key}'"), value, &PERSONS);
                }
            }
        }
        for (at, proof) in definition.prove.iter().enumerate() {
            let path = ["prove", &at.to_string()];
            match &proof.claim {
                Claim::Approvals { approvals, .. } | Claim::DistinctApprovals { distinct_approvals: approvals, .. } => {
                    self.within(&path, "'at_least'", approvals.at_least, &PERSONS);
                }
                Claim::Bound { bound } => self.within(&path, "'at_most'", bound.at_most, &ROUNDS),
                Claim::Never { .. } | Claim::ReachEnd { .. } => {}
            }
        }
    }

    /// How many questions there are, columns of tables too.
    fn questions(&mut self, path: &[String], questions: &[Question]) -> usize {
        let mut asked = questions.len();
        for (at, question) in questions.iter().enumerate() {
            let at = at.to_string();
            let here: Vec<&str> = path.iter().map(String::as_str).chain([at.as_str()]).collect();
            self.question(&here, question);
            if let Kind::Table { columns, .. } = &question.kind {
                let columns_at: Vec<String> = here.iter().copied().chain(["columns"]).map(str::to_owned).collect();
                asked += self.questions(&columns_at, columns);
            }
        }
        asked
    }

    fn question(&mut self, path: &[&str], question: &Question) {
        let key = |key| path.iter().copied().chain([key]).collect::<Vec<&str>>();
        match &question.kind {
            Kind::Text { max, .. } => self.within(&key("max"), "'max' of a line", *max, &LINE),
            Kind::LongText { max, .. } => self.within(&key("max"), "'max' of a text", *max, &TEXT),
            Kind::Integer { min, max } => {
                for (name, value) in [("min", min), ("max", max)] {
                    let value = value.unwrap_or(0);
                    self.within(&key(name), &format!("'{name}' of a number"), value, &(-NUMBER..=NUMBER));
                }
            }
            Kind::Decimal { min, max, step } => {
                let most = Decimal::from(NUMBER);
                for (name, value) in [("min", min), ("max", max), ("step", step)] {
                    let value = value.unwrap_or_default();
                    self.within(&key(name), &format!("'{name}' of a number"), value, &(-most..=most));
                    let what = "the number of decimal places";
                    self.within(&key(name), what, value.normalize().scale(), &(0..=PLACES));
                }
            }
            Kind::Table { max, .. } => self.within(&key("max"), "'max' of rows", *max, &ROWS),
            Kind::People { max, .. } => self.within(&key("max"), "'max' of people", *max, &ROWS),
            Kind::Files { max, .. } => self.within(&key("max"), "'max' of files", *max, &ROWS),
            Kind::Choice { options } | Kind::Choices { options, .. } => {
                let count = u32::try_from(options.len()).unwrap_or(u32::MAX);
                self.within(&key("options"), "the number of options", count, &ROWS);
            }
            Kind::Date { .. } | Kind::Time | Kind::YesNo { .. } | Kind::Person { .. } | Kind::Rows { .. } => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::workflow::{
        Limits,
        check::{load, tests::credits},
        prove,
    };

    const SELF_STUDY: &str = include_str!("../../../workflows/self-study.yaml");
    const TEACHING: &str = include_str!("../../../workflows/teaching.yaml");

    /// What is wrong with a file in which one text was replaced, told before anything is explored.
    #[track_caller]
    fn found(source: &str, old: &str, new: &str) -> Vec<String> {
        assert!(source.contains(old), "{old}");
        let faults = prove(&source.replacen(old, new, 1), &credits(), Limits::default()).expect_err(new);
        faults.into_iter().map(|fault| format!("{}: {}", fault.rule, fault.message)).collect()
    }

    #[test]
    fn more_than_an_office_needs_is_refused_with_the_bound() {
        for (old, new, told) in [
            (
                "assessor: { group: self-study-assessors, at_least: 2 }",
                "assessor: { group: self-study-assessors, at_least: 4000000000 }",
                "bounds: 'at_least' is from 1 to 200, and not 4000000000",
            ),
            (
                "lead:     { group: self-study-leads, at_least: 1 }",
                "lead:     { group: self-study-leads, at_least: 201 }",
                "bounds: 'at_least' is from 1 to 200, and not 201",
            ),
            ("limits: { rounds: 2,", "limits: { rounds: 201,", "bounds: a count is from 0 to 200, and not 201"),
            ("studied, max: 200", "studied, max: 1001", "bounds: 'max' of a line is from 0 to 1000, and not 1001"),
            ("min: 100,", "max: 4294967295,", "bounds: 'max' of a text is from 0 to 50000, and not 4294967295"),
            ("min: 1, max: 20,", "min: 1, max: 501,", "bounds: 'max' of files is from 0 to 500, and not 501"),
            (
                "min: 0.25, max: 20,",
                "min: 0.25, max: 1000000000001,",
                "bounds: 'max' of a number is from -1000000000000 to 1000000000000, and not 1000000000001",
            ),
            (
                "max: 20, step: 0.25",
                "max: 20, step: 0.00000025",
                "bounds: the number of decimal places is from 0 to 6, and not 8",
            ),
        ] {
            let found = found(SELF_STUDY, old, new);
            assert!(found.iter().any(|fault| fault == told), "{new}: {found:?}");
        }
        let seats = "role: assessor, seats: 1, quorum: 1";
        for (new, told) in [
            ("role: assessor, seats: 4000000000, quorum: 1", "bounds: 'seats' is from 1 to 200, and not 4000000000"),
            ("role: assessor, seats: 1, quorum: 0", "bounds: 'quorum' is from 1 to 200, and not 0"),
        ] {
            let found = found(SELF_STUDY, seats, new);
            assert!(found.iter().any(|fault| fault == told), "{new}: {found:?}");
        }
        let claim = "track: assess, at_least: 1, excluding";
        let found = found(SELF_STUDY, claim, "track: assess, at_least: 201, excluding");
        assert!(found.iter().any(|fault| fault == "bounds: 'at_least' is from 1 to 200, and not 201"), "{found:?}");
    }

    #[test]
    fn a_table_asks_for_no_more_rows_and_its_columns_are_held_to_the_same() {
        let told = found(TEACHING, "        max: 40\n", "        max: 100000\n");
        assert!(told.iter().any(|fault| fault == "bounds: 'max' of rows is from 0 to 500, and not 100000"), "{told:?}");
    }

    #[test]
    fn there_is_an_end_to_states_transitions_and_questions() {
        let many = |count: usize, line: fn(usize) -> String| (0..count).map(line).collect::<String>();
        let states = many(101, |at| format!("  extra-{at}: {{ kind: end, label: Extra }}\n"));
        let told = found(SELF_STUDY, "\nstates:\n", &format!("\nstates:\n{states}"));
        assert!(told.iter().any(|fault| fault.contains("states are more than the 100")), "{told:?}");
        let moves =
            many(301, |at| format!("  extra-{at}: {{ from: [draft], to: withdrawn, by: [author], label: Extra }}\n"));
        let told = found(SELF_STUDY, "\ntransitions:\n", &format!("\ntransitions:\n{moves}"));
        assert!(told.iter().any(|fault| fault.contains("transitions are more than the 300")), "{told:?}");
        let asked = many(501, |at| format!("      - {{ id: extra_{at}, type: yes-no, label: Extra }}\n"));
        let told = found(SELF_STUDY, "    questions:\n", &format!("    questions:\n{asked}"));
        assert!(told.iter().any(|fault| fault.contains("questions are more than the 500")), "{told:?}");
    }

    #[test]
    fn a_kept_version_is_read_whatever_it_asks_for() {
        let source = SELF_STUDY.replacen("studied, max: 200", "studied, max: 1001", 1);
        assert!(load(&source, &credits()).is_err());
        assert!(crate::workflow::load_stored(&source, "kept", &credits()).is_ok());
    }
}
