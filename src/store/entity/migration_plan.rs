//! Table `migration_plan`.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "migration_plan")]
pub(crate) struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub workflow: String,
    pub from_hash: String,
    pub to_hash: String,
    pub mapping: String,
    pub proposed_by: Uuid,
    pub proposed_at: i64,
    pub run_by: Option<Uuid>,
    pub run_at: Option<i64>,
    pub reason: Option<String>,
    pub items: Option<i64>,
}

impl ActiveModelBehavior for ActiveModel {}
