//! Table `turn`.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "turn")]
pub(crate) struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub submission: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub position: i64,
    pub person: Option<Uuid>,
    pub slug: Option<String>,
    pub role: String,
    pub track: Option<String>,
    pub since: i64,
    pub due: Option<i64>,
    pub late_since: Option<i64>,
}

impl ActiveModelBehavior for ActiveModel {}
