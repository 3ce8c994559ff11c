//! The log of who did what beside the events of submissions: append-only.

use jiff::Timestamp;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use uuid::Uuid;

use super::{Error, ReadTx, Tx, column, entity::log as table, page};
use crate::{
    domain::PersonId,
    model::{LogLine, Page},
};

impl ReadTx {
    /// A page of the log, the last first.
    pub async fn log(&self, cursor: Option<&str>, limit: u16) -> Result<Page<LogLine>, Error> {
        let mut query = table::Entity::find();
        if let Some(id) = page::key::<Uuid>(cursor)? {
            query = query.filter(table::Column::Id.lt(id));
        }
        let rows = query.order_by_desc(table::Column::Id).limit(u64::from(limit) + 1).all(&self.tx).await?;
        Page::cut(rows, limit, |row| row.id)?.try_map(read)
    }

    /// What was done of some kinds since an instant, the first first.
    pub async fn log_since(&self, since: Timestamp, acts: &[&str]) -> Result<Vec<LogLine>, Error> {
        let rows = table::Entity::find()
            .filter(table::Column::At.gte(column::micros(since)))
            .filter(table::Column::Act.is_in(acts.iter().copied()))
            .order_by_asc(table::Column::At)
            .order_by_asc(table::Column::Id);
        rows.all(&self.tx).await?.into_iter().map(read).collect()
    }
}

impl Tx {
    /// Writes a line.
    pub async fn add_log(&self, line: &LogLine) -> Result<(), Error> {
        let row = table::Model {
            id: line.id,
            at: column::micros(line.at),
            actor: line.actor.map(|id| id.0),
            act: line.act.clone(),
            subject: line.subject.clone(),
            detail: column::to_json(&line.detail)?,
        };
        self.insert(row).await
    }
}

pub(super) fn read(row: table::Model) -> Result<LogLine, Error> {
    Ok(LogLine {
        id: row.id,
        at: column::instant(row.at)?,
        actor: row.actor.map(PersonId),
        act: row.act,
        subject: row.subject,
        detail: column::from_json(&row.detail)?,
    })
}
