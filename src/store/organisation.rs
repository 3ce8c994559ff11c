//! Accrediting organisations.

use jiff::Timestamp;

use super::{Error, Tx, View};
use crate::domain::OrganisationId;

/// An accrediting organisation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Organisation {
    /// Its id.
    pub id: OrganisationId,
    /// Its full name, as certificates print it.
    pub name: String,
    /// What people call it; unique.
    pub short: String,
    /// IANA name of its time zone, as in `Europe/Berlin`.
    pub time_zone: String,
    /// Since when it is here.
    pub created_at: Timestamp,
}

impl View {
    /// An organisation.
    pub async fn organisation(&self, id: OrganisationId) -> Result<Option<Organisation>, Error> {
        todo!()
    }
    /// All organisations, by name.
    pub async fn organisations(&self) -> Result<Vec<Organisation>, Error> {
        todo!()
    }
}

impl Tx {
    /// Adds one; [`Error::Duplicate`] where its short name is taken.
    pub async fn add_organisation(&self, organisation: &Organisation) -> Result<(), Error> {
        todo!()
    }
    /// Changes its names and time zone.
    pub async fn save_organisation(&self, organisation: &Organisation) -> Result<(), Error> {
        todo!()
    }
}
