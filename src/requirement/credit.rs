//! Credits and the credential, as evaluation sees them.

use std::collections::BTreeMap;

use jiff::{Timestamp, civil::Date, tz::TimeZone};

use super::Measure;
use crate::domain::Amount;

/// Credit that somebody has.
#[derive(Clone, Debug, PartialEq)]
pub struct Credit {
    /// Its id.
    pub id: String,
    /// Its type, as in `ama-pra-1`.
    pub kind: String,
    /// As printed.
    pub amount: Amount,
    /// When it was earned.
    pub earned: Earned,
    /// What it is about.
    pub topics: Topics,
    /// Marks that whoever gave it put on it, as `self-assessment`.
    pub marks: Vec<String>,
    /// Whether it was live; unknown counts as not.
    pub live: bool,
    /// The activity, for repeats.
    pub activity: Option<String>,
    /// The credit that it takes back.
    pub reverses: Option<String>,
    /// How it came here.
    pub provenance: Provenance,
}

/// When credit was earned.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Earned {
    /// The day on the certificate.
    On(Date),
    /// An instant, which counts on its date at the authority.
    At(Timestamp),
}

/// What credit is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Topics {
    /// The whole of it about each of these.
    Whole(Vec<String>),
    /// So many hours about each.
    Hours(BTreeMap<String, Amount>),
}

/// How a credit came here.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, strum::EnumString, strum::IntoStaticStr, strum::VariantArray)]
#[strum(serialize_all = "kebab-case")]
pub enum Provenance {
    /// It was awarded here.
    #[default]
    Awarded,
    /// A provider reported it.
    Roster,
    /// The person entered it, with evidence.
    OwnWord,
    /// A learning system reported it.
    Xapi,
}

/// The credential for which something is owed.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Credential {
    /// When it was issued.
    pub issued: Option<Date>,
    /// Its last day.
    pub expires: Option<Date>,
    /// Which renewal this is, from 1.
    pub renewal: Option<u32>,
    /// When the application was sent in.
    pub submitted: Option<Date>,
    /// When it was applied for.
    pub applied: Option<Date>,
    /// What a board waived by letter: the rule, and until when.
    pub waivers: BTreeMap<String, Date>,
    /// Credits that the holder wants in the period that ends on this day.
    pub pins: BTreeMap<String, Date>,
}

impl Earned {
    /// The civil day in a zone.
    #[must_use]
    pub fn day(self, zone: &TimeZone) -> Date {
        match self {
            Self::On(day) => day,
            Self::At(instant) => instant.to_zoned(zone.clone()).date(),
        }
    }
}

impl Credit {
    /// Its printed amount in thousandths of an hour.
    pub(super) fn printed(&self) -> Measure {
        thousandths(self.amount)
    }
}

pub(super) fn thousandths(amount: Amount) -> Measure {
    Measure::from_thousandths(amount.hundredths().saturating_mul(10))
}
