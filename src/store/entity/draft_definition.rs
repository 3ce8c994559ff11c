//! Table `draft_definition`.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "draft_definition")]
pub(crate) struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub workflow: String,
    pub source: String,
    pub version: i64,
    pub edited_by: Uuid,
    pub edited_at: i64,
}

impl ActiveModelBehavior for ActiveModel {}
