//! Table `disclosure_link`.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "disclosure_link")]
pub(crate) struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub token_hash: Vec<u8>,
    pub request: Uuid,
    pub way: String,
    pub expires_at: i64,
}

impl ActiveModelBehavior for ActiveModel {}
