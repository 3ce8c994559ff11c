//! Every name that the file uses exists, and none is given twice.

use std::collections::{BTreeMap, BTreeSet};

use super::{Fault, tree::Tree};
use crate::{
    credit::CreditTypes,
    workflow::{
        Definition,
        definition::{
            AwardAmount, Beneficiary, Claim, CreditChoice, Earned, Kind, Question, RecordOf, Role, Since, Trigger,
            Within,
        },
        nearest::nearest,
    },
};

pub(super) fn check(definition: &Definition, credits: &CreditTypes, tree: &Tree<'_>, faults: &mut Vec<Fault>) {
    let mut names = Names { definition, credits, tree, faults };
    names.roles();
    names.questions();
    names.states();
    names.transitions();
    names.records();
    names.proofs();
}

/// Every credit type that the definition can award.
pub(super) fn credits_of(definition: &Definition) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for state in definition.states.values() {
        found.extend(state.designate.iter().map(|designate| designate.credit.clone()));
        match state.award.as_ref().map(|award| &award.credit) {
            Some(CreditChoice::Fixed(credit)) => found.extend([credit.clone()]),
            Some(CreditChoice::Asked(question)) => {
                if let Some(Kind::Choice { options }) = definition.question(question).map(|question| &question.kind) {
                    found.extend(options.keys().cloned());
                }
            }
            None => {}
        }
    }
    found
}

struct Names<'a, 's> {
    definition: &'a Definition,
    credits: &'a CreditTypes,
    tree: &'a Tree<'s>,
    faults: &'a mut Vec<Fault>,
}

impl<'a> Names<'a, '_> {
    fn fault(&mut self, path: &[&str], message: String) {
        self.faults.push(Fault::error("names", self.tree.place(path), message));
    }

    /// Reports a name that is not among the known ones; an empty one was reported already.
    fn known<'k>(
        &mut self,
        what: &str,
        name: &str,
        mut known: impl Iterator<Item = &'k String> + Clone,
        path: &[&str],
    ) {
        if !name.is_empty() && !known.clone().any(|candidate| candidate == name) {
            let hint = nearest(name, known.by_ref().map(String::as_str));
            self.fault(path, format!("there is no {what} '{name}'{hint}"));
        }
    }

    fn role(&mut self, name: &str, path: &[&str]) {
        let definition = self.definition;
        self.known("role", name, definition.roles.keys(), path);
    }

    fn state(&mut self, name: &str, path: &[&str]) {
        let definition = self.definition;
        self.known("state", name, definition.states.keys(), path);
    }

    fn roles(&mut self) {
        let definition = self.definition;
        if !definition.roles.is_empty()
            && definition.roles.values().filter(|role| **role == Role::Submitter).count() != 1
        {
            self.fault(&["roles"], "exactly one role is the submitter, as author: { is: submitter }".to_owned());
        }
        for (at, separation) in definition.separation.iter().enumerate() {
            let at = at.to_string();
            self.role(&separation.person, &["separation", &at, "person"]);
            for (n, role) in separation.never_acts_as.iter().enumerate() {
                self.role(role, &["separation", &at, "never_acts_as", &n.to_string()]);
                if *role == separation.person {
                    self.fault(&["separation", &at], format!("'{role}' cannot be separated from itself"));
                }
            }
        }
    }

    fn questions(&mut self) {
        let definition = self.definition;
        let mut seen = BTreeSet::new();
        let mut sections = BTreeSet::new();
        for (at, section) in definition.form.iter().enumerate() {
            let at = at.to_string();
            if !sections.insert(&section.section) {
                self.fault(&["form", &at], format!("the section '{}' is there twice", section.section));
            }
            for (n, question) in section.questions.iter().enumerate() {
                let n = n.to_string();
                let path = ["form", &at, "questions", &n];
                self.once(&mut seen, question, &path);
                if definition.limits.contains_key(&question.id) || counters(definition).contains(&question.id) {
                    self.fault(
                        &path,
                        format!("'{}' is a counter and a question; call one of them something else", question.id),
                    );
                }
                self.columns(question, &path);
            }
        }
        for (rubric, questions) in &definition.rubrics {
            let mut seen = BTreeSet::new();
            for (n, question) in questions.iter().enumerate() {
                let path = ["rubrics", rubric, &n.to_string()];
                self.once(&mut seen, question, &path);
                self.rows(question, &path);
            }
        }
    }

    fn once(&mut self, seen: &mut BTreeSet<&'a String>, question: &'a Question, path: &[&str]) {
        if !seen.insert(&question.id) && !question.id.is_empty() {
            self.fault(path, format!("the question '{}' is there twice", question.id));
        }
    }

    fn columns(&mut self, question: &'a Question, path: &[&str]) {
        let Kind::Table { columns, .. } = &question.kind else { return };
        let mut seen = BTreeSet::new();
        for (n, column) in columns.iter().enumerate() {
            let n = n.to_string();
            let path: Vec<&str> = path.iter().copied().chain(["columns", &n]).collect();
            self.once(&mut seen, column, &path);
            if let Kind::Person { of } = &column.kind {
                self.of_kind(of, "a people question", |kind| matches!(kind, Kind::People { .. }), &path);
            }
        }
    }

    /// Rows are chosen from a table of the form.
    fn rows(&mut self, question: &Question, path: &[&str]) {
        if let Kind::Rows { of, .. } = &question.kind {
            self.of_kind(of, "a table", |kind| matches!(kind, Kind::Table { .. }), path);
        }
    }

    /// A question of the form that must be of a certain kind.
    fn of_kind(&mut self, id: &str, what: &str, fits: fn(&Kind) -> bool, path: &[&str]) {
        let definition = self.definition;
        match definition.question(id) {
            None => {
                let known: Vec<&String> = questions(definition).map(|question| &question.id).collect();
                self.known("question", id, known.into_iter(), path);
            }
            Some(question) if !fits(&question.kind) => self.fault(path, format!("'{id}' is not {what}")),
            Some(_) => {}
        }
    }

    fn states(&mut self) {
        let definition = self.definition;
        if !definition.states.is_empty() && definition.states.values().filter(|state| state.is_draft()).count() != 1 {
            self.fault(&["states"], "exactly one state is the start, kind: start".to_owned());
        }
        let mut tracks = BTreeMap::new();
        for (name, state) in &definition.states {
            for (track_name, track) in &state.tracks {
                let path = ["states", name, "tracks", track_name];
                if let Some(other) = tracks.insert(track_name, name) {
                    self.fault(&path, format!("the track '{track_name}' is there twice, also in '{other}'"));
                }
                self.role(&track.role, &["states", name, "tracks", track_name, "role"]);
                if let Some(rubric) = &track.rubric {
                    let path = ["states", name, "tracks", track_name, "rubric"];
                    self.known("rubric", rubric, definition.rubrics.keys(), &path);
                }
            }
            self.award(name);
            if let Some(designate) = &state.designate {
                self.credit(&designate.credit, &["states", name, "designate", "credit"]);
                self.since(&designate.since, &["states", name, "designate", "since"]);
            }
        }
    }

    fn credit(&mut self, id: &str, path: &[&str]) {
        let credits = self.credits;
        let known: Vec<&String> = credits.iter().map(|credit| &credit.id).collect();
        self.known("credit type", id, known.into_iter(), path);
    }

    fn award(&mut self, state: &str) {
        let definition = self.definition;
        let Some(award) = definition.states.get(state).and_then(|state| state.award.as_ref()) else { return };
        let path = ["states", state, "award", "credit"];
        match &award.credit {
            CreditChoice::Fixed(credit) => self.credit(credit, &path),
            CreditChoice::Asked(question) => match definition.question(question).map(|question| &question.kind) {
                Some(Kind::Choice { options }) => {
                    for option in options.keys() {
                        self.credit(option, &path);
                    }
                }
                _ => self.fault(&path, format!("'{question}' is not a choice of credit types")),
            },
        }
        if let Beneficiary::People(question) = &award.to {
            let path = ["states", state, "award", "to"];
            self.of_kind(question, "a people question", |kind| matches!(kind, Kind::People { .. }), &path);
        }
        if let Earned::Answer(name) = &award.earned {
            self.date(name, &["states", state, "award", "earned"]);
        }
        if let AwardAmount::PerHour(hours) = &award.amount {
            let path = ["states", state, "award", "amount"];
            if (award.to == Beneficiary::Author) == hours.person.is_some() {
                let message =
                    "an amount by the hour goes to people(QUESTION) by the column 'person', or to author without";
                self.fault(&path, message.to_owned());
            }
            let Some(Kind::Table { columns, .. }) = definition.question(&hours.table).map(|question| &question.kind)
            else {
                return self.fault(&path, format!("'{}' is not a table of the form", hours.table));
            };
            let mut column = |id: &String, what: &str, fits: fn(&Kind) -> bool| {
                if !columns.iter().any(|column| column.id == *id && fits(&column.kind)) {
                    self.fault(&path, format!("'{}' has no column '{id}' that is {what}", hours.table));
                }
            };
            column(&hours.minutes, "a number", |kind| matches!(kind, Kind::Integer { .. } | Kind::Decimal { .. }));
            if let Some(person) = &hours.person {
                column(person, "a person", |kind| matches!(kind, Kind::Person { .. }));
            }
            if let Some(only) = &hours.only {
                column(only, "yes or no", |kind| matches!(kind, Kind::YesNo { .. }));
            }
        }
    }

    /// A date question of the form, or one asked by a transition.
    fn date(&mut self, name: &str, path: &[&str]) {
        let definition = self.definition;
        let Some(asked) = name.strip_prefix("decided.") else {
            return self.of_kind(name, "a date question", |kind| matches!(kind, Kind::Date { .. }), path);
        };
        let date = |question: &Question| question.id == asked && matches!(question.kind, Kind::Date { .. });
        if !definition.transitions.values().any(|transition| transition.asks.iter().any(date)) {
            self.fault(path, format!("no transition asks a date '{asked}'"));
        }
    }

    /// What a time counts from.
    fn since(&mut self, since: &Since, path: &[&str]) {
        let definition = self.definition;
        match since {
            Since::Entry => {}
            Since::Date(name) => self.date(name, path),
            Since::Steps(steps) => {
                for step in steps {
                    self.known("transition", step, definition.transitions.keys(), path);
                }
            }
        }
    }

    fn records(&mut self) {
        let definition = self.definition;
        for (name, record) in &definition.records {
            let path = ["records", name.as_str()];
            for (n, question) in record.same.iter().enumerate() {
                let simple = |kind: &Kind| matches!(kind, Kind::Text { .. } | Kind::Choice { .. } | Kind::Date { .. });
                let path = ["records", name, "same", &n.to_string()];
                self.of_kind(question, "a text, a choice or a date", simple, &path);
            }
            let states = match &record.of {
                RecordOf::Credit { credit, within } => {
                    self.credit(credit, &["records", name, "credit"]);
                    let days: BTreeSet<&str> = definition.earned().map(Earned::name).collect();
                    if matches!(within, Some(Within::Any { .. })) && days.len() != 1 {
                        let message = "'any' is about the day on which this workflow's own credit is earned, and its awards \
                                       name no such day or several";
                        self.fault(&["records", name, "within"], message.to_owned());
                    }
                    continue;
                }
                RecordOf::Items { states } => states,
                RecordOf::Without { people, states } => {
                    self.of_kind(people, "a people question", |kind| matches!(kind, Kind::People { .. }), &path);
                    states
                }
                RecordOf::Undisclosed { people } => {
                    let asks = |kind: &Kind| matches!(kind, Kind::People { disclosure: true, .. });
                    self.of_kind(
                        people,
                        "a people question with 'disclosure: true'",
                        asks,
                        &["records", name, "undisclosed"],
                    );
                    continue;
                }
            };
            // Another workflow's states are in another file, which may come later.
            if record.workflow == definition.workflow {
                for state in states {
                    self.state(state, &["records", name, "in"]);
                }
            }
        }
    }

    fn transitions(&mut self) {
        let definition = self.definition;
        let mut asked: BTreeMap<&String, &Question> = BTreeMap::new();
        for (name, transition) in &definition.transitions {
            for (n, from) in transition.from.iter().enumerate() {
                self.state(from, &["transitions", name, "from", &n.to_string()]);
            }
            self.state(&transition.to, &["transitions", name, "to"]);
            if let Trigger::By(roles) = &transition.trigger {
                for (n, role) in roles.iter().enumerate() {
                    self.role(role, &["transitions", name, "by", &n.to_string()]);
                }
            }
            for (n, role) in transition.notify.iter().enumerate() {
                self.role(role, &["transitions", name, "notify", &n.to_string()]);
            }
            self.since(&transition.since, &["transitions", name, "since"]);
            for (n, question) in transition.asks.iter().enumerate() {
                self.rows(question, &["transitions", name, "asks", &n.to_string()]);
                let unlike = asked
                    .insert(&question.id, question)
                    .is_some_and(|other| std::mem::discriminant(&other.kind) != std::mem::discriminant(&question.kind));
                if unlike {
                    let message = format!("'{}' is asked elsewhere with another type", question.id);
                    self.fault(&["transitions", name, "asks", &n.to_string()], message);
                }
            }
        }
    }

    fn proofs(&mut self) {
        let definition = self.definition;
        let tracks = definition.states.values().flat_map(|state| state.tracks.keys());
        for (at, proof) in definition.prove.iter().enumerate() {
            let at = at.to_string();
            let path = ["prove", at.as_str()];
            match &proof.claim {
                Claim::Approvals { before, approvals }
                | Claim::DistinctApprovals { before, distinct_approvals: approvals } => {
                    self.state(before, &path);
                    self.known("track", &approvals.track, tracks.clone(), &path);
                    for role in &approvals.excluding {
                        self.role(role, &path);
                    }
                }
                Claim::Never { never } => {
                    self.role(&never.person, &path);
                    for role in &never.acts_as {
                        self.role(role, &path);
                    }
                }
                Claim::Bound { bound } => {
                    self.known("transition", &bound.transition, definition.transitions.keys(), &path);
                }
                Claim::ReachEnd { .. } => {}
            }
        }
    }
}

/// Every counter that some transition raises.
pub(super) fn counters(definition: &Definition) -> BTreeSet<String> {
    definition.transitions.values().filter_map(|transition| transition.counts.clone()).collect()
}

/// Every question of the form.
pub(super) fn questions(definition: &Definition) -> impl Iterator<Item = &Question> {
    definition.form.iter().flat_map(|section| &section.questions)
}
