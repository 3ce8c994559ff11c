//! Whether a rule is owed at all.

use super::{
    super::{
        definition::{EquivalentEffect, Reading, Rule, Status, Within},
        known::Known,
    },
    Context,
};

/// An equivalent that meets a rule.
pub(super) struct Covered {
    /// Its id.
    pub(super) id: String,
    /// Whether the sources agree that it does.
    pub(super) disputed: bool,
}

impl Context<'_> {
    /// Whether one reading of a rule is owed.
    pub(super) fn owed(&self, rule: &Rule, reading: &Reading) -> Known {
        let holds = |condition: &Option<crate::workflow::Condition>| {
            condition.as_ref().map_or(Known::Yes, |condition| Known::of(condition, self))
        };
        let lifted = || rule.unless.as_ref().map_or(Known::Yes, |unless| Known::of(unless, self).not());
        self.not_exempt()
            .and(|| holds(&rule.when))
            .and(|| holds(&reading.when))
            .and(|| self.by_ordinal(&reading.within))
            .and(lifted)
    }

    fn not_exempt(&self) -> Known {
        match (&self.requirement.exempt, self.credential.renewal) {
            (None, _) => Known::Yes,
            (Some(_), None) => Known::Unknown("renewal".to_owned()),
            (Some(exempt), Some(renewal)) => yes(exempt.renewal != renewal),
        }
    }

    fn by_ordinal(&self, within: &Within) -> Known {
        match (within, self.credential.renewal) {
            (Within::Renewals { first, every }, Some(renewal)) => {
                yes(renewal >= *first && (renewal - first).is_multiple_of(*every))
            }
            (Within::Renewals { .. }, None) => Known::Unknown("renewal".to_owned()),
            _ => Known::Yes,
        }
    }

    /// What covers a rule, and the first fact on which it hangs whether something does.
    pub(super) fn covered(&self, id: &str) -> (Option<Covered>, Option<String>) {
        let (mut covered, mut asks) = (None::<Covered>, None);
        for (name, equivalent) in &self.requirement.equivalents {
            let EquivalentEffect::Covers { when, rules } = &equivalent.effect else { continue };
            if !rules.iter().any(|rule| rule == id) {
                continue;
            }
            match Known::of(when, self) {
                Known::Yes => {
                    let disputed = equivalent.status == Status::Disputed;
                    if covered.as_ref().is_none_or(|covered| covered.disputed && !disputed) {
                        covered = Some(Covered { id: name.clone(), disputed });
                    }
                }
                Known::No => {}
                Known::Unknown(fact) => {
                    asks.get_or_insert(fact);
                }
            }
        }
        (covered, asks)
    }
}

fn yes(holds: bool) -> Known {
    if holds { Known::Yes } else { Known::No }
}
