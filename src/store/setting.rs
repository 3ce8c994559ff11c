//! Settings that live with the data, as JSON by key.

use sea_orm::{EntityTrait, IntoActiveModel, sea_query::OnConflict};
use serde::{Serialize, de::DeserializeOwned};
use uuid::Uuid;

use super::{Error, ReadTx, Tx, column, entity::setting as table};

/// The name of the installation, which the place for documents has too.
const INSTALLATION: &str = "installation";

impl ReadTx {
    /// The installation that this is the database of; none before its first start.
    pub async fn installation(&self) -> Result<Option<Uuid>, Error> {
        self.setting(INSTALLATION).await
    }

    /// A setting; [`Error::Damaged`] where it is not of the type asked for.
    pub async fn setting<T: DeserializeOwned>(&self, key: &str) -> Result<Option<T>, Error> {
        let row = table::Entity::find_by_id(key.to_owned()).one(&self.tx).await?;
        row.map(|row| column::from_json(&row.value)).transpose()
    }
}

impl Tx {
    /// Gives the installation a name, unless it has one; gives the one it has.
    pub async fn name_installation(&self, id: Uuid) -> Result<Uuid, Error> {
        let row = table::Model { name: INSTALLATION.to_owned(), value: column::to_json(&id)? };
        let known = OnConflict::column(table::Column::Name).do_nothing().to_owned();
        table::Entity::insert(row.into_active_model()).on_conflict(known).exec_without_returning(&self.tx).await?;
        self.installation().await?.ok_or(Error::Stale)
    }

    /// Sets a setting.
    pub async fn set_setting<T: Serialize + Sync>(&self, key: &str, value: &T) -> Result<(), Error> {
        let row = table::Model { name: key.to_owned(), value: column::to_json(value)? };
        let again = OnConflict::column(table::Column::Name).update_column(table::Column::Value).to_owned();
        table::Entity::insert(row.into_active_model()).on_conflict(again).exec_without_returning(&self.tx).await?;
        Ok(())
    }

    /// Removes a setting.
    pub async fn clear_setting(&self, key: &str) -> Result<(), Error> {
        table::Entity::delete_by_id(key.to_owned()).exec(&self.tx).await?;
        Ok(())
    }
}
