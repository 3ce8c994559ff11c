//! Forms that came in after their senders' sessions had ended, and whose browser is whose.

use jiff::Timestamp;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use uuid::Uuid;

use super::{
    Error, ReadTx, Tx, column,
    entity::{browser, typed, unsent as table},
};
use crate::{domain::PersonId, model::Unsent};

impl ReadTx {
    /// One form; only for its sender.
    pub async fn unsent(&self, person: PersonId, id: Uuid) -> Result<Option<Unsent>, Error> {
        let found = table::Entity::find_by_id(id).filter(table::Column::Person.eq(person.0));
        found.one(&self.tx).await?.as_ref().map(read).transpose()
    }

    /// Who signed in last in a browser that has this secret.
    pub async fn browser_of(&self, secret_hash: &[u8; 32], now: Timestamp) -> Result<Option<PersonId>, Error> {
        let found = browser::Entity::find_by_id(secret_hash.to_vec());
        let found = found.filter(browser::Column::Until.gt(column::micros(now))).one(&self.tx).await?;
        Ok(found.map(|row| PersonId(row.person)))
    }

    /// All forms of somebody, the newest first.
    pub async fn unsent_of(&self, person: PersonId) -> Result<Vec<Unsent>, Error> {
        let rows = table::Entity::find().filter(table::Column::Person.eq(person.0)).order_by_desc(table::Column::Id);
        rows.all(&self.tx).await?.iter().map(read).collect()
    }
}

impl Tx {
    /// Remembers for a time who signed in in a browser.
    pub async fn remember_browser(
        &self,
        secret_hash: [u8; 32],
        person: PersonId,
        until: Timestamp,
    ) -> Result<(), Error> {
        let until = column::micros(until);
        self.insert(browser::Model { secret_hash: secret_hash.to_vec(), person: person.0, until }).await
    }

    /// Forgets what is kept long enough: forms without a session, browsers, and what was typed and never sent.
    pub async fn sweep_unsent(&self, now: Timestamp, unsent: Timestamp, typed: Timestamp) -> Result<(), Error> {
        let old = table::Column::PostedAt.lt(column::micros(unsent));
        table::Entity::delete_many().filter(old).exec(&self.tx).await?;
        let over = browser::Column::Until.lt(column::micros(now));
        browser::Entity::delete_many().filter(over).exec(&self.tx).await?;
        let old = typed::Column::TypedAt.lt(column::micros(typed));
        typed::Entity::delete_many().filter(old).exec(&self.tx).await?;
        Ok(())
    }

    /// Keeps a form, and of its sender no more than so many: the oldest goes.
    pub async fn keep_unsent(&self, form: &Unsent, most: u64) -> Result<(), Error> {
        self.insert(table::Model {
            id: form.id,
            person: form.person.0,
            place: form.place.clone(),
            fields: column::to_json(&form.fields)?,
            posted_at: column::micros(form.at),
        })
        .await?;
        let over: Vec<Uuid> = table::Entity::find()
            .select_only()
            .column(table::Column::Id)
            .filter(table::Column::Person.eq(form.person.0))
            .order_by_desc(table::Column::Id)
            .offset(most)
            .limit(100)
            .into_tuple()
            .all(&self.tx)
            .await?;
        table::Entity::delete_many().filter(table::Column::Id.is_in(over)).exec(&self.tx).await?;
        Ok(())
    }

    /// Forgets a form of somebody: it was sent, or is not wanted any more. Gives how many there were.
    pub async fn forget_unsent(&self, person: PersonId, id: Uuid) -> Result<u64, Error> {
        let gone = table::Entity::delete_many().filter(table::Column::Id.eq(id));
        Ok(gone.filter(table::Column::Person.eq(person.0)).exec(&self.tx).await?.rows_affected)
    }
}

fn read(row: &table::Model) -> Result<Unsent, Error> {
    Ok(Unsent {
        id: row.id,
        person: PersonId(row.person),
        place: row.place.clone(),
        fields: column::from_json(&row.fields)?,
        at: column::instant(row.posted_at)?,
    })
}
