//! Table `submission_content`.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "submission_content")]
pub(crate) struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub submission: Uuid,
    pub item: String,
    pub answers: String,
}

impl ActiveModelBehavior for ActiveModel {}
