//! The database's own clock: the one that replicas share, and that a moved clock of the demo does not move.

use jiff::Timestamp;
use sea_orm::{
    ConnectionTrait, DbBackend, Statement,
    sea_query::{Expr, SimpleExpr},
};

use super::{Error, ReadTx, column};

const SQLITE: &str = "CAST(unixepoch('subsec') * 1000000 AS INTEGER)";
const POSTGRES: &str = "CAST(extract(epoch FROM clock_timestamp()) * 1000000 AS bigint)";

impl ReadTx {
    /// What time it is where the data is.
    pub async fn now(&self) -> Result<Timestamp, Error> {
        let backend = self.tx.get_database_backend();
        let row = self.tx.query_one_raw(Statement::from_string(backend, format!("SELECT {}", words(backend)))).await?;
        let row = row.ok_or_else(|| Error::Damaged("the database does not say what time it is".to_owned()))?;
        column::instant(row.try_get_by_index(0)?)
    }

    /// The same within a statement.
    pub(super) fn db_now(&self) -> SimpleExpr {
        Expr::cust(words(self.tx.get_database_backend()))
    }
}

fn words(backend: DbBackend) -> &'static str {
    if backend == DbBackend::Sqlite { SQLITE } else { POSTGRES }
}
