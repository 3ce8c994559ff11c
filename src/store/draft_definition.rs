//! Drafts of workflows: texts that may still be broken, one a workflow.

use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, sea_query::Expr};

use super::{Error, ReadTx, Tx, column, definition::overtaken, entity::draft_definition as table};
use crate::{domain::PersonId, model::DraftDefinition};

impl ReadTx {
    /// The draft of a workflow, if there is one.
    pub async fn draft_definition(&self, workflow: &str) -> Result<Option<DraftDefinition>, Error> {
        table::Entity::find_by_id(workflow.to_owned()).one(&self.tx).await?.map(read).transpose()
    }

    /// All drafts, by workflow id.
    pub async fn draft_definitions(&self) -> Result<Vec<DraftDefinition>, Error> {
        let rows = table::Entity::find().order_by_asc(table::Column::Workflow).all(&self.tx).await?;
        rows.into_iter().map(read).collect()
    }
}

impl Tx {
    /// Saves a draft whose stored version is `expected`, 0 where there is none; gives the new version.
    ///
    /// [`Error::Stale`] where another version is stored.
    pub async fn save_draft_definition(&self, draft: &DraftDefinition, expected: u64) -> Result<u64, Error> {
        let version = expected.saturating_add(1);
        let row = table::Model {
            workflow: draft.workflow.clone(),
            source: draft.source.clone(),
            version: column::number(version)?,
            edited_by: draft.edited_by.0,
            edited_at: column::micros(draft.edited_at),
        };
        if expected == 0 {
            self.insert(row).await.map_err(overtaken)?;
        } else {
            let changed = table::Entity::update_many()
                .col_expr(table::Column::Source, Expr::value(row.source))
                .col_expr(table::Column::Version, Expr::value(row.version))
                .col_expr(table::Column::EditedBy, Expr::value(row.edited_by))
                .col_expr(table::Column::EditedAt, Expr::value(row.edited_at))
                .filter(table::Column::Workflow.eq(draft.workflow.as_str()))
                .filter(table::Column::Version.eq(column::number::<_, i64>(expected)?));
            self.one_changed(changed).await?;
        }
        Ok(version)
    }
}

fn read(row: table::Model) -> Result<DraftDefinition, Error> {
    Ok(DraftDefinition {
        workflow: row.workflow,
        source: row.source,
        version: column::number(row.version)?,
        edited_by: PersonId(row.edited_by),
        edited_at: column::instant(row.edited_at)?,
    })
}
