//! What evaluation answers.

use indexmap::IndexMap;
use jiff::civil::Date;

use super::{Measure, definition::Window};

/// How somebody stands with a requirement.
#[derive(Clone, Debug, PartialEq)]
pub struct Standing {
    /// The window, where it is known.
    pub period: Option<Window>,
    /// All rules that are due in it together.
    pub overall: Overall,
    /// Each rule, in the order of the file.
    pub rules: IndexMap<String, RuleStanding>,
    /// Credits in the window that an earlier period took, by id.
    pub earlier: Vec<String>,
}

/// All rules together.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, strum::IntoStaticStr)]
#[strum(serialize_all = "kebab-case")]
pub enum Overall {
    /// Everything is met that is due.
    Complete,
    /// The sources disagree on whether it is.
    Disputed,
    /// An answer decides it.
    NeedFact,
    /// Something is missing.
    NotComplete,
}

/// How somebody stands with a rule.
#[derive(Clone, Debug, PartialEq)]
pub struct RuleStanding {
    /// Met, or not.
    pub status: Status,
    /// What counts.
    pub counted: Counted,
    /// What is asked for: an amount, or a number of items in whole units.
    pub required: Measure,
    /// By when, where that is known.
    pub due: Option<Date>,
    /// Facts that decide it, the first to be asked first.
    pub asks: Vec<String>,
    /// The reading that the numbers are of: the strictest where several are told.
    pub reading: usize,
    /// The equivalent that meets it, by id.
    pub covered_by: Option<String>,
    /// Hours that an equivalent grants, by its id.
    pub granted: Option<(String, Measure)>,
    /// Hours carried in from the period before.
    pub carried: Measure,
    /// Until when a board waived it.
    pub waived_until: Option<Date>,
}

/// Met, or not.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, strum::IntoStaticStr)]
#[strum(serialize_all = "kebab-case")]
pub enum Status {
    /// Nothing is owed.
    NotOwed,
    /// It is met.
    Met,
    /// The sources disagree on whether it is.
    Disputed,
    /// A fact decides it.
    NeedFact,
    /// It is not.
    NotMet,
}

/// What counts: one amount, or one for each part of the period.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Counted {
    /// Over the whole window.
    Once(Measure),
    /// In each part, in order, with its days.
    Each(Vec<(Window, Measure)>),
}

impl Counted {
    /// The amount that decides: the least of several.
    #[must_use]
    pub fn least(&self) -> Measure {
        match self {
            Self::Once(amount) => *amount,
            Self::Each(parts) => parts.iter().map(|(_, amount)| *amount).min().unwrap_or_default(),
        }
    }

    /// All of it.
    #[must_use]
    pub fn whole(&self) -> Measure {
        match self {
            Self::Once(amount) => *amount,
            Self::Each(parts) => parts.iter().map(|(_, amount)| *amount).sum(),
        }
    }
}

/// What becomes of one credit for one rule.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Use {
    /// Its number among all credits.
    pub credit: u32,
    /// How much of it counts here, in the requirement's unit; nothing where it does not.
    pub amount: Measure,
    /// Why not all that it prints, or more.
    pub reasons: Vec<UseReason>,
}

/// Why a credit counts for another amount than it prints.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum UseReason {
    /// An hour has fewer minutes here.
    Unit,
    /// A weight of the file, by its number.
    Weight(usize),
    /// Only so many of its hours are about the topic.
    Topic(Measure),
    /// A cap bounds it, by id.
    OverCap(String),
    /// A larger credit for the same activity counts, by its number.
    RepeatOf(u32),
    /// So much was used in the period before, which ended on a day.
    UsedEarlier(Measure, Date),
    /// An earlier period, which ended on a day, took all of it.
    TakenEarlier(Date),
    /// Hours over from the period before.
    CarriedIn,
    /// It serves another rule, by id.
    Serves(String),
    /// Part was taken back.
    PartTakenBack,
    /// All was taken back, by the credit of this number.
    TakenBack(u32),
    /// The requirement takes no such credit.
    NotAccepted,
    /// It was earned before the first day.
    Before(Date),
    /// It was earned after the last day.
    After(Date),
    /// It is not earned yet.
    NotYet,
}
