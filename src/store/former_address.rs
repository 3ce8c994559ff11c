//! Addresses that people had before: they are the same people.

use std::collections::{BTreeMap, BTreeSet};

use sea_orm::{ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter, sea_query::OnConflict};

use super::{
    Error, ReadTx, Tx, column,
    entity::{former_address as table, person},
};
use crate::{
    domain::{Email, PersonId},
    model::Person,
};

impl ReadTx {
    /// The addresses of some people, those of before too.
    pub async fn addresses_of(&self, people: &[Person]) -> Result<BTreeMap<PersonId, BTreeSet<Email>>, Error> {
        let mut addresses: BTreeMap<PersonId, BTreeSet<Email>> =
            people.iter().map(|person| (person.id, BTreeSet::from([person.email.clone()]))).collect();
        let ids = people.iter().map(|person| person.id.0);
        for row in table::Entity::find().filter(table::Column::Person.is_in(ids)).all(&self.tx).await? {
            addresses.entry(PersonId(row.person)).or_default().insert(column::parse(&row.email)?);
        }
        Ok(addresses)
    }

    /// Whoever has an address, or had it once.
    pub async fn person_by_any_address(&self, email: &Email) -> Result<Option<Person>, Error> {
        if let Some(person) = self.person_by_email(email).await? {
            return Ok(Some(person));
        }
        let former = table::Entity::find().filter(table::Column::Email.eq(email.as_str())).one(&self.tx).await?;
        match former {
            Some(former) => self.person(PersonId(former.person)).await,
            None => Ok(None),
        }
    }
}

impl Tx {
    /// Remembers the address that is stored of somebody, where it becomes another one.
    pub(super) async fn remember_address(&self, becoming: &Person) -> Result<(), Error> {
        let Some(stored) = person::Entity::find_by_id(becoming.id.0).one(&self.tx).await? else { return Ok(()) };
        if stored.email == becoming.email.as_str() || becoming.email.is_erased() {
            return Ok(());
        }
        let row = table::Model { email: stored.email, person: stored.id };
        let known = OnConflict::new().do_nothing().to_owned();
        table::Entity::insert(row.into_active_model()).on_conflict(known).exec_without_returning(&self.tx).await?;
        Ok(())
    }

    /// Forgets which addresses somebody had before.
    pub(super) async fn forget_addresses(&self, person: PersonId) -> Result<(), Error> {
        table::Entity::delete_many().filter(table::Column::Person.eq(person.0)).exec(&self.tx).await?;
        Ok(())
    }
}
