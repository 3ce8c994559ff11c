//! Table `document_digest`.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "document_digest")]
pub(crate) struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub document: Uuid,
    pub digests: Vec<u8>,
}

impl ActiveModelBehavior for ActiveModel {}
