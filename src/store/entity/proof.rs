//! Table `proof`.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "proof")]
pub(crate) struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub hash: String,
    pub checker: i64,
    pub at: i64,
    pub findings: String,
}

impl ActiveModelBehavior for ActiveModel {}
