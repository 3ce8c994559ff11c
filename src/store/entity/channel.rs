//! Table `channel`.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "channel")]
pub(crate) struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub name: String,
    pub since: i64,
    pub failures: i64,
    pub strikes: i64,
    pub resume_at: i64,
    pub error: String,
}

impl ActiveModelBehavior for ActiveModel {}
