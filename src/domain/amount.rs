//! Credit as an integer in hundredths: exact, and fine enough for every step in use.

use std::{fmt, iter::Sum, ops::Neg};

use rust_decimal::{Decimal, prelude::ToPrimitive};
use serde::{Deserialize, Serialize};

/// An amount of credit in hundredths; negative only in a reversing entry.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Amount(i64);

/// A decimal that is no amount of credit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum AmountError {
    /// More than two digits after the point.
    #[error("credit has at most two digits after the point")]
    TooFine,
    /// Beyond what the ledger can hold.
    #[error("this is more credit than the ledger can hold")]
    TooLarge,
}

impl Amount {
    /// No credit.
    pub const ZERO: Self = Self(0);

    /// From hundredths of a credit.
    #[must_use]
    pub const fn from_hundredths(hundredths: i64) -> Self {
        Self(hundredths)
    }

    /// In hundredths of a credit.
    #[must_use]
    pub const fn hundredths(self) -> i64 {
        self.0
    }

    /// As a decimal number of credits.
    #[must_use]
    pub fn to_decimal(self) -> Decimal {
        Decimal::new(self.0, 2)
    }

    /// Rounds down to a whole number of `step`s, the nearest step with a tie going up.
    ///
    /// AMA PRA: "rounded to the nearest quarter hour" (AMA booklet); for a tie no rule was found, half goes up.
    #[must_use]
    pub fn nearest(self, step: Self) -> Self {
        if step.0 <= 0 {
            return self;
        }
        Self(
            (self.0.saturating_mul(2).saturating_add(step.0))
                .div_euclid(step.0.saturating_mul(2))
                .saturating_mul(step.0),
        )
    }
}

impl Amount {
    /// The largest multiple of a step that is no more; itself where there is no step.
    #[must_use]
    pub fn down(self, step: Self) -> Self {
        if step.0 <= 0 {
            return self;
        }
        Self(self.0.div_euclid(step.0).saturating_mul(step.0))
    }
}

impl TryFrom<Decimal> for Amount {
    type Error = AmountError;

    fn try_from(value: Decimal) -> Result<Self, AmountError> {
        let hundredths = value.checked_mul(Decimal::ONE_HUNDRED).ok_or(AmountError::TooLarge)?;
        if !hundredths.is_integer() {
            return Err(AmountError::TooFine);
        }
        hundredths.to_i64().map(Self).ok_or(AmountError::TooLarge)
    }
}

impl Neg for Amount {
    type Output = Self;

    fn neg(self) -> Self {
        Self(self.0.saturating_neg())
    }
}

impl Sum for Amount {
    fn sum<I: Iterator<Item = Self>>(amounts: I) -> Self {
        Self(amounts.fold(0, |sum, amount| sum.saturating_add(amount.0)))
    }
}

impl fmt::Display for Amount {
    /// `2.50`, the way certificates print it.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:.2}", self.to_decimal())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rounds_to_the_nearest_quarter_with_ties_up() {
        let quarter = Amount(25);
        for (given, expected) in [(142, 150), (137, 125), (138, 150), (112, 100), (113, 125), (0, 0), (25, 25)] {
            assert_eq!(Amount(given).nearest(quarter), Amount(expected), "{given}");
        }
    }

    #[test]
    fn takes_two_digits_and_no_more() {
        assert_eq!(Amount::try_from(Decimal::new(25, 1)), Ok(Amount(250)));
        assert_eq!(Amount::try_from(Decimal::new(2501, 3)), Err(AmountError::TooFine));
        assert_eq!(Amount::try_from(Decimal::MAX), Err(AmountError::TooLarge));
        assert_eq!(Amount(-250).to_string(), "-2.50");
    }
}
