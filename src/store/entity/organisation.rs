//! Table `organisation`.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "organisation")]
pub(crate) struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub name: String,
    pub short: String,
    pub time_zone: String,
    pub created_at: i64,
    pub calendar: String,
    pub look_back_days: i64,
    pub second_factor: String,
}

impl ActiveModelBehavior for ActiveModel {}
