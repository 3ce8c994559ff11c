//! What a requirement file says.

mod minimum;
mod period;
mod rule;

use std::collections::BTreeMap;

use indexmap::IndexMap;
use jiff::{civil::Date, tz::TimeZone};
use rust_decimal::Decimal;

pub use minimum::{FirstPeriod, Minimum};
pub use period::{CalendarSpan, FirstSpan, Length, Period, PeriodEnd, Window};
pub use rule::{Alternative, Due, Reading, Rule, Within};

use super::Measure;
use crate::workflow::Condition;

/// What somebody who holds a credential owes, as one file says it.
#[derive(Clone, Debug)]
pub struct Requirement {
    /// Its id, as in `us-ca-md`.
    pub id: String,
    /// What people call it.
    pub title: String,
    /// Who asks for it.
    pub authority: String,
    /// Who owes it.
    pub owed_for: OwedFor,
    /// An instant counts on its date here.
    pub zone: TimeZone,
    /// When it holds.
    pub effective: Effective,
    /// The file that follows it.
    pub next: Option<String>,
    /// How far it was read.
    pub status: Status,
    /// Where everything comes from, by id.
    pub sources: IndexMap<String, Source>,
    /// Minutes of one unit.
    pub unit_minutes: u32,
    /// The window of credits.
    pub period: Period,
    /// Whether an earlier period whose window overlaps takes first what it needs.
    pub earlier_needs_first: bool,
    /// Which credit is what here.
    pub counts: Vec<Accepted>,
    /// What counts for more or less than it prints.
    pub weights: Vec<Weight>,
    /// Bounds on what counts.
    pub caps: IndexMap<String, Cap>,
    /// What is owed, in the order of the file.
    pub rules: IndexMap<String, Rule>,
    /// Rules of which an hour serves one.
    pub apart: Vec<Vec<String>>,
    /// What stands in for hours.
    pub equivalents: IndexMap<String, Equivalent>,
    /// Hours over that go into the next period.
    pub carry: Option<Carry>,
    /// The renewal that owes nothing.
    pub exempt: Option<Exempt>,
    /// What an employer makes of it.
    pub consequence: Option<Consequence>,
    /// Identity of what it says: SHA-256 in hex, whatever the spelling.
    pub hash: String,
}

/// Who owes it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OwedFor {
    /// The kind of credential.
    pub credential: CredentialKind,
    /// As in `US-CA`.
    pub jurisdiction: Option<String>,
    /// The certificate's or employer's name.
    pub name: Option<String>,
    /// As in `physician`.
    pub profession: Option<String>,
    /// As in `md`; any where the list is empty.
    pub degree: Vec<String>,
}

/// Kinds of credential.
#[derive(Clone, Copy, Debug, PartialEq, Eq, strum::EnumString, strum::IntoStaticStr, strum::VariantArray)]
#[strum(serialize_all = "kebab-case")]
pub enum CredentialKind {
    /// To practise.
    Licence,
    /// Of a certifying board.
    Certificate,
    /// Of a society.
    Membership,
    /// At a hospital.
    Privilege,
    /// As with the DEA.
    Registration,
}

/// When a file holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Effective {
    /// Its first day.
    pub from: Date,
    /// Its last, if one is known.
    pub until: Option<Date>,
    /// Which day decides.
    pub by: EffectiveBy,
}

/// Which day decides whether a file holds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, strum::EnumString, strum::IntoStaticStr, strum::VariantArray)]
#[strum(serialize_all = "kebab-case")]
pub enum EffectiveBy {
    /// The last day of the period.
    #[default]
    PeriodEnd,
    /// The day a credit was earned.
    Earned,
    /// The day of the application.
    Applied,
}

/// How far the text was read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, strum::EnumString, strum::IntoStaticStr, strum::VariantArray)]
#[strum(serialize_all = "kebab-case")]
pub enum Status {
    /// The sources agree.
    #[default]
    Settled,
    /// They do not.
    Disputed,
    /// It is known to exist and was not read.
    Unread,
    /// It holds later.
    Upcoming,
}

/// Where a value was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Source {
    /// Title and passage.
    pub cite: String,
    /// Its address.
    pub url: Option<String>,
    /// When somebody last read it there.
    pub verified: Date,
}

/// Credit that is taken, and as what.
#[derive(Clone, Debug)]
pub struct Accepted {
    /// Types of credit.
    pub credit: Vec<String>,
    /// The requirement's own categories.
    pub categories: Vec<String>,
    /// Only then.
    pub when: Option<Condition>,
    /// Who says so.
    pub source: String,
}

/// Which credits are meant; what is empty does not matter.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Selector {
    /// One of the requirement's own categories.
    pub category: Vec<String>,
    /// Hours about one of these.
    pub topics: Vec<String>,
    /// With one of these marks.
    pub marks: Vec<String>,
    /// Of one of these types.
    pub credit: Vec<String>,
    /// Live, or not.
    pub live: Option<bool>,
}

/// Credit that counts for more or less than it prints, in this ledger alone.
#[derive(Clone, Debug)]
pub struct Weight {
    /// Which.
    pub of: Selector,
    /// How many times.
    pub times: Decimal,
    /// So much of it, in the order of the days; all where nothing is said.
    pub first: Option<Measure>,
    /// Who says so.
    pub source: String,
}

/// A bound on what counts.
#[derive(Clone, Debug)]
pub struct Cap {
    /// Which credits it bounds.
    pub of: Selector,
    /// How much of them counts, one reading a source; more than one where they disagree.
    pub readings: Vec<CapReading>,
}

/// A bound as one source says it.
#[derive(Clone, Debug)]
pub struct CapReading {
    /// How much counts.
    pub at_most: Bound,
    /// Who says so.
    pub source: String,
}

/// How much counts at most.
#[derive(Clone, Debug, PartialEq)]
pub enum Bound {
    /// So much.
    Hours(Measure),
    /// So much of what a rule asks for.
    Percent {
        /// Of a hundred.
        percent: Decimal,
        /// The rule.
        of: String,
    },
}

/// What stands in for hours.
#[derive(Clone, Debug)]
pub struct Equivalent {
    /// What it is called.
    pub label: String,
    /// What it does.
    pub effect: EquivalentEffect,
    /// Who says so.
    pub source: String,
    /// Whether the sources agree.
    pub status: Status,
}

/// What an equivalent does.
#[derive(Clone, Debug)]
pub enum EquivalentEffect {
    /// Rules are met by it.
    Covers {
        /// Then.
        when: Condition,
        /// Which.
        rules: Vec<String>,
    },
    /// Hours are granted for something that was done on a day.
    Grants {
        /// The fact that tells the day.
        when_date: String,
        /// How many.
        hours: Measure,
        /// In which of the requirement's categories.
        category: String,
        /// Over so many years, a like part in each.
        spread_years: Option<u32>,
    },
}

/// Hours over that go into the next period.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Carry {
    /// At most so many.
    pub at_most: Measure,
    /// For these rules.
    pub counts_for: Vec<String>,
    /// Who says so.
    pub source: String,
}

/// A renewal that owes nothing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Exempt {
    /// Which, from 1.
    pub renewal: u32,
    /// Who says so.
    pub source: String,
}

/// What an employer makes of somebody who is not complete.
#[derive(Clone, Copy, Debug, PartialEq, Eq, strum::EnumString, strum::IntoStaticStr, strum::VariantArray)]
#[strum(serialize_all = "kebab-case")]
pub enum Consequence {
    /// They may not see patients.
    MayNotSeePatients,
    /// Nothing.
    None,
}

impl Requirement {
    /// The categories that a type of credit may have here.
    pub(super) fn categories(&self) -> BTreeMap<&str, Vec<&Accepted>> {
        let mut found: BTreeMap<&str, Vec<&Accepted>> = BTreeMap::new();
        for accepted in &self.counts {
            for credit in &accepted.credit {
                found.entry(credit).or_default().push(accepted);
            }
        }
        found
    }
}
