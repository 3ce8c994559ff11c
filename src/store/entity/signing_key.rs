//! Table `signing_key`.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "signing_key")]
pub(crate) struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub kid: String,
    pub pkcs8: Vec<u8>,
    pub state: String,
    pub created_at: i64,
    pub changed_at: i64,
}

impl ActiveModelBehavior for ActiveModel {}
