//! Table `erasure`.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "erasure")]
pub(crate) struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub person: Uuid,
    pub at: i64,
    pub decided_by: Option<Uuid>,
    pub depth: String,
    pub kept_until: Option<i64>,
    pub statement: String,
    pub submission: Option<Uuid>,
}

impl ActiveModelBehavior for ActiveModel {}
