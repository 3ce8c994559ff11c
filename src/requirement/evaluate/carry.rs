//! Hours over that go from one period into the next: those carried in are used first, what is over of one's own goes on,
//! once.

use std::collections::BTreeMap;

use jiff::civil::Date;

use super::{
    super::{
        Credential, Measure,
        definition::{Reading, Rule, Window},
    },
    Context,
    fill::CapsRead,
};

/// What was carried into the period.
#[derive(Debug, Default)]
pub(super) struct Carried {
    /// The last day of the period before.
    pub(super) from: Option<Date>,
    by_rule: BTreeMap<String, Measure>,
    /// From which credits, with how much of each.
    pub(super) credits: BTreeMap<String, Vec<(u32, Measure)>>,
}

impl Carried {
    /// For a rule.
    pub(super) fn amount(&self, rule: &str) -> Measure {
        self.by_rule.get(rule).copied().unwrap_or_default()
    }
}

impl Context<'_> {
    /// Goes through the earlier periods, the first one first.
    pub(super) fn carry_in(&mut self) {
        let Some(carry) = &self.requirement.carry else { return };
        let mut carried = Carried::default();
        for (credential, window) in self.earlier().into_iter().rev() {
            let over = |id: &str, carried: &Carried| self.over(id, &credential, window, carried.amount(id));
            let whole = over("total", &carried).min(carry.at_most);
            let mut next = Carried { from: Some(window.end), ..Carried::default() };
            for id in &carry.counts_for {
                let amount = if id == "total" { whole } else { whole.min(over(id, &carried)) };
                next.credits.insert(id.clone(), self.last(id, window, amount));
                next.by_rule.insert(id.clone(), amount);
            }
            carried = next;
        }
        self.carried = carried;
    }

    fn first_reading(&self, id: &str) -> Option<(&Rule, &Reading)> {
        let rule = self.requirement.rules.get(id)?;
        Some((rule, rule.readings.first()?))
    }

    /// What of a period's own hours is over, once what was carried in is used.
    fn over(&self, id: &str, credential: &Credential, window: Window, carried: Measure) -> Measure {
        let Some((rule, reading)) = self.first_reading(id) else { return Measure::ZERO };
        let own = self.filled(rule, &reading.of, CapsRead::Strictly).sum(window);
        let needed = self.required(&reading.at_least, credential).amount.over(carried);
        own.over(needed)
    }

    /// The last credits of a period that make an amount.
    fn last(&self, id: &str, window: Window, amount: Measure) -> Vec<(u32, Measure)> {
        let Some((rule, reading)) = self.first_reading(id).filter(|_| amount > Measure::ZERO) else {
            return Vec::new();
        };
        let mut counted = Vec::new();
        self.filled(rule, &reading.of, CapsRead::Strictly).each(window, |entry, taken| {
            if taken.counted > Measure::ZERO {
                counted.push((entry.credit, taken.counted));
            }
        });
        let mut left = amount;
        let mut found = Vec::new();
        for (credit, hours) in counted.into_iter().rev() {
            if left == Measure::ZERO {
                break;
            }
            found.push((credit, hours.min(left)));
            left = left.over(hours);
        }
        found.reverse();
        found
    }
}
