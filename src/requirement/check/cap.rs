//! Caps that bound one another: one within the other, or nothing in common.

use super::Check;
use crate::requirement::definition::{Requirement, Selector};

/// How two selections of credits stand to one another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::requirement) enum Relation {
    /// All of the one is in the other.
    Inside,
    /// The other way about.
    Around,
    /// Nothing is in both.
    Disjoint,
    /// Some is in both.
    Crossing,
}

impl Check<'_, '_> {
    pub(super) fn caps(&mut self, requirement: &Requirement) {
        let caps: Vec<_> = requirement.caps.iter().collect();
        for (n, (id, cap)) in caps.iter().enumerate() {
            for (other_id, other) in caps.iter().skip(n + 1) {
                if relation(&cap.of, &other.of) == Relation::Crossing {
                    let message = format!(
                        "'{other_id}' and '{id}' bound some of the same credits; one has to be inside the other, or nothing in both"
                    );
                    self.fault("caps", &["caps", other_id], message);
                }
            }
        }
    }
}

/// How two selections stand to one another, as far as their words tell.
pub(in crate::requirement) fn relation(one: &Selector, other: &Selector) -> Relation {
    let parts = [
        words(&one.category, &other.category),
        words(&one.topics, &other.topics),
        words(&one.marks, &other.marks),
        words(&one.credit, &other.credit),
        match (one.live, other.live) {
            (None, None) => Part::Same,
            (Some(_), None) => Part::Less,
            (None, Some(_)) => Part::More,
            (Some(one), Some(other)) if one == other => Part::Same,
            _ => Part::Nothing,
        },
    ];
    if parts.contains(&Part::Nothing) {
        return Relation::Disjoint;
    }
    match (parts.contains(&Part::Less), parts.contains(&Part::More), parts.contains(&Part::Some)) {
        (_, false, false) => Relation::Inside,
        (false, true, false) => Relation::Around,
        _ => Relation::Crossing,
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Part {
    Same,
    Less,
    More,
    Some,
    Nothing,
}

fn words(one: &[String], other: &[String]) -> Part {
    let inside = |these: &[String], those: &[String]| these.iter().all(|word| those.contains(word));
    match (one.is_empty(), other.is_empty()) {
        (true, true) => Part::Same,
        (false, true) => Part::Less,
        (true, false) => Part::More,
        (false, false) => match (inside(one, other), inside(other, one)) {
            (true, true) => Part::Same,
            (true, false) => Part::Less,
            (false, true) => Part::More,
            (false, false) if one.iter().any(|word| other.contains(word)) => Part::Some,
            (false, false) => Part::Nothing,
        },
    }
}
