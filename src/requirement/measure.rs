//! Amounts as a requirement counts them: integers in thousandths of its own unit.
//!
//! The ledger keeps hundredths of a credit; 0.25 × 1.5 = 0.375 must not be rounded, so evaluation is a digit finer. What
//! would be finer still is refused when a file is read.

use std::{
    fmt,
    ops::{Add, AddAssign, Sub, SubAssign},
};

use rust_decimal::{Decimal, prelude::ToPrimitive};
use serde::{Serialize, Serializer};

/// An amount in thousandths of a requirement's unit.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Measure(i64);

impl Measure {
    /// Nothing.
    pub const ZERO: Self = Self(0);

    /// More than anybody has.
    pub const MAX: Self = Self(i64::MAX);

    /// From thousandths.
    #[must_use]
    pub const fn from_thousandths(thousandths: i64) -> Self {
        Self(thousandths)
    }

    /// In thousandths.
    #[must_use]
    pub const fn thousandths(self) -> i64 {
        self.0
    }

    /// As a decimal number.
    #[must_use]
    pub fn to_decimal(self) -> Decimal {
        Decimal::new(self.0, 3).normalize()
    }

    /// What is more than `other`, or nothing.
    #[must_use]
    pub fn over(self, other: Self) -> Self {
        Self(self.0.saturating_sub(other.0).max(0))
    }

    /// `numerator / denominator` of it; `up` where a part of a thousandth is left.
    #[must_use]
    pub(super) fn part(self, numerator: i64, denominator: i64, rounding: Rounding) -> Self {
        let whole = i128::from(self.0) * i128::from(numerator);
        let by = i128::from(denominator.max(1));
        let exact = match rounding {
            Rounding::Down => whole.div_euclid(by),
            Rounding::Up => -((-whole).div_euclid(by)),
        };
        Self(i64::try_from(exact).unwrap_or(i64::MAX))
    }
}

/// What becomes of a part of a thousandth.
#[derive(Clone, Copy, Debug)]
pub(super) enum Rounding {
    /// For what counts, and for what bounds it.
    Down,
    /// For what is owed.
    Up,
}

impl TryFrom<Decimal> for Measure {
    type Error = TooFine;

    fn try_from(value: Decimal) -> Result<Self, TooFine> {
        let thousandths = value.checked_mul(Decimal::ONE_THOUSAND).filter(Decimal::is_integer).ok_or(TooFine)?;
        thousandths.to_i64().map(Self).ok_or(TooFine)
    }
}

/// A number finer than a thousandth, or beyond all use.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("an amount has at most three digits after the point")]
pub struct TooFine;

impl Add for Measure {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        Self(self.0.saturating_add(other.0))
    }
}

impl AddAssign for Measure {
    fn add_assign(&mut self, other: Self) {
        *self = *self + other;
    }
}

impl Sub for Measure {
    type Output = Self;

    fn sub(self, other: Self) -> Self {
        Self(self.0.saturating_sub(other.0))
    }
}

impl SubAssign for Measure {
    fn sub_assign(&mut self, other: Self) {
        *self = *self - other;
    }
}

impl std::iter::Sum for Measure {
    fn sum<I: Iterator<Item = Self>>(amounts: I) -> Self {
        amounts.fold(Self::ZERO, Add::add)
    }
}

impl fmt::Display for Measure {
    /// `49.75`, without zeros that say nothing.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.to_decimal().fmt(f)
    }
}

impl Serialize for Measure {
    /// A JSON number.
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let decimal = self.to_decimal();
        match (decimal.is_integer().then(|| decimal.to_i64()).flatten(), decimal.to_f64()) {
            (Some(whole), _) => serializer.serialize_i64(whole),
            (None, Some(number)) => serializer.serialize_f64(number),
            (None, None) => serializer.serialize_str(&decimal.to_string()),
        }
    }
}
