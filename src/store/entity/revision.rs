//! Table `revision`.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "revision")]
pub(crate) struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub submission: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub number: i64,
    pub sequence: i64,
    pub answers: String,
    pub at: i64,
}

impl ActiveModelBehavior for ActiveModel {}
