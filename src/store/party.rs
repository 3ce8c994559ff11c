//! What is shared with somebody.

use std::collections::BTreeSet;

use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use uuid::Uuid;

use super::{Error, ReadTx, entity::party};
use crate::model::{Person, QueueRow};

impl ReadTx {
    /// What somebody writes along, or handed over, or is asked to take over: the last begun first.
    pub async fn shared_with(&self, person: &Person, limit: u16) -> Result<Vec<QueueRow>, Error> {
        let addresses = self.addresses_of(std::slice::from_ref(person)).await?.remove(&person.id).unwrap_or_default();
        let who = addresses.iter().map(ToString::to_string).chain([person.id.to_string()]);
        let ids: Vec<Uuid> = party::Entity::find()
            .select_only()
            .column(party::Column::Submission)
            .distinct()
            .filter(party::Column::Who.is_in(who))
            .order_by_desc(party::Column::Submission)
            .limit(u64::from(limit))
            .into_tuple()
            .all(&self.tx)
            .await?;
        let mut rows = self.queue_rows(ids.into_iter().collect::<BTreeSet<_>>()).await?;
        rows.retain(|row| row.submitter != person.id);
        rows.sort_by_key(|row| std::cmp::Reverse(row.id));
        Ok(rows)
    }
}
