//! The catalogue: designated activities that others can complete.

use jiff::{Timestamp, civil::Date};

use super::{Error, Page, Tx, View};
use crate::domain::{Amount, OrganisationId, SubmissionId};

/// A designated activity.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Activity {
    /// The submission that was approved: the activity's identity.
    pub submission: SubmissionId,
    /// The organisation.
    pub organisation: OrganisationId,
    /// Its title.
    pub title: String,
    /// Who provides it.
    pub provider: String,
    /// The designation statement, as it must be printed.
    pub designation: String,
    /// The credit type's id.
    pub credit: String,
    /// The most a participant can claim.
    pub maximum: Amount,
    /// First day it may be offered.
    pub from: Date,
    /// Last day it may be offered.
    pub until: Date,
    /// The day it takes place, where it has one.
    pub starts_on: Option<Date>,
    /// When it was listed.
    pub listed_at: Timestamp,
    /// When it was taken off before its time.
    pub ended_at: Option<Timestamp>,
}

impl View {
    /// The activity of a submission.
    pub async fn activity(
        &self,
        organisation: OrganisationId,
        submission: SubmissionId,
    ) -> Result<Option<Activity>, Error> {
        todo!()
    }
    /// A page of activities that may be offered on a day, the last listed first; `search` is looked for in
    /// title and provider, empty for all.
    pub async fn catalogue(
        &self,
        organisation: OrganisationId,
        on: Date,
        search: &str,
        cursor: Option<&str>,
        limit: u16,
    ) -> Result<Page<Activity>, Error> {
        todo!()
    }
}

impl Tx {
    /// Lists an activity; [`Error::Duplicate`] where the submission has one.
    pub async fn add_activity(&self, activity: &Activity) -> Result<(), Error> {
        todo!()
    }
    /// Takes an activity off; nothing changes where it is.
    pub async fn end_activity(
        &self,
        organisation: OrganisationId,
        submission: SubmissionId,
        at: Timestamp,
    ) -> Result<(), Error> {
        todo!()
    }
}
