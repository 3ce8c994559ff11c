//! Groups, whose members fill the roles of workflows.

use std::collections::{BTreeMap, BTreeSet};

use super::{Error, Person, Tx, View};
use crate::domain::{GroupId, OrganisationId, PersonId};

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

impl View {
    /// A group by the name that workflow files use.
    pub async fn group(&self, organisation: OrganisationId, slug: &str) -> Result<Option<Group>, Error> {
        todo!()
    }
    /// All groups of an organisation, by title.
    pub async fn groups(&self, organisation: OrganisationId) -> Result<Vec<Group>, Error> {
        todo!()
    }
    /// The active members of some groups; every slug asked for is a key.
    pub async fn members(
        &self,
        organisation: OrganisationId,
        slugs: &[String],
    ) -> Result<BTreeMap<String, BTreeSet<PersonId>>, Error> {
        todo!()
    }
    /// All members of a group whatever their standing, by name.
    pub async fn group_people(&self, organisation: OrganisationId, slug: &str) -> Result<Vec<Person>, Error> {
        todo!()
    }
    /// The slugs of the groups that a person is in.
    pub async fn groups_of(&self, organisation: OrganisationId, person: PersonId) -> Result<BTreeSet<String>, Error> {
        todo!()
    }
    /// The active members of a group with the number of their open seats, the least loaded first.
    pub async fn candidates(&self, organisation: OrganisationId, slug: &str) -> Result<Vec<(Person, u64)>, Error> {
        todo!()
    }
}

impl Tx {
    /// Adds a group; [`Error::Duplicate`] where the slug is taken.
    pub async fn add_group(&self, group: &Group) -> Result<(), Error> {
        todo!()
    }
    /// Changes a group's title.
    pub async fn save_group(&self, group: &Group) -> Result<(), Error> {
        todo!()
    }
    /// Makes somebody a member; nothing changes where he is.
    pub async fn join(&self, organisation: OrganisationId, slug: &str, person: PersonId) -> Result<(), Error> {
        todo!()
    }
    /// Ends a membership; nothing changes where there is none.
    pub async fn leave(&self, organisation: OrganisationId, slug: &str, person: PersonId) -> Result<(), Error> {
        todo!()
    }
}
