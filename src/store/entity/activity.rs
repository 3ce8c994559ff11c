//! Table `activity`.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "activity")]
pub(crate) struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub submission: Uuid,
    pub title: String,
    pub provider: String,
    pub designation: String,
    pub credit: String,
    pub maximum: i64,
    pub first_day: String,
    pub last_day: String,
    pub starts_on: Option<String>,
    pub listed_at: i64,
    pub ended_at: Option<i64>,
    pub revision: i64,
}

impl ActiveModelBehavior for ActiveModel {}
