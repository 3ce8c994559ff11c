//! Table `timer_failure`.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "timer_failure")]
pub(crate) struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub submission: Uuid,
    pub version: i64,
    pub attempts: i64,
    pub retry_at: i64,
    pub given_up_at: Option<i64>,
    pub dismissed_at: Option<i64>,
    pub error: String,
}

impl ActiveModelBehavior for ActiveModel {}
