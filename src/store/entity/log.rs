//! Table `log`.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "log")]
pub(crate) struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub at: i64,
    pub kind: String,
    pub submission: Option<Uuid>,
    pub actor: Option<Uuid>,
    pub act: String,
    pub subject: String,
    pub detail: String,
}

impl ActiveModelBehavior for ActiveModel {}
