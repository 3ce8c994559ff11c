//! The credit ledger: append-only, corrected by reversing entries.

use std::collections::BTreeMap;

use jiff::{Timestamp, civil::Date};

use super::{Error, Page, Tx, View};
pub use crate::credit::ledger::Entry;
use crate::domain::{Amount, EntryId, OrganisationId, PersonId, SubmissionId};

impl View {
    /// An entry of the organisation.
    pub async fn entry(&self, organisation: OrganisationId, id: EntryId) -> Result<Option<Entry>, Error> {
        todo!()
    }
    /// A page of a person's entries, the last earned first.
    pub async fn entries_of(
        &self,
        organisation: OrganisationId,
        person: PersonId,
        cursor: Option<&str>,
        limit: u16,
    ) -> Result<Page<Entry>, Error> {
        todo!()
    }
    /// Every entry of a person, the first earned first: what progress is computed from.
    pub async fn all_entries_of(&self, organisation: OrganisationId, person: PersonId) -> Result<Vec<Entry>, Error> {
        todo!()
    }
    /// A person's sum for each credit type.
    pub async fn totals_of(
        &self,
        organisation: OrganisationId,
        person: PersonId,
    ) -> Result<BTreeMap<String, Amount>, Error> {
        todo!()
    }
    /// The entries, reversing ones too, that a rule wrote for a submission, oldest first.
    pub async fn entries_for(
        &self,
        organisation: OrganisationId,
        submission: SubmissionId,
        rule: &str,
    ) -> Result<Vec<Entry>, Error> {
        todo!()
    }
}

impl Tx {
    /// Writes an entry; [`Error::Duplicate`] where the submission's rule already awarded the person, or the
    /// entry it reverses is reversed already.
    pub async fn add_entry(&self, entry: &Entry) -> Result<(), Error> {
        todo!()
    }
}
