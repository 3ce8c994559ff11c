//! Table `seat`.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "seat")]
pub(crate) struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub submission: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub track: String,
    #[sea_orm(primary_key, auto_increment = false)]
    pub position: i64,
    pub person: Uuid,
    pub since: i64,
    pub declared: bool,
    pub verdict: Option<String>,
    pub voided: bool,
}

impl ActiveModelBehavior for ActiveModel {}
