//! Answers to requests that may be repeated.

use sea_orm::EntityTrait;

use super::{Error, ReadTx, Tx, column, entity::kept_answer as table};
use crate::{domain::PersonId, model::KeptAnswer};

impl ReadTx {
    /// The answer kept for a key.
    pub async fn kept_answer(&self, person: PersonId, key: &str) -> Result<Option<KeptAnswer>, Error> {
        table::Entity::find_by_id((person.0, key.to_owned())).one(&self.tx).await?.map(read).transpose()
    }
}

impl Tx {
    /// Keeps an answer; [`Error::Duplicate`] where the key has one.
    pub async fn keep_answer(&self, answer: &KeptAnswer) -> Result<(), Error> {
        let row = table::Model {
            person: answer.person.0,
            request_key: answer.key.clone(),
            fingerprint: answer.fingerprint.to_vec(),
            status: i64::from(answer.status),
            headers: column::to_json(&answer.headers)?,
            body: answer.body.clone(),
            created_at: column::micros(answer.created_at),
        };
        self.insert(row).await
    }
}

fn read(row: table::Model) -> Result<KeptAnswer, Error> {
    Ok(KeptAnswer {
        person: PersonId(row.person),
        key: row.request_key,
        fingerprint: column::hash(row.fingerprint)?,
        status: column::number(row.status)?,
        headers: column::from_json(&row.headers)?,
        body: row.body,
        created_at: column::instant(row.created_at)?,
    })
}
