//! Table `mail`.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "mail")]
pub(crate) struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub person: Uuid,
    pub recipient: String,
    pub subject: String,
    pub text_body: String,
    pub html_body: String,
    pub about: Option<Uuid>,
    pub queued_at: i64,
    pub sent_at: Option<i64>,
    pub dedupe: Option<String>,
    pub kept_at: Option<i64>,
    pub dropped_at: Option<i64>,
}

impl ActiveModelBehavior for ActiveModel {}
