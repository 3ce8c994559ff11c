//! Groups, whose members fill the roles of workflows.

use crate::domain::{GroupId, OrganisationId};

/// A group of an organisation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Group {
    /// Its id.
    pub id: GroupId,
    /// The organisation.
    pub organisation: OrganisationId,
    /// As workflow files name it; unique within the organisation.
    pub slug: String,
    /// As people read it.
    pub title: String,
}
