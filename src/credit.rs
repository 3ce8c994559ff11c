//! Credit: what kinds there are, and the ledger that records it.
//!
//! Credit types are data in `workflows/credits/`, each fact with its source and the day somebody verified it; a number
//! that a person could lose a licence over is never code.

pub mod agenda;
pub mod ledger;
pub mod window;

use std::collections::BTreeMap;

use jiff::civil::Date;
use rust_decimal::Decimal;
use serde::Deserialize;

use crate::domain::{Amount, AmountError, phrase::words};

/// One kind of credit.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CreditType {
    /// Its id, as in `ama-pra-1`.
    pub id: String,
    /// As it is printed, marks included.
    pub name: String,
    /// Who defines it.
    pub owner: String,
    /// Credit comes in multiples of this only.
    #[serde(deserialize_with = "step")]
    pub step: Amount,
    /// What becomes of what is left over.
    #[serde(default)]
    pub rounds: Rounds,
    /// Whether a provider may designate an activity for it; otherwise a person claims it for themselves.
    pub designated: bool,
    /// The statement printed for a designated activity, with `{provider}`, `{format}` and `{maximum}` to fill in.
    pub statement: Option<String>,
    /// Where all this comes from.
    pub sources: Vec<Source>,
}

/// What becomes of what is no whole step.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Rounds {
    /// The nearest step; halfway goes up.
    #[default]
    Nearest,
    /// It is left out.
    Down,
}

/// Where a fact comes from.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Source {
    /// Title and passage.
    pub cite: String,
    /// Address, if it has one.
    pub url: Option<String>,
    /// When somebody last read it there.
    pub verified: Date,
}

/// The credit types an installation knows, by id.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct CreditTypes(BTreeMap<String, CreditType>);

/// A credit type that cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum CreditError {
    /// Not YAML, or not a credit type.
    #[error("this is no credit type: {0}")]
    Malformed(#[from] serde_saphyr::Error),
    /// Two files describe the same type.
    #[error("the credit type '{0}' is described twice")]
    Twice(String),
    /// Credit without a step could not be checked.
    #[error("the credit type '{0}' needs a step above zero")]
    NoStep(String),
}

impl CreditType {
    /// So much credit in whole steps, as this type rounds.
    pub fn rounded(&self, exact: Decimal) -> Result<Amount, AmountError> {
        match self.rounds {
            Rounds::Nearest => Ok(Amount::try_from(exact.round_dp(2))?.nearest(self.step)),
            Rounds::Down => Ok(Amount::try_from(exact.trunc_with_scale(2))?.down(self.step)),
        }
    }

    /// The designation statement as it must be printed, or the plain facts where the owner wants none.
    #[must_use]
    pub fn designation(&self, provider: &str, format: &str, maximum: Amount) -> String {
        let maximum = maximum.to_decimal().normalize().to_string();
        match &self.statement {
            Some(statement) => {
                statement.replace("{provider}", provider).replace("{format}", format).replace("{maximum}", &maximum)
            }
            None => format!("{maximum} {}", self.name),
        }
    }
}

impl CreditTypes {
    /// Adds the type that one file of `workflows/credits/` describes.
    pub fn load(&mut self, yaml: &str) -> Result<(), CreditError> {
        let credit: CreditType = serde_saphyr::from_str(yaml)?;
        if credit.step <= Amount::ZERO {
            return Err(CreditError::NoStep(credit.id));
        }
        if self.0.contains_key(&credit.id) {
            return Err(CreditError::Twice(credit.id));
        }
        self.0.insert(credit.id.clone(), credit);
        Ok(())
    }

    /// All of several files.
    pub fn of<'a>(files: impl IntoIterator<Item = &'a str>) -> Result<Self, CreditError> {
        let mut types = Self::default();
        for yaml in files {
            types.load(yaml)?;
        }
        Ok(types)
    }

    /// One type.
    #[must_use]
    pub fn get(&self, id: &str) -> Option<&CreditType> {
        self.0.get(id)
    }

    /// What people call a type.
    #[must_use]
    pub fn called(&self, id: &str) -> String {
        called(self.get(id), id)
    }

    /// All, by id.
    pub fn iter(&self) -> impl Iterator<Item = &CreditType> {
        self.0.values()
    }
}

/// What people call a type, or its id in words where it is not known.
pub(crate) fn called(found: Option<&CreditType>, id: &str) -> String {
    found.map_or_else(|| words(id), |credit| credit.name.clone())
}

/// A step is written as a decimal number of credits, `0.25`.
fn step<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<Amount, D::Error> {
    let text = String::deserialize(deserializer)?;
    let number: Decimal = text.parse().map_err(serde::de::Error::custom)?;
    Amount::try_from(number).map_err(|error: AmountError| serde::de::Error::custom(error))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The types this repository ships.
    const SHIPPED: [&str; 5] = [
        include_str!("../workflows/credits/ama-pra-1.yaml"),
        include_str!("../workflows/credits/ama-pra-2.yaml"),
        include_str!("../workflows/credits/aafp-prescribed.yaml"),
        include_str!("../workflows/credits/aafp-elective.yaml"),
        include_str!("../workflows/credits/ancc-contact-hour.yaml"),
    ];

    #[test]
    fn the_shipped_types_load_and_each_names_its_sources() {
        let types = CreditTypes::of(SHIPPED).expect("sound files");
        assert_eq!(
            types.iter().map(|credit| credit.id.as_str()).collect::<Vec<_>>(),
            ["aafp-elective", "aafp-prescribed", "ama-pra-1", "ama-pra-2", "ancc-contact-hour"]
        );
        assert!(types.iter().all(|credit| !credit.sources.is_empty()));
        assert_eq!(types.get("ama-pra-1").map(|credit| credit.step), Some(Amount::from_hundredths(25)));
    }

    #[test]
    fn a_type_described_twice_or_without_a_step_is_refused() {
        assert!(matches!(CreditTypes::of([SHIPPED[0], SHIPPED[0]]), Err(CreditError::Twice(id)) if id == "ama-pra-1"));
        let stepless = SHIPPED[0].replace("step: 0.25", "step: 0");
        assert!(matches!(CreditTypes::of([stepless.as_str()]), Err(CreditError::NoStep(_))));
        let unknown = format!("{}\ncolour: red\n", SHIPPED[0]);
        assert!(matches!(CreditTypes::of([unknown.as_str()]), Err(CreditError::Malformed(_))));
    }
}
