//! Table `document`.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "document")]
pub(crate) struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub submission: Uuid,
    pub question: String,
    pub name: String,
    pub media_type: String,
    pub size: i64,
    pub sha256: String,
    pub blob_key: String,
    pub standing: String,
    pub uploaded_by: Uuid,
    pub uploaded_at: i64,
    pub removed_at: Option<i64>,
    pub swept_at: Option<i64>,
    pub fault: Option<String>,
}

impl ActiveModelBehavior for ActiveModel {}
