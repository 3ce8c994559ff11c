//! Holding the sweep: as long as somebody copies documents, none is deleted, by any replica.

use jiff::{SignedDuration, Timestamp};
use sea_orm::{ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder, sea_query::OnConflict};

use super::{Error, ReadTx, Tx, column, entity::sweep_hold as table};
use crate::model::Hold;

impl ReadTx {
    /// Who holds the sweep now; the one who does so longest first.
    pub async fn sweep_holds(&self) -> Result<Vec<Hold>, Error> {
        let rows = table::Entity::find()
            .filter(table::Column::Until.gt(column::micros(self.now().await?)))
            .order_by_desc(table::Column::Until)
            .all(&self.tx)
            .await?;
        rows.into_iter().map(|row| Ok(Hold { name: row.name, until: column::instant(row.until)? })).collect()
    }
}

impl Tx {
    /// Holds the sweep from now on; again with the same name makes it longer or shorter. Gives until when.
    pub async fn hold_sweep(&self, name: &str, duration: SignedDuration) -> Result<Timestamp, Error> {
        let until = self.now().await?.saturating_add(duration).unwrap_or(Timestamp::MAX);
        let row = table::Model { name: name.to_owned(), until: column::micros(until) };
        let again = OnConflict::column(table::Column::Name).update_column(table::Column::Until).to_owned();
        table::Entity::insert(row.into_active_model()).on_conflict(again).exec_without_returning(&self.tx).await?;
        Ok(until)
    }

    /// Lets the sweep go on; whether this name held it.
    pub async fn release_sweep(&self, name: &str) -> Result<bool, Error> {
        Ok(table::Entity::delete_by_id(name.to_owned()).exec(&self.tx).await?.rows_affected > 0)
    }
}
