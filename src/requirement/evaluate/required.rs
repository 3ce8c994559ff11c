//! How much is owed, and between which amounts it lies where a day is not known.

use rust_decimal::{Decimal, prelude::ToPrimitive};

use super::{
    super::{
        Credential, Measure,
        definition::{FirstPeriod, Minimum, Window},
        measure::Rounding,
    },
    Context,
    window::months,
};

/// What is owed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Required {
    /// As far as it is known.
    pub(super) amount: Measure,
    /// No less.
    pub(super) least: Measure,
    /// No more.
    pub(super) most: Measure,
    /// What would settle it.
    pub(super) asks: Option<String>,
}

impl Required {
    fn exactly(amount: Measure) -> Self {
        Self { amount, least: amount, most: amount, asks: None }
    }
}

impl Context<'_> {
    /// What a minimum asks for in the period of a credential.
    pub(super) fn required(&self, minimum: &Minimum, credential: &Credential) -> Required {
        let window = self.window_of(credential);
        match minimum {
            Minimum::Items(items) => Required::exactly(Measure::from_thousandths(i64::from(*items) * 1_000)),
            Minimum::Hours { hours, first: None } => Required::exactly(*hours),
            Minimum::Hours { hours, first: Some(first) } => {
                first_period(*hours, first, credential, &window, self.cycle_months())
            }
            Minimum::Percent { percent, of } => {
                let rule = self.requirement.rules.get(of).and_then(|rule| rule.readings.first());
                let whole = rule.map(|reading| self.required(&reading.at_least, credential));
                let part = |amount: Measure| {
                    let exact = Decimal::from(amount.thousandths()) * *percent / Decimal::ONE_HUNDRED;
                    Measure::from_thousandths(exact.ceil().to_i64().unwrap_or(i64::MAX))
                };
                let whole = whole.unwrap_or_else(|| Required::exactly(Measure::ZERO));
                Required {
                    amount: part(whole.amount),
                    least: part(whole.least),
                    most: part(whole.most),
                    asks: whole.asks,
                }
            }
            Minimum::PerYear(each) => {
                let months = match self.requirement.period.length() {
                    Some(length) => i64::from(length.months),
                    None => window
                        .as_ref()
                        .ok()
                        .and_then(|window| Some(months(window.start, window.end.tomorrow().ok()?)))
                        .unwrap_or(12),
                };
                Required::exactly(each.part(months, 12, Rounding::Up))
            }
            Minimum::PerCycleYear(each) => match self.cycle_years() {
                Some(years) => Required::exactly(each.part(years, 1, Rounding::Up)),
                None => Required {
                    amount: *each,
                    least: *each,
                    most: Measure::MAX,
                    asks: self.requirement.period.cycle_fact().map(str::to_owned),
                },
            },
        }
    }

    /// The months from one renewal to the next.
    fn cycle_months(&self) -> i64 {
        self.requirement.period.length().map_or(12, |length| i64::from(length.months))
    }
}

/// What a first period owes. Whether it is one follows from the day of issue alone: a credential that was issued less than
/// so many months before its period's end has no earlier one.
fn first_period(
    hours: Measure,
    first: &FirstPeriod,
    credential: &Credential,
    window: &Result<Window, String>,
    cycle: i64,
) -> Required {
    let later = credential.renewal.is_some_and(|renewal| renewal > 1);
    let end = window.as_ref().ok().and_then(|window| window.end.tomorrow().ok());
    let (Some(issued), Some(end)) = (credential.issued, end) else {
        if later {
            return Required::exactly(hours);
        }
        let less = match first {
            FirstPeriod::MonthsUnder(steps) => steps.values().min().copied().unwrap_or(hours),
            FirstPeriod::ProRataMonths => Measure::ZERO,
        };
        let asks = if credential.issued.is_none() { "issued" } else { "expires" };
        return Required { amount: hours, least: less.min(hours), most: hours, asks: Some(asks.to_owned()) };
    };
    if later {
        return Required::exactly(hours);
    }
    match first {
        FirstPeriod::MonthsUnder(steps) => {
            let under = |limit: u32| {
                let limit = i32::try_from(limit).ok().map(super::super::definition::Length::of_months);
                limit.and_then(|limit| limit.ahead(issued)).is_some_and(|day| day > end)
            };
            let step = steps.iter().find(|(limit, _)| under(**limit));
            Required::exactly(step.map_or(hours, |(_, less)| *less))
        }
        FirstPeriod::ProRataMonths => {
            let held = months(issued, end).clamp(0, cycle);
            Required::exactly(hours.part(held, cycle, Rounding::Up))
        }
    }
}
