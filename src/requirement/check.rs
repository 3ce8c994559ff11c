//! Reading and checking a requirement file: every fault at once, each with its place.

mod cap;
mod condition;
mod names;
mod together;

use aws_lc_rs::digest::{SHA256, digest};
use data_encoding::HEXLOWER;
use rust_decimal::Decimal;

pub use together::together;

use super::{
    Catalogue,
    definition::{Minimum, Requirement, Selector, Status, Within},
    read,
};
use crate::workflow::{
    Fault, Severity,
    check::{
        fields::Reader,
        tree::{Place, Tree},
    },
};

/// Reads a file: what it says with warnings, or everything that is wrong with it.
pub fn load(source: &str, catalogue: &Catalogue) -> Result<(Requirement, Vec<Fault>), Vec<Fault>> {
    let tree = Tree::read(source).map_err(|fault| vec![fault])?;
    let mut reader = Reader::of(&tree);
    let mut requirement = read::requirement(&mut reader);
    let mut check = Check { tree: &tree, catalogue, faults: reader.faults };
    check.all(&mut requirement);
    let mut faults = check.faults;
    faults.sort_by(|one, other| (one.line, one.column, &one.message).cmp(&(other.line, other.column, &other.message)));
    faults.dedup();
    if faults.iter().any(|fault| fault.severity == Severity::Error) {
        return Err(faults);
    }
    requirement.hash = HEXLOWER.encode(digest(&SHA256, tree.root.canonical().to_string().as_bytes()).as_ref());
    Ok((requirement, faults))
}

/// Looks for what the form alone does not show.
pub(super) struct Check<'t, 's> {
    tree: &'t Tree<'s>,
    catalogue: &'t Catalogue,
    faults: Vec<Fault>,
}

impl Check<'_, '_> {
    fn all(&mut self, requirement: &mut Requirement) {
        self.names(requirement);
        self.conditions(requirement);
        self.caps(requirement);
        self.fineness(requirement);
        self.times(requirement);
        self.secondary(requirement);
    }

    fn place(&self, path: &[&str]) -> Place {
        self.tree.place(path)
    }

    fn fault(&mut self, rule: &str, path: &[&str], message: impl Into<String>) {
        let at = self.place(path);
        self.faults.push(Fault::error(rule, at, message.into()));
    }

    /// Nothing is counted finer than a thousandth: a printed hundredth times 60 / unit times a weight has to be whole
    /// thousandths.
    fn fineness(&mut self, requirement: &Requirement) {
        let whole = |times: Decimal| {
            let found = Decimal::from(600) * times / Decimal::from(requirement.unit_minutes);
            // 600 / 7 is not exact in decimals: what it was divided into has to come out again.
            found.is_integer() && found * Decimal::from(requirement.unit_minutes) == Decimal::from(600) * times
        };
        if !whole(Decimal::ONE) {
            let message = format!("hours of {} minutes go finer than a thousandth", requirement.unit_minutes);
            self.fault("fineness", &["unit", "minutes"], message);
            return;
        }
        for (n, weight) in requirement.weights.iter().enumerate() {
            if !whole(weight.times) {
                let message = format!("{} times a hundredth goes finer than a thousandth", weight.times.normalize());
                self.fault("fineness", &["weights", &n.to_string(), "times"], message);
            }
        }
    }

    /// Windows and lengths that do not go together.
    fn times(&mut self, requirement: &Requirement) {
        let once: Vec<&str> = readings(requirement)
            .filter(|(_, reading)| reading.within == Within::Once)
            .flat_map(|(_, reading)| reading.of.topics.iter().map(String::as_str))
            .collect();
        for (id, rule) in &requirement.rules {
            for reading in &rule.readings {
                let unsaid = self.tree.node(&["rules", id, "within"]).is_none() && rule.readings.len() == 1;
                if let Some(topic) = reading.of.topics.iter().find(|topic| once.contains(&topic.as_str()))
                    && unsaid
                {
                    let message = format!("'{topic}' is owed once by another rule; say 'within' here too");
                    self.fault("within", &["rules", id], message);
                }
                if let (Within::Each(each), Some(length)) = (&reading.within, requirement.period.length())
                    && each.months > length.months
                    && each.days >= length.days
                {
                    let message = "such a part is longer than the period, so that none of it is ever whole";
                    self.fault("period", &["rules", id, "within", "each"], message);
                }
                let bounded = rule.caps.is_some() || (id == "total" && !requirement.caps.is_empty());
                if rule.same_activity_once
                    && (bounded || requirement.weights.iter().any(|weight| weight.first.is_some()))
                {
                    // The larger of two repeats might be the one that a cap leaves nothing of.
                    let message =
                        "of repeats the largest counts, which goes with no cap and no weight for a first part";
                    self.fault("caps", &["rules", id, "same_activity_once"], message);
                }
                if matches!(reading.at_least, Minimum::PerCycleYear(_)) && requirement.period.cycle_fact().is_none() {
                    let message = "'per_cycle_year' goes with a period that is chosen";
                    self.fault("period", &["rules", id, "at_least"], message);
                }
            }
        }
    }

    /// What is called settled rests on more than somebody's summary.
    fn secondary(&mut self, requirement: &Requirement) {
        if requirement.status != Status::Settled {
            return;
        }
        let second = |id: &String| {
            requirement.sources.get(id).is_some_and(|source| source.cite.to_lowercase().contains("(secondary)"))
        };
        for (id, rule) in &requirement.rules {
            let [reading] = rule.readings.as_slice() else { continue };
            let mut sources = std::iter::once(&reading.source).chain(&rule.more);
            if sources.all(second) {
                let at = self.place(&["rules", id]);
                let message =
                    format!("the rule '{id}' is called settled and cites only what somebody else wrote about it");
                self.faults.push(Fault::warning("secondary", at, message));
            }
        }
    }
}

fn readings(requirement: &Requirement) -> impl Iterator<Item = (&String, &super::definition::Reading)> {
    requirement.rules.iter().flat_map(|(id, rule)| rule.readings.iter().map(move |reading| (id, reading)))
}

/// Every selector, with its path.
fn selectors(requirement: &Requirement) -> Vec<(Vec<String>, &Selector)> {
    let path = |steps: &[&str]| steps.iter().map(|step| (*step).to_owned()).collect::<Vec<_>>();
    let mut found = Vec::new();
    for (n, weight) in requirement.weights.iter().enumerate() {
        found.push((path(&["weights", &n.to_string(), "of"]), &weight.of));
    }
    for (id, cap) in &requirement.caps {
        found.push((path(&["caps", id, "of"]), &cap.of));
    }
    for (id, rule) in &requirement.rules {
        for (n, reading) in rule.readings.iter().enumerate() {
            let at = if rule.readings.len() == 1 {
                path(&["rules", id, "of"])
            } else {
                path(&["rules", id, "readings", &n.to_string(), "of"])
            };
            found.push((at, &reading.of));
        }
        found.extend(rule.or_of.iter().map(|of| (path(&["rules", id, "or_of"]), of)));
        found.extend(rule.or_at_least.iter().map(|other| (path(&["rules", id, "or_at_least", "of"]), &other.of)));
    }
    found
}
