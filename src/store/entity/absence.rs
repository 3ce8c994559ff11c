//! Table `absence`.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "absence")]
pub(crate) struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub person: Uuid,
    pub first_day: String,
    pub last_day: String,
    pub entered_by: Uuid,
    pub entered_at: i64,
}

impl ActiveModelBehavior for ActiveModel {}
