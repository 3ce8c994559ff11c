//! Table `browser`.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "browser")]
pub(crate) struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub secret_hash: Vec<u8>,
    pub person: Uuid,
    pub until: i64,
}

impl ActiveModelBehavior for ActiveModel {}
