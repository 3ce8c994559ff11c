//! Table `log_end`.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "log_end")]
pub(crate) struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub upto: i64,
    pub at: i64,
}

impl ActiveModelBehavior for ActiveModel {}
