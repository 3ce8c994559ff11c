//! People: who they are, what they may do and how they sign in.

use std::collections::BTreeSet;

use jiff::Timestamp;

use super::{Error, Page, Tx, View};
use crate::domain::{Duty, Email, OrganisationId, PersonId, Standing};

/// A person of one organisation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Person {
    /// The person's id.
    pub id: PersonId,
    /// The organisation.
    pub organisation: OrganisationId,
    /// The address; unique within the organisation.
    pub email: Email,
    /// As printed on certificates, without credentials.
    pub name: String,
    /// Behind the name, as in `MD, FAAFP`; may be empty.
    pub credentials: String,
    /// Where the person works; may be empty. Conflicts of interest are found by it.
    pub affiliation: String,
    /// Whether the person may use the system.
    pub standing: Standing,
    /// What the house trusts the person with.
    pub duties: BTreeSet<Duty>,
    /// Since when the person is known.
    pub created_at: Timestamp,
}

impl View {
    /// Active people of the organisation who have one of these duties, by name.
    pub async fn on_duty(&self, _organisation: OrganisationId, _duties: &[Duty]) -> Result<Vec<Person>, Error> {
        todo!()
    }
    /// A person of whichever organisation, for sessions and links that name only the person.
    pub async fn account(&self, _id: PersonId) -> Result<Option<Person>, Error> {
        todo!()
    }
    /// A person of the organisation.
    pub async fn person(&self, organisation: OrganisationId, id: PersonId) -> Result<Option<Person>, Error> {
        todo!()
    }
    /// The person of the organisation with an address.
    pub async fn person_by_email(&self, organisation: OrganisationId, email: &Email) -> Result<Option<Person>, Error> {
        todo!()
    }
    /// Those of a list who are of the organisation, in no particular order.
    pub async fn persons(&self, organisation: OrganisationId, ids: &BTreeSet<PersonId>) -> Result<Vec<Person>, Error> {
        todo!()
    }
    /// A page of people by name; `search` is looked for in name and address, empty for all.
    pub async fn people(
        &self,
        organisation: OrganisationId,
        search: &str,
        cursor: Option<&str>,
        limit: u16,
    ) -> Result<Page<Person>, Error> {
        todo!()
    }
    /// Everybody with this address over all organisations, with the password hash where one is set.
    pub async fn signing_in(&self, email: &Email) -> Result<Vec<(Person, Option<String>)>, Error> {
        todo!()
    }
    /// A person's password hash.
    pub async fn password(&self, organisation: OrganisationId, id: PersonId) -> Result<Option<String>, Error> {
        todo!()
    }
}

impl Tx {
    /// Adds a person; [`Error::Duplicate`] where the address is taken.
    pub async fn add_person(&self, person: &Person) -> Result<(), Error> {
        todo!()
    }
    /// Changes everything but the id, the organisation and `created_at`.
    pub async fn save_person(&self, person: &Person) -> Result<(), Error> {
        todo!()
    }
    /// The person with the address of `named`, who is added where nobody has it yet.
    pub async fn named_person(&self, named: &Person) -> Result<Person, Error> {
        todo!()
    }
    /// Sets or removes the password hash.
    pub async fn set_password(
        &self,
        organisation: OrganisationId,
        id: PersonId,
        hash: Option<&str>,
    ) -> Result<(), Error> {
        todo!()
    }
}
