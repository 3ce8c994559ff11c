//! One rule: what its sources ask for, what counts, and what that comes to.

use jiff::{ToSpan, civil::Date};

use super::{
    super::{
        Measure,
        definition::{EquivalentEffect, Minimum, Reading, Rule, Selector, Window, Within},
        known::Known,
        measure::Rounding,
        standing::{Counted, RuleStanding, Status},
    },
    Context,
    fill::{CapsRead, Filling},
    required::Required,
};

/// What one reading of a rule comes to.
struct Outcome {
    status: Status,
    counted: Counted,
    required: Measure,
    due: Option<Date>,
    asks: Vec<String>,
    covered_by: Option<String>,
    granted: Option<(String, Measure)>,
    carried: Measure,
}

impl Context<'_> {
    /// How the person stands with a rule.
    pub(super) fn rule(&self, id: &str, rule: &Rule) -> RuleStanding {
        let outcomes: Vec<Outcome> = rule.readings.iter().map(|reading| self.reading(id, rule, reading)).collect();
        let end = self.window.as_ref().map_or(self.as_of, |window| window.end);
        let waived_until = self.credential.waivers.get(id).copied().filter(|until| *until >= end.min(self.as_of));
        let status = if waived_until.is_some() { Status::NotOwed } else { together(&outcomes) };
        let asks = if status == Status::NeedFact {
            let mut asks: Vec<String> = Vec::new();
            for fact in outcomes.iter().flat_map(|outcome| &outcome.asks) {
                if !asks.contains(fact) {
                    asks.push(fact.clone());
                }
            }
            asks
        } else {
            Vec::new()
        };
        let reading = strictest(&outcomes);
        match outcomes.into_iter().nth(reading) {
            Some(outcome) => RuleStanding {
                status,
                counted: outcome.counted,
                required: outcome.required,
                due: outcome.due,
                asks,
                reading,
                covered_by: outcome.covered_by.filter(|_| status != Status::NotOwed),
                granted: outcome.granted,
                carried: outcome.carried,
                waived_until,
            },
            // The loader lets no rule without a reading pass.
            None => RuleStanding {
                status: Status::NotOwed,
                counted: Counted::Once(Measure::ZERO),
                required: Measure::ZERO,
                due: None,
                asks: Vec::new(),
                reading: 0,
                covered_by: None,
                granted: None,
                carried: Measure::ZERO,
                waived_until: None,
            },
        }
    }

    fn reading(&self, id: &str, rule: &Rule, reading: &Reading) -> Outcome {
        let owed = self.owed(rule, reading);
        let required = self.required(&reading.at_least, self.credential);
        let mut outcome = Outcome {
            status: Status::NotOwed,
            counted: Counted::Once(Measure::ZERO),
            required: required.amount,
            due: self.due(reading),
            asks: Vec::new(),
            covered_by: None,
            granted: None,
            carried: Measure::ZERO,
        };
        if owed == Known::No {
            return outcome;
        }
        let windows = match self.windows(reading) {
            Ok(windows) => windows,
            Err(fact) => {
                outcome.status = Status::NeedFact;
                outcome.asks = vec![if let Known::Unknown(first) = owed { first } else { fact }];
                return outcome;
            }
        };
        outcome.granted = self.granted(reading);
        outcome.carried = self.carried.amount(id);
        let more = outcome.carried + outcome.granted.as_ref().map(|(_, hours)| *hours).unwrap_or_default();
        let count = |read| plus(self.count(rule, reading, &windows, read), more);
        let strict = match self.apart.get(id) {
            Some(share) => Counted::Once(share.strictly),
            None => count(CapsRead::Strictly),
        };
        let lenient = match self.apart.get(id) {
            Some(share) => Counted::Once(share.leniently),
            None if self.disputes_a_cap(rule) => count(CapsRead::Leniently),
            None => strict.clone(),
        };
        let (status, asks) =
            reached(&strict, &lenient, &required, self.apart.get(id).and_then(|share| share.asks.as_ref()));
        outcome.counted = strict;
        if status != Status::Met && self.otherwise(rule, &windows, &mut outcome) {
            outcome.status = Status::Met;
            return outcome;
        }
        outcome.status = status;
        self.settle(id, &owed, asks, &mut outcome);
        outcome
    }

    /// What credits come to, with what stands in for hours and with what is not known.
    fn settle(&self, id: &str, owed: &Known, asks: Option<String>, outcome: &mut Outcome) {
        if outcome.status == Status::Met {
            return;
        }
        let (covered, unknown) = self.covered(id);
        let disputed = match covered {
            Some(covered) if !covered.disputed => {
                outcome.covered_by = Some(covered.id);
                outcome.status = Status::Met;
                return;
            }
            Some(covered) => {
                outcome.covered_by = Some(covered.id);
                true
            }
            None => false,
        };
        let owed = if let Known::Unknown(fact) = owed { Some(fact.clone()) } else { None };
        let fact = owed.or(asks).or(unknown).or_else(|| self.acceptance_asks.clone());
        match fact {
            Some(fact) => {
                outcome.status = Status::NeedFact;
                outcome.asks = vec![fact];
            }
            None if disputed => outcome.status = Status::Disputed,
            None => {}
        }
    }

    /// Whether the rule is met in the other way that it names.
    fn otherwise(&self, rule: &Rule, windows: &[Window], outcome: &mut Outcome) -> bool {
        let Some(other) = &rule.or_at_least else { return false };
        let filling = self.filling(&other.of);
        let hours: Measure = windows.iter().map(|window| filling.sum(*window)).sum();
        if hours < other.hours {
            return false;
        }
        outcome.counted = Counted::Once(hours);
        outcome.required = other.hours;
        true
    }

    /// What counts for a reading: of the rule's own credits, or of those that do as well where they come to more.
    fn count(&self, rule: &Rule, reading: &Reading, windows: &[Window], read: CapsRead) -> Counted {
        let own = summed(&self.filled(rule, &reading.of, read), reading, windows);
        let Some(of) = &rule.or_of else { return own };
        let other = summed(&self.filled(rule, of, read), reading, windows);
        if other.least() > own.least() { other } else { own }
    }

    /// The credits of a selection as a rule adds them up.
    pub(super) fn filled<'f>(&'f self, rule: &'f Rule, of: &'f Selector, read: CapsRead) -> Filling<'f, 'f> {
        let filling = self.filling(of).of_rule(&rule.id).once(rule.same_activity_once);
        match (&rule.caps, rule.id.as_str()) {
            (Some(named), _) => filling.under(Some(named), read),
            (None, "total") => filling.under(None, read),
            (None, _) => filling,
        }
    }

    fn disputes_a_cap(&self, rule: &Rule) -> bool {
        let caps = &self.requirement.caps;
        let disputed = |name: &String| caps.get(name).is_some_and(|cap| cap.readings.len() > 1);
        match (&rule.caps, rule.id.as_str()) {
            (Some(named), _) => named.iter().any(disputed),
            (None, "total") => caps.keys().any(disputed),
            (None, _) => false,
        }
    }

    /// Hours granted for something that was done on a day, in the period in which they fall. Hours that are spread over
    /// years begin on that day and its anniversaries, so that each year of them falls in one period.
    fn granted(&self, reading: &Reading) -> Option<(String, Measure)> {
        let of = &reading.of;
        let plain = of.topics.is_empty() && of.marks.is_empty() && of.credit.is_empty() && of.live.is_none();
        if !plain || !matches!(reading.within, Within::Period | Within::Renewals { .. }) {
            return None;
        }
        let window = self.window.as_ref().ok()?;
        let found = self.requirement.equivalents.iter().filter_map(|(id, equivalent)| {
            let EquivalentEffect::Grants { when_date, hours, category, spread_years } = &equivalent.effect else {
                return None;
            };
            let day = self.facts.day(when_date).filter(|_| of.category.contains(category))?;
            let years = spread_years.unwrap_or(1);
            let begins = (0..years).filter_map(|year| day.checked_add(i64::from(year).years()).ok());
            let inside = begins.filter(|day| window.contains(*day)).count();
            let hours = hours.part(i64::try_from(inside).ok()?, i64::from(years), Rounding::Down);
            (hours > Measure::ZERO).then(|| (id.clone(), hours))
        });
        found.max_by_key(|(_, hours)| *hours)
    }
}

/// What a reading's windows hold.
fn summed(filling: &Filling<'_, '_>, reading: &Reading, windows: &[Window]) -> Counted {
    let sum = |window: &Window| match reading.at_least {
        Minimum::Items(_) => Measure::from_thousandths(i64::from(filling.items(*window)) * 1_000),
        _ => filling.sum(*window),
    };
    match reading.within {
        Within::Each(_) => Counted::Each(windows.iter().map(|window| (*window, sum(window))).collect()),
        _ => Counted::Once(windows.iter().map(sum).sum()),
    }
}

/// What an amount comes to against what is asked for.
fn reached(
    strict: &Counted,
    lenient: &Counted,
    required: &Required,
    asks: Option<&String>,
) -> (Status, Option<String>) {
    if strict.least() >= required.most {
        (Status::Met, None)
    } else if lenient.least() < required.least {
        (Status::NotMet, None)
    } else if let Some(fact) = required.asks.as_ref().or(asks) {
        (Status::NotMet, Some(fact.clone()))
    } else {
        (Status::Disputed, None)
    }
}

fn plus(counted: Counted, more: Measure) -> Counted {
    match counted {
        Counted::Once(amount) => Counted::Once(amount + more),
        each @ Counted::Each(_) => each,
    }
}

/// All readings: met if under every one, not met if under none.
fn together(outcomes: &[Outcome]) -> Status {
    let all = |wanted: &[Status]| outcomes.iter().all(|outcome| wanted.contains(&outcome.status));
    let any = |wanted: Status| outcomes.iter().any(|outcome| outcome.status == wanted);
    if all(&[Status::NotOwed]) {
        Status::NotOwed
    } else if all(&[Status::NotOwed, Status::Met]) {
        Status::Met
    } else if all(&[Status::NotMet]) {
        Status::NotMet
    } else if any(Status::NeedFact) {
        Status::NeedFact
    } else {
        Status::Disputed
    }
}

/// The reading under which most is missing.
fn strictest(outcomes: &[Outcome]) -> usize {
    let missing = |outcome: &Outcome| {
        let owed = outcome.status != Status::NotOwed;
        (owed, outcome.required - outcome.counted.least(), outcome.required)
    };
    let mut best = 0;
    for (number, outcome) in outcomes.iter().enumerate() {
        if outcomes.get(best).is_some_and(|strictest| missing(outcome) > missing(strictest)) {
            best = number;
        }
    }
    best
}
