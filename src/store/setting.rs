//! Settings that live with the data, as JSON by key.

use serde::{Serialize, de::DeserializeOwned};

use super::{Error, Tx, View};

impl View {
    /// A setting; [`Error::Damaged`] where it is not of the type asked for.
    pub async fn setting<T: DeserializeOwned>(&self, key: &str) -> Result<Option<T>, Error> {
        todo!()
    }
}

impl Tx {
    /// Sets a setting.
    pub async fn set_setting<T: Serialize + Sync>(&self, key: &str, value: &T) -> Result<(), Error> {
        todo!()
    }
    /// Removes a setting.
    pub async fn clear_setting(&self, key: &str) -> Result<(), Error> {
        todo!()
    }
}
