//! Table `machine_clock`.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "machine_clock")]
pub(crate) struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub boot: String,
    pub trusted: i64,
    pub seen_at: i64,
    pub up: i64,
    pub ahead: i64,
    pub drift: i64,
    pub trusted_drift: i64,
    pub held: Option<String>,
}

impl ActiveModelBehavior for ActiveModel {}
