//! Table `definition`.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "definition")]
pub(crate) struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub hash: String,
    pub workflow: String,
    pub source: String,
    pub loaded_at: i64,
    pub proposed_by: Option<Uuid>,
}

impl ActiveModelBehavior for ActiveModel {}
