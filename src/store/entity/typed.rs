//! Table `typed`.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "typed")]
pub(crate) struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub submission: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub person: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub form: String,
    pub fields: String,
    pub faults: String,
    pub typed_at: i64,
}

impl ActiveModelBehavior for ActiveModel {}
