//! Table `job`.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "job")]
pub(crate) struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub kind: String,
    pub payload: String,
    pub run_at: i64,
    pub attempts: i64,
    pub token: Option<Uuid>,
    pub locked_until: Option<i64>,
    pub done_at: Option<i64>,
    pub failed_at: Option<i64>,
    pub error: Option<String>,
    pub dedupe: Option<String>,
    pub retried_at: Option<i64>,
}

impl ActiveModelBehavior for ActiveModel {}
