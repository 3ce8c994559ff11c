//! Table `sent_name`.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "sent_name")]
pub(crate) struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub submission: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub email: String,
    pub name_key: String,
}

impl ActiveModelBehavior for ActiveModel {}
