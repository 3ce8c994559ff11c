//! Table `ledger_entry`.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "ledger_entry")]
pub(crate) struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub person: Uuid,
    pub credit: String,
    pub amount: i64,
    pub earned: String,
    pub submission: Option<Uuid>,
    pub rule: String,
    pub title: String,
    pub reverses: Option<Uuid>,
    pub occurrence: i64,
    pub recorded_at: i64,
}

impl ActiveModelBehavior for ActiveModel {}
