//! Table `second_factor`.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "second_factor")]
pub(crate) struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub person: Uuid,
    pub secret: Vec<u8>,
    pub since: i64,
    pub last_step: i64,
}

impl ActiveModelBehavior for ActiveModel {}
