//! How much is owed.

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use super::super::Measure;

/// How much is owed.
#[derive(Clone, Debug, PartialEq)]
pub enum Minimum {
    /// So many hours.
    Hours {
        /// Of the requirement's unit.
        hours: Measure,
        /// Less in a first period.
        first: Option<FirstPeriod>,
    },
    /// A part of what another rule asks for.
    Percent {
        /// Of a hundred.
        percent: Decimal,
        /// The rule.
        of: String,
    },
    /// So many for each year of the period.
    PerYear(Measure),
    /// So many for each year of the cycle that was chosen.
    PerCycleYear(Measure),
    /// So many things, whatever their hours.
    Items(u32),
}

/// What a first period owes, counted from the day of issue.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FirstPeriod {
    /// So much where the credential was issued for less than so many months; the least number of months that fits counts.
    MonthsUnder(BTreeMap<u32, Measure>),
    /// The part of the whole that the full months since then are.
    ProRataMonths,
}
