//! Table `current_definition`.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "current_definition")]
pub(crate) struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub workflow: String,
    pub hash: String,
}

impl ActiveModelBehavior for ActiveModel {}
