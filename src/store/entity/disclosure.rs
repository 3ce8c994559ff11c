//! Table `disclosure`.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "disclosure")]
pub(crate) struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub request: Uuid,
    pub email: String,
    pub way: String,
    pub relationships: String,
    pub statement: String,
    pub signature: String,
    pub given_at: i64,
}

impl ActiveModelBehavior for ActiveModel {}
