//! Names: sources, facts, types of credit, categories, topics, marks, caps and rules that somebody has to give.

use std::collections::BTreeSet;

use super::{Check, selectors};
use crate::{
    requirement::{
        FactKind,
        definition::{Bound, Due, EquivalentEffect, Minimum, Period, Requirement},
    },
    workflow::nearest::nearest,
};

impl Check<'_, '_> {
    pub(super) fn names(&mut self, requirement: &Requirement) {
        self.sources(requirement);
        self.credits(requirement);
        self.rule_names(requirement);
        self.facts(requirement);
    }

    /// Says that a name is none of those that are known.
    fn known<'k>(&mut self, path: &[&str], what: &str, name: &str, known: impl Iterator<Item = &'k String>) {
        let known: Vec<&str> = known.map(String::as_str).collect();
        if !name.is_empty() && !known.contains(&name) {
            let hint = nearest(name, known.into_iter());
            self.fault("names", path, format!("there is no {what} '{name}'{hint}"));
        }
    }

    fn sources(&mut self, requirement: &Requirement) {
        let mut named: Vec<(Vec<String>, &String)> = Vec::new();
        let mut add =
            |path: &[&str], source| named.push((path.iter().map(|step| (*step).to_owned()).collect(), source));
        for (n, accepted) in requirement.counts.iter().enumerate() {
            add(&["counts", &n.to_string(), "source"], &accepted.source);
        }
        for (n, weight) in requirement.weights.iter().enumerate() {
            add(&["weights", &n.to_string(), "source"], &weight.source);
        }
        for (id, cap) in &requirement.caps {
            for (n, reading) in cap.readings.iter().enumerate() {
                if cap.readings.len() == 1 {
                    add(&["caps", id, "source"], &reading.source);
                } else {
                    add(&["caps", id, "readings", &n.to_string(), "source"], &reading.source);
                }
            }
        }
        for (id, rule) in &requirement.rules {
            for (n, reading) in rule.readings.iter().enumerate() {
                if rule.readings.len() == 1 {
                    add(&["rules", id, "source"], &reading.source);
                } else {
                    add(&["rules", id, "readings", &n.to_string(), "source"], &reading.source);
                }
            }
            for (n, source) in rule.more.iter().enumerate() {
                add(&["rules", id, "more", &n.to_string()], source);
            }
        }
        for (id, equivalent) in &requirement.equivalents {
            add(&["equivalents", id, "source"], &equivalent.source);
        }
        if let Some(carry) = &requirement.carry {
            add(&["carry", "source"], &carry.source);
        }
        if let Some(exempt) = &requirement.exempt {
            add(&["exempt", "source"], &exempt.source);
        }
        for (path, source) in named {
            let path: Vec<&str> = path.iter().map(String::as_str).collect();
            self.known(&path, "source", source, requirement.sources.keys());
        }
    }

    fn credits(&mut self, requirement: &Requirement) {
        let catalogue = self.catalogue;
        for (n, accepted) in requirement.counts.iter().enumerate() {
            for (m, credit) in accepted.credit.iter().enumerate() {
                let path = ["counts", &n.to_string(), "credit", &m.to_string()];
                self.known(&path, "type of credit", credit, catalogue.credits.iter());
            }
        }
        let given: BTreeSet<String> =
            requirement.counts.iter().flat_map(|accepted| accepted.categories.iter().cloned()).collect();
        for (path, selector) in selectors(requirement) {
            let at = |part: &str| path.iter().map(String::as_str).chain([part]).map(str::to_owned).collect::<Vec<_>>();
            for (part, names) in [
                ("category", &selector.category),
                ("credit", &selector.credit),
                ("topics", &selector.topics),
                ("marks", &selector.marks),
            ] {
                let path = at(part);
                let path: Vec<&str> = path.iter().map(String::as_str).collect();
                for name in names {
                    match part {
                        "category" if !given.contains(name) && !name.is_empty() => {
                            let hint = nearest(name, given.iter().map(String::as_str));
                            self.fault("names", &path, format!("'counts' gives no credit the category '{name}'{hint}"));
                        }
                        "category" => {}
                        "credit" => self.known(&path, "type of credit", name, catalogue.credits.iter()),
                        "topics" => self.known(&path, "topic", name, catalogue.topics.keys()),
                        _ => self.known(&path, "mark", name, catalogue.marks.keys()),
                    }
                }
            }
        }
        for (id, equivalent) in &requirement.equivalents {
            if let EquivalentEffect::Grants { category, .. } = &equivalent.effect
                && !given.contains(category)
                && !category.is_empty()
            {
                let hint = nearest(category, given.iter().map(String::as_str));
                let path = ["equivalents", id, "grants", "category"];
                self.fault("names", &path, format!("'counts' gives no credit the category '{category}'{hint}"));
            }
        }
    }

    fn rule_names(&mut self, requirement: &Requirement) {
        let rules = || requirement.rules.keys();
        for (id, rule) in &requirement.rules {
            for cap in rule.caps.iter().flatten() {
                self.known(&["rules", id, "caps"], "cap", cap, requirement.caps.keys());
            }
            for reading in &rule.readings {
                if let Minimum::Percent { of, .. } = &reading.at_least {
                    self.part_of(&["rules", id, "at_least"], of, requirement);
                }
            }
        }
        for (id, cap) in &requirement.caps {
            for reading in &cap.readings {
                if let Bound::Percent { of, .. } = &reading.at_most {
                    self.part_of(&["caps", id, "at_most"], of, requirement);
                }
            }
        }
        for (n, group) in requirement.apart.iter().enumerate() {
            for (m, rule) in group.iter().enumerate() {
                self.known(&["apart", &n.to_string(), &m.to_string()], "rule", rule, rules());
            }
        }
        for (id, equivalent) in &requirement.equivalents {
            if let EquivalentEffect::Covers { rules: covered, .. } = &equivalent.effect {
                for rule in covered {
                    self.known(&["equivalents", id, "covers"], "rule", rule, rules());
                }
            }
        }
        for rule in requirement.carry.iter().flat_map(|carry| &carry.counts_for) {
            self.known(&["carry", "counts_for"], "rule", rule, rules());
            let found = requirement.rules.get(rule);
            if found.is_some_and(|rule| rule.readings.iter().any(|reading| !reading.of.topics.is_empty())) {
                let message = format!("'{rule}' is about a topic, and hours on a topic are not carried");
                self.fault("carry", &["carry", "counts_for"], message);
            }
        }
        if let Some(carry) = &requirement.carry
            && !carry.counts_for.iter().any(|rule| rule == "total")
        {
            let message = "hours are over once the rule 'total' is met: carry counts for it";
            self.fault("carry", &["carry", "counts_for"], message);
        }
    }

    /// A part of what another rule asks for: it has to be there, and to ask for hours itself.
    fn part_of(&mut self, path: &[&str], of: &str, requirement: &Requirement) {
        self.known(path, "rule", of, requirement.rules.keys());
        let hours = |minimum: &Minimum| !matches!(minimum, Minimum::Percent { .. } | Minimum::Items(_));
        if let Some(rule) = requirement.rules.get(of)
            && !rule.readings.iter().all(|reading| hours(&reading.at_least))
        {
            self.fault(
                "names",
                path,
                format!("'{of}' asks for no hours of its own, so that nothing is a part of them"),
            );
        }
    }

    fn facts(&mut self, requirement: &Requirement) {
        for (id, rule) in &requirement.rules {
            for reading in &rule.readings {
                if let Some(due) = &reading.due {
                    self.due(&["rules", id, "due"], due);
                }
            }
        }
        for (id, equivalent) in &requirement.equivalents {
            if let EquivalentEffect::Grants { when_date, .. } = &equivalent.effect {
                self.day(&["equivalents", id, "when_date"], when_date);
            }
        }
        if let Period::Choose { fact, options } = &requirement.period {
            let path = ["period", "choose"];
            self.known(&path, "fact", fact, self.catalogue.facts.iter().map(|(id, _)| id));
            for value in options.keys() {
                let fits = match self.catalogue.facts.get(fact).map(|fact| &fact.kind) {
                    Some(FactKind::Number) => value.parse::<rust_decimal::Decimal>().is_ok(),
                    Some(FactKind::Choice(options)) => options.contains_key(value),
                    Some(FactKind::YesNo | FactKind::Date) => false,
                    None => true,
                };
                if !fits {
                    self.fault("names", &["period", "options", value], format!("'{fact}' is never '{value}'"));
                }
            }
        }
    }

    fn due(&mut self, path: &[&str], due: &Due) {
        match due {
            Due::After { day, .. } if day == "issued" => {}
            Due::After { day, .. } | Due::At(day) => self.day(path, day),
            Due::Renewal(_) => {}
            Due::EarliestOf(all) => {
                if all.len() < 2 {
                    self.fault("format", path, "the earliest is one of two days at least");
                }
                for due in all {
                    self.due(path, due);
                }
            }
        }
    }

    fn day(&mut self, path: &[&str], fact: &str) {
        let catalogue = self.catalogue;
        self.known(path, "fact", fact, catalogue.facts.iter().map(|(id, _)| id));
        if catalogue.facts.get(fact).is_some_and(|fact| fact.kind != FactKind::Date) {
            self.fault("names", path, format!("'{fact}' is no day"));
        }
    }
}
