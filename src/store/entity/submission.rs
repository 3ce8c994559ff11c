//! Table `submission`.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "submission")]
pub(crate) struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub workflow: String,
    pub definition: String,
    pub reference: String,
    pub title: String,
    pub title_key: String,
    pub submitter: Uuid,
    pub state: String,
    pub state_since: i64,
    pub life: String,
    pub unstaffed: bool,
    pub unassigned: bool,
    pub away: bool,
    pub due: i64,
    pub next_due: Option<i64>,
    pub version: i64,
    pub sequence: i64,
    pub begun_at: i64,
    pub updated_at: i64,
    pub sent_at: Option<i64>,
    pub discarded_at: Option<i64>,
}

impl ActiveModelBehavior for ActiveModel {}
