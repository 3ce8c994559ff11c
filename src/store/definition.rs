//! Workflow definitions as they were loaded, kept for ever because items stay on theirs.

use jiff::Timestamp;
use sea_orm::{
    ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder,
    sea_query::{OnConflict, Query},
};

use super::{
    Error, Tx, View, column,
    entity::{current_definition as current, definition as table},
};

/// One version of a workflow file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredDefinition {
    /// SHA-256 of the canonical form, in hex.
    pub hash: String,
    /// The workflow's id.
    pub workflow: String,
    /// The file, byte for byte.
    pub source: String,
    /// When it was first loaded.
    pub loaded_at: Timestamp,
}

impl View {
    /// One version of a workflow.
    pub async fn definition(&self, hash: &str) -> Result<Option<StoredDefinition>, Error> {
        table::Entity::find_by_id(hash.to_owned()).one(&self.tx).await?.map(read).transpose()
    }

    /// The version that new items and drafts follow.
    pub async fn current_definition(&self, workflow: &str) -> Result<Option<StoredDefinition>, Error> {
        let Some(current) = current::Entity::find_by_id(workflow.to_owned()).one(&self.tx).await? else {
            return Ok(None);
        };
        self.definition(&current.hash).await
    }

    /// The current version of every workflow, by workflow id.
    pub async fn current_definitions(&self) -> Result<Vec<StoredDefinition>, Error> {
        let current = Query::select().column(current::Column::Hash).from(current::Entity).take();
        let rows = table::Entity::find().filter(table::Column::Hash.in_subquery(current));
        let rows = rows.order_by_asc(table::Column::Workflow).all(&self.tx).await?;
        rows.into_iter().map(read).collect()
    }
}

impl Tx {
    /// Keeps a version, unless it is known, and makes it the current one of its workflow.
    pub async fn put_definition(&self, definition: &StoredDefinition) -> Result<(), Error> {
        let row = table::Model {
            hash: definition.hash.clone(),
            workflow: definition.workflow.clone(),
            source: definition.source.clone(),
            loaded_at: column::micros(definition.loaded_at),
        };
        table::Entity::insert(row.into_active_model())
            .on_conflict(OnConflict::column(table::Column::Hash).do_nothing().to_owned())
            .exec_without_returning(&self.tx)
            .await?;
        let row = current::Model { workflow: definition.workflow.clone(), hash: definition.hash.clone() };
        let newer = OnConflict::column(current::Column::Workflow).update_column(current::Column::Hash).to_owned();
        current::Entity::insert(row.into_active_model()).on_conflict(newer).exec_without_returning(&self.tx).await?;
        Ok(())
    }
}

fn read(row: table::Model) -> Result<StoredDefinition, Error> {
    Ok(StoredDefinition {
        hash: row.hash,
        workflow: row.workflow,
        source: row.source,
        loaded_at: column::instant(row.loaded_at)?,
    })
}
