//! Of whom the organisation requires a second factor.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};
use strum::{EnumString, IntoStaticStr, VariantArray};

use super::Duty;

/// Of whom the organisation requires a second factor; everybody else may have one.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, IntoStaticStr, EnumString, VariantArray,
)]
#[serde(rename_all = "kebab-case")]
#[strum(serialize_all = "kebab-case")]
pub enum SecondFactorRule {
    /// Of nobody.
    #[default]
    Nobody,
    /// Of those with a duty: coordinators, auditors and administrators.
    Duties,
}

impl SecondFactorRule {
    /// Whether it is required of somebody with these duties.
    #[must_use]
    pub fn asks(self, duties: &BTreeSet<Duty>) -> bool {
        self == Self::Duties && !duties.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_asked_of_those_with_a_duty_where_the_organisation_says_so() {
        let (none, some) = (BTreeSet::new(), BTreeSet::from([Duty::Auditor]));
        assert!(SecondFactorRule::Duties.asks(&some) && !SecondFactorRule::Duties.asks(&none));
        assert!(!SecondFactorRule::Nobody.asks(&some));
    }
}
