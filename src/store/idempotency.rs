//! Receipts for requests that may be repeated.

use sea_orm::EntityTrait;

use super::{Error, ReadTx, Tx, column, entity::kept_receipt as table};
use crate::{domain::PersonId, model::KeptReceipt};

impl ReadTx {
    /// The receipt kept for a key.
    pub async fn kept_receipt(&self, person: PersonId, key: &str) -> Result<Option<KeptReceipt>, Error> {
        table::Entity::find_by_id((person.0, key.to_owned())).one(&self.tx).await?.map(read).transpose()
    }
}

impl Tx {
    /// Keeps a receipt; [`Error::Duplicate`] where the key has one.
    pub async fn keep_receipt(&self, kept: &KeptReceipt) -> Result<(), Error> {
        let row = table::Model {
            person: kept.person.0,
            request_key: kept.key.clone(),
            fingerprint: kept.fingerprint.to_vec(),
            receipt: column::to_json(&kept.receipt)?,
            created_at: column::micros(kept.created_at),
        };
        self.insert(row).await
    }
}

fn read(row: table::Model) -> Result<KeptReceipt, Error> {
    Ok(KeptReceipt {
        person: PersonId(row.person),
        key: row.request_key,
        fingerprint: column::hash(row.fingerprint)?,
        receipt: column::from_json(&row.receipt)?,
        created_at: column::instant(row.created_at)?,
    })
}
