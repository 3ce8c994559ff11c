//! Table `disclosure_request`.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "disclosure_request")]
pub(crate) struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub submission: Uuid,
    pub email: String,
    pub name: String,
    pub asked_by: Uuid,
    pub asked_at: i64,
    pub replaced_at: Option<i64>,
}

impl ActiveModelBehavior for ActiveModel {}
