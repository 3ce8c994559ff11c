//! The credit ledger: append-only, corrected by reversing entries.

use std::collections::BTreeMap;

use jiff::{Timestamp, civil::Date};

use super::{Error, Page, Tx, View};
use crate::domain::{Amount, EntryId, OrganisationId, PersonId, SubmissionId};

/// A line of the ledger.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// Its id.
    pub id: EntryId,
    /// The organisation.
    pub organisation: OrganisationId,
    /// Who earned it.
    pub person: PersonId,
    /// The credit type's id.
    pub credit: String,
    /// How much; negative only where it reverses.
    pub amount: Amount,
    /// When it was earned, in the organisation's calendar.
    pub earned: Date,
    /// The submission that earned it.
    pub submission: Option<SubmissionId>,
    /// The rule (state) that awarded it.
    pub rule: String,
    /// What for, as transcripts print it.
    pub title: String,
    /// The entry it takes back.
    pub reverses: Option<EntryId>,
    /// When it was written down.
    pub recorded_at: Timestamp,
}

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
