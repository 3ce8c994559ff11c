//! Links in letters by which somebody declines the place in a review that they were given.

use jiff::Timestamp;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};

use super::{Error, ReadTx, Tx, column, entity::decline as table};
use crate::domain::{PersonId, SubmissionId};

impl ReadTx {
    /// Who may decline what by a link that still stands.
    pub async fn decline(
        &self,
        token_hash: &[u8; 32],
        now: Timestamp,
    ) -> Result<Option<(SubmissionId, PersonId)>, Error> {
        let found = table::Entity::find_by_id(token_hash.to_vec())
            .filter(table::Column::ExpiresAt.gt(column::micros(now)))
            .one(&self.tx)
            .await?;
        Ok(found.map(|row| (SubmissionId(row.submission), PersonId(row.person))))
    }
}

impl Tx {
    /// Adds a link, and lets go of those of somebody that are over.
    pub async fn add_decline(
        &self,
        token_hash: [u8; 32],
        (submission, person): (SubmissionId, PersonId),
        now: Timestamp,
        expires_at: Timestamp,
    ) -> Result<(), Error> {
        table::Entity::delete_many()
            .filter(table::Column::Person.eq(person.0))
            .filter(table::Column::ExpiresAt.lte(column::micros(now)))
            .exec(&self.tx)
            .await?;
        let row = table::Model {
            token_hash: token_hash.to_vec(),
            submission: submission.0,
            person: person.0,
            expires_at: column::micros(expires_at),
        };
        self.insert(row).await
    }
}
