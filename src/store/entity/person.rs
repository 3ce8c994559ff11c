//! Table `person`.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "person")]
pub(crate) struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub email: String,
    pub name: String,
    pub name_key: String,
    pub credentials: String,
    pub affiliation: String,
    pub affiliation_key: String,
    pub standing: String,
    pub duties: String,
    pub password: Option<String>,
    pub created_at: i64,
    pub erased_at: Option<i64>,
}

impl ActiveModelBehavior for ActiveModel {}
