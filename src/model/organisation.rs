//! The accrediting organisation.

use jiff::Timestamp;

use crate::domain::{LookBack, OrganisationId, SecondFactorRule, WrittenCalendar};

/// The accrediting organisation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Organisation {
    /// Its id.
    pub id: OrganisationId,
    /// Its full name, as certificates print it.
    pub name: String,
    /// What people call it.
    pub short: String,
    /// IANA name of its time zone, as in `Europe/Berlin`.
    pub time_zone: String,
    /// The days it works and its meetings, as the office writes them.
    pub calendar: WrittenCalendar,
    /// For how long after the end whoever acted on a submission keeps the sight of it.
    pub look_back: LookBack,
    /// Of whom a second factor is required.
    pub second_factor: SecondFactorRule,
    /// Since when it is here.
    pub created_at: Timestamp,
}
