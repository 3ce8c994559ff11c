//! Versions of workflows, kept for ever because items stay on theirs, and which of them is active.

use std::collections::BTreeSet;

use jiff::Timestamp;
use sea_orm::{
    ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder, QuerySelect,
    sea_query::{Expr, OnConflict, Query},
};
use uuid::Uuid;

use super::{
    Error, ReadTx, Tx, column,
    entity::{activation, current_definition as current, definition as table},
};
use crate::{
    domain::PersonId,
    model::{Activation, StoredDefinition},
};

impl ReadTx {
    /// One version of a workflow.
    pub async fn definition(&self, hash: &str) -> Result<Option<StoredDefinition>, Error> {
        table::Entity::find_by_id(hash.to_owned()).one(&self.tx).await?.map(read).transpose()
    }

    /// All versions of a workflow, the last first.
    pub async fn definitions(&self, workflow: &str) -> Result<Vec<StoredDefinition>, Error> {
        let rows = table::Entity::find().filter(table::Column::Workflow.eq(workflow));
        let rows = rows.order_by_desc(table::Column::LoadedAt).order_by_asc(table::Column::Hash).all(&self.tx).await?;
        rows.into_iter().map(read).collect()
    }

    /// The version of a workflow that was kept with exactly this text, if there is one; the last where there are several.
    pub async fn definition_reading(&self, workflow: &str, source: &str) -> Result<Option<StoredDefinition>, Error> {
        let rows = table::Entity::find()
            .filter(table::Column::Workflow.eq(workflow))
            .filter(table::Column::Source.eq(source))
            .order_by_desc(table::Column::LoadedAt)
            .order_by_asc(table::Column::Hash);
        rows.one(&self.tx).await?.map(read).transpose()
    }

    /// The ids of all workflows that have a version.
    pub async fn workflows(&self) -> Result<BTreeSet<String>, Error> {
        let ids: Vec<String> = table::Entity::find()
            .select_only()
            .column(table::Column::Workflow)
            .distinct()
            .into_tuple()
            .all(&self.tx)
            .await?;
        Ok(ids.into_iter().collect())
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

    /// The version of a workflow that was proposed last, with by whom and when, where nobody activated it and nothing came
    /// into force after it.
    pub async fn last_proposed(&self, workflow: &str) -> Result<Option<(String, PersonId, Timestamp)>, Error> {
        let rows = table::Entity::find()
            .select_only()
            .columns([table::Column::Hash, table::Column::ProposedBy, table::Column::LoadedAt])
            .filter(table::Column::Workflow.eq(workflow))
            .order_by_desc(table::Column::LoadedAt)
            .order_by_asc(table::Column::Hash);
        let last: Option<(String, Option<Uuid>, i64)> = rows.into_tuple().one(&self.tx).await?;
        let Some((hash, Some(by), at)) = last else { return Ok(None) };
        let tried = activation::Entity::find().filter(activation::Column::Hash.eq(hash.as_str())).one(&self.tx).await?;
        let overtaken = self.last_activation(workflow).await?.is_some_and(|last| last.at > at);
        let waits = tried.is_none() && !overtaken;
        waits.then(|| Ok((hash, PersonId(by), column::instant(at)?))).transpose()
    }

    /// Every time a version of a workflow became the active one, the last first.
    pub async fn activations(&self, workflow: &str) -> Result<Vec<Activation>, Error> {
        let rows = activation::Entity::find().filter(activation::Column::Workflow.eq(workflow));
        let rows = rows.order_by_desc(activation::Column::Number).all(&self.tx).await?;
        rows.into_iter().map(read_activation).collect()
    }
}

impl Tx {
    /// Keeps a version; nothing changes where it is known.
    pub async fn add_definition(&self, definition: &StoredDefinition) -> Result<(), Error> {
        let row = table::Model {
            hash: definition.hash.clone(),
            workflow: definition.workflow.clone(),
            source: definition.source.clone(),
            loaded_at: column::micros(definition.loaded_at),
            proposed_by: definition.proposed_by.map(|person| person.0),
        };
        table::Entity::insert(row.into_active_model())
            .on_conflict(OnConflict::column(table::Column::Hash).do_nothing().to_owned())
            .exec_without_returning(&self.tx)
            .await?;
        Ok(())
    }

    /// Makes a version the active one and writes that down.
    ///
    /// [`Error::Stale`] where another than the one to be replaced is active, or somebody activates at the same moment.
    pub async fn activate(&self, activation: &Activation) -> Result<(), Error> {
        let Activation { workflow, hash, replaced, .. } = activation;
        if let Some(replaced) = replaced {
            let changed = current::Entity::update_many()
                .col_expr(current::Column::Hash, Expr::value(hash.clone()))
                .filter(current::Column::Workflow.eq(workflow.as_str()))
                .filter(current::Column::Hash.eq(replaced.as_str()));
            self.one_changed(changed).await?;
        } else {
            let row = current::Model { workflow: workflow.clone(), hash: hash.clone() };
            self.insert(row).await.map_err(overtaken)?;
        }
        let last = self.last_activation(workflow).await?;
        let row = activation::Model {
            workflow: workflow.clone(),
            number: last.map_or(0, |last| last.number).saturating_add(1),
            hash: hash.clone(),
            replaced: replaced.clone(),
            proposed_by: activation.proposed_by.map(|person| person.0),
            activated_by: activation.activated_by.map(|person| person.0),
            reason: activation.reason.clone(),
            at: column::micros(activation.at),
        };
        self.insert(row).await.map_err(overtaken)
    }
}

impl ReadTx {
    async fn last_activation(&self, workflow: &str) -> Result<Option<activation::Model>, Error> {
        let rows = activation::Entity::find().filter(activation::Column::Workflow.eq(workflow));
        Ok(rows.order_by_desc(activation::Column::Number).one(&self.tx).await?)
    }
}

/// Somebody else wrote the row first.
pub(super) fn overtaken(error: Error) -> Error {
    match error {
        Error::Duplicate(_) => Error::Stale,
        other => other,
    }
}

fn read(row: table::Model) -> Result<StoredDefinition, Error> {
    Ok(StoredDefinition {
        hash: row.hash,
        workflow: row.workflow,
        source: row.source,
        loaded_at: column::instant(row.loaded_at)?,
        proposed_by: row.proposed_by.map(PersonId),
    })
}

fn read_activation(row: activation::Model) -> Result<Activation, Error> {
    Ok(Activation {
        workflow: row.workflow,
        hash: row.hash,
        replaced: row.replaced,
        proposed_by: row.proposed_by.map(PersonId),
        activated_by: row.activated_by.map(PersonId),
        reason: row.reason,
        at: column::instant(row.at)?,
    })
}
