//! Plans to take running submissions over to another version of their workflow.

use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, sea_query::Expr};
use uuid::Uuid;

use super::{Error, ReadTx, Tx, column, entity::migration_plan as table};
use crate::{
    domain::PersonId,
    model::{MigrationPlan, MigrationRun},
};

impl ReadTx {
    /// A plan.
    pub async fn migration_plan(&self, id: Uuid) -> Result<Option<MigrationPlan>, Error> {
        let plan = table::Entity::find_by_id(id);
        plan.one(&self.tx).await?.map(read).transpose()
    }

    /// The plans for a workflow, the last first.
    pub async fn migration_plans(&self, workflow: &str) -> Result<Vec<MigrationPlan>, Error> {
        let rows = table::Entity::find().filter(table::Column::Workflow.eq(workflow));
        rows.order_by_desc(table::Column::Id).all(&self.tx).await?.into_iter().map(read).collect()
    }

    /// The plan for a workflow that was made last.
    pub async fn last_migration_plan(&self, workflow: &str) -> Result<Option<MigrationPlan>, Error> {
        let rows = table::Entity::find().filter(table::Column::Workflow.eq(workflow));
        rows.order_by_desc(table::Column::Id).one(&self.tx).await?.map(read).transpose()
    }
}

impl Tx {
    /// Keeps a plan that was not run yet.
    pub async fn add_migration_plan(&self, plan: &MigrationPlan) -> Result<(), Error> {
        self.insert(table::Model {
            id: plan.id,
            workflow: plan.workflow.clone(),
            from_hash: plan.from.clone(),
            to_hash: plan.to.clone(),
            mapping: column::to_json(&plan.mapping)?,
            proposed_by: plan.proposed_by.0,
            proposed_at: column::micros(plan.proposed_at),
            run_by: None,
            run_at: None,
            reason: None,
            items: None,
        })
        .await
    }

    /// Notes that a plan was carried out; [`Error::Stale`] where it was before.
    pub async fn migration_ran(&self, id: Uuid, run: &MigrationRun) -> Result<(), Error> {
        let changed = table::Entity::update_many()
            .col_expr(table::Column::RunBy, Expr::value(run.by.0))
            .col_expr(table::Column::RunAt, Expr::value(column::micros(run.at)))
            .col_expr(table::Column::Reason, Expr::value(run.reason.clone()))
            .col_expr(table::Column::Items, Expr::value(column::number::<_, i64>(run.items)?))
            .filter(table::Column::Id.eq(id))
            .filter(table::Column::RunAt.is_null());
        self.one_changed(changed).await
    }
}

fn read(row: table::Model) -> Result<MigrationPlan, Error> {
    let run = match (row.run_by, row.run_at, row.items) {
        (Some(by), Some(at), Some(items)) => Some(MigrationRun {
            by: PersonId(by),
            at: column::instant(at)?,
            reason: row.reason,
            items: column::number(items)?,
        }),
        _ => None,
    };
    Ok(MigrationPlan {
        id: row.id,
        workflow: row.workflow,
        from: row.from_hash,
        to: row.to_hash,
        mapping: column::from_json(&row.mapping)?,
        proposed_by: PersonId(row.proposed_by),
        proposed_at: column::instant(row.proposed_at)?,
        run,
    })
}
