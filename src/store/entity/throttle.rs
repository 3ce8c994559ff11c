//! Table `throttle`.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "throttle")]
pub(crate) struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub bucket: String,
    pub failures: i64,
    pub window_start: i64,
    pub until: Option<i64>,
}

impl ActiveModelBehavior for ActiveModel {}
