//! Hours that serve one rule of several: maximum flow from groups of credits to rules.
//!
//! Giving each credit to the first rule that lacks hours fails: what serves both must be kept for the rule that nothing
//! else serves. Rules are filled in their order, so that a shortfall lands on the later one.

use std::collections::VecDeque;

use super::super::Measure;

/// Credits that are alike.
#[derive(Clone, Debug)]
pub(super) struct Group {
    /// All of their hours.
    pub(super) supply: Measure,
    /// Of those, how many can serve each rule.
    pub(super) serves: Vec<Measure>,
}

/// How many hours of each group serve each rule.
pub(super) fn flow(groups: &[Group], demands: &[Measure]) -> Vec<Vec<Measure>> {
    let mut flow = Flow {
        groups,
        left: groups.iter().map(|group| group.supply).collect(),
        given: vec![vec![Measure::ZERO; demands.len()]; groups.len()],
    };
    for (rule, demand) in demands.iter().enumerate() {
        let mut lacks = *demand;
        while lacks > Measure::ZERO {
            let got = flow.augment(rule, lacks);
            if got == Measure::ZERO {
                break;
            }
            lacks -= got;
        }
    }
    flow.given
}

/// A way from a group that has hours left to a rule that lacks them.
struct Way<'w> {
    rule: usize,
    /// The rule that the group serves itself.
    last: usize,
    group: usize,
    /// For each rule on the way: the group that serves it, and the rule that gets those hours instead.
    over: &'w [Option<(usize, usize)>],
}

struct Flow<'g> {
    groups: &'g [Group],
    left: Vec<Measure>,
    given: Vec<Vec<Measure>>,
}

impl Flow<'_> {
    /// Gives a rule more hours along the shortest way: from a group that has some left, or from one that serves another
    /// rule, which then gets them elsewhere.
    fn augment(&mut self, rule: usize, most: Measure) -> Measure {
        // For each rule reached: the group that serves it on the way, and the rule from which that was reached.
        let mut way: Vec<Option<(usize, usize)>> = vec![None; self.given.first().map_or(0, Vec::len)];
        let mut queue = VecDeque::from([rule]);
        while let Some(at) = queue.pop_front() {
            for group in 0..self.groups.len() {
                if self.room(group, at) == Measure::ZERO {
                    continue;
                }
                if self.left.get(group).is_some_and(|left| *left > Measure::ZERO) {
                    return self.push(&Way { rule, last: at, group, over: &way }, most);
                }
                for other in 0..way.len() {
                    let serves = self.served(group, other) > Measure::ZERO;
                    if other != rule && serves && way.get(other).is_some_and(Option::is_none) {
                        if let Some(place) = way.get_mut(other) {
                            *place = Some((group, at));
                        }
                        queue.push_back(other);
                    }
                }
            }
        }
        Measure::ZERO
    }

    /// Moves hours along a way that was found.
    fn push(&mut self, found: &Way<'_>, most: Measure) -> Measure {
        let &Way { rule, last, group, over: way } = found;
        let mut amount = most.min(self.room(group, last)).min(self.left.get(group).copied().unwrap_or_default());
        let mut at = last;
        while at != rule {
            let Some((through, before)) = way.get(at).copied().flatten() else { return Measure::ZERO };
            amount = amount.min(self.served(through, at)).min(self.room(through, before));
            at = before;
        }
        if let Some(left) = self.left.get_mut(group) {
            *left -= amount;
        }
        self.give(group, last, amount);
        let mut at = last;
        while at != rule {
            let Some((through, before)) = way.get(at).copied().flatten() else { break };
            self.give(through, at, Measure::ZERO - amount);
            self.give(through, before, amount);
            at = before;
        }
        amount
    }

    fn served(&self, group: usize, rule: usize) -> Measure {
        self.given.get(group).and_then(|given| given.get(rule)).copied().unwrap_or_default()
    }

    fn room(&self, group: usize, rule: usize) -> Measure {
        let most = self.groups.get(group).and_then(|group| group.serves.get(rule)).copied().unwrap_or_default();
        most.over(self.served(group, rule))
    }

    fn give(&mut self, group: usize, rule: usize, amount: Measure) {
        if let Some(given) = self.given.get_mut(group).and_then(|given| given.get_mut(rule)) {
            *given += amount;
        }
    }
}
