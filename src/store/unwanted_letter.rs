//! Kinds of letters that people do not want.

use std::collections::{BTreeMap, BTreeSet};

use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};

use super::{Error, ReadTx, Tx, column, entity::unwanted_letter as table};
use crate::domain::{LetterKind, PersonId};

impl ReadTx {
    /// What each of some people does not want; nothing for those who want everything.
    pub async fn unwanted_letters(
        &self,
        people: &BTreeSet<PersonId>,
    ) -> Result<BTreeMap<PersonId, BTreeSet<LetterKind>>, Error> {
        let mut unwanted: BTreeMap<PersonId, BTreeSet<LetterKind>> = BTreeMap::new();
        let rows = table::Entity::find().filter(table::Column::Person.is_in(people.iter().map(|person| person.0)));
        for row in rows.all(&self.tx).await? {
            // A kind that a newer program knows is none that this one writes.
            if let Ok(kind) = column::from_word(&row.kind) {
                unwanted.entry(PersonId(row.person)).or_default().insert(kind);
            }
        }
        Ok(unwanted)
    }
}

impl Tx {
    /// What somebody does not want from now on.
    pub async fn set_unwanted_letters(&self, person: PersonId, kinds: &BTreeSet<LetterKind>) -> Result<(), Error> {
        table::Entity::delete_many().filter(table::Column::Person.eq(person.0)).exec(&self.tx).await?;
        for kind in kinds {
            self.insert(table::Model { person: person.0, kind: column::to_word(*kind).to_owned() }).await?;
        }
        Ok(())
    }
}
