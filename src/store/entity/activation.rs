//! Table `activation`.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "activation")]
pub(crate) struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub workflow: String,
    #[sea_orm(primary_key, auto_increment = false)]
    pub number: i64,
    pub hash: String,
    pub replaced: Option<String>,
    pub proposed_by: Option<Uuid>,
    pub activated_by: Option<Uuid>,
    pub reason: Option<String>,
    pub at: i64,
}

impl ActiveModelBehavior for ActiveModel {}
