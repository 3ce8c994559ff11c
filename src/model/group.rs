//! Groups, whose members fill the roles of workflows.

use crate::domain::GroupId;

/// A group.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Group {
    /// Its id.
    pub id: GroupId,
    /// As workflow files name it; unique.
    pub slug: String,
    /// As people read it.
    pub title: String,
}
