//! Table `address_change`.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "address_change")]
pub(crate) struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub person: Uuid,
    pub email: String,
    pub expires_at: i64,
    pub old_confirmed_at: Option<i64>,
    pub new_confirmed_at: Option<i64>,
    pub ended_at: Option<i64>,
}

impl ActiveModelBehavior for ActiveModel {}
