//! What an operator wants to know of the store: how full its pools are, and what waits.

use sea_orm::{ConnectionTrait, DbBackend, Statement};

use super::{Error, ReadTx, Store, column};
use crate::model::Waiting;

/// Beyond so many nobody counts on: what waits is read, not kept as a number.
const MOST: u32 = 10_000;

/// How full a pool of connections is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pool {
    /// What it is for.
    pub name: &'static str,
    /// Connections that are open.
    pub open: u32,
    /// Those of them that nobody uses.
    pub idle: u32,
    /// Most that there may be.
    pub most: u32,
}

impl Store {
    /// How full the pools are.
    #[must_use]
    pub fn pools(&self) -> Vec<Pool> {
        let connections = &self.connections;
        let pool = |name, open, idle: usize, most| Pool { name, open, idle: u32::try_from(idle).unwrap_or(open), most };
        if connections.reader.get_database_backend() == DbBackend::Postgres {
            let all = connections.reader.get_postgres_connection_pool();
            return vec![pool("all", all.size(), all.num_idle(), all.options().get_max_connections())];
        }
        let reading = connections.reader.get_sqlite_connection_pool();
        let mut pools =
            vec![pool("reader", reading.size(), reading.num_idle(), reading.options().get_max_connections())];
        if let Some(writer) = &connections.writer {
            let writing = writer.get_sqlite_connection_pool();
            pools.push(pool("writer", writing.size(), writing.num_idle(), writing.options().get_max_connections()));
        }
        pools
    }
}

impl ReadTx {
    /// Jobs that are not done, by kind; the first ten thousand.
    pub async fn waiting(&self) -> Result<Vec<Waiting>, Error> {
        let statement = format!(
            "SELECT kind, count(*), min(run_at) FROM (SELECT kind, run_at FROM job \
             WHERE done_at IS NULL AND failed_at IS NULL ORDER BY run_at, id LIMIT {MOST}) AS ahead GROUP BY kind"
        );
        let rows = self.tx.query_all_raw(Statement::from_string(self.tx.get_database_backend(), statement)).await?;
        let read = |row: &sea_orm::QueryResult| -> Result<Waiting, Error> {
            Ok(Waiting {
                kind: row.try_get_by_index(0)?,
                jobs: column::number(row.try_get_by_index::<i64>(1)?)?,
                first: column::instant(row.try_get_by_index(2)?)?,
            })
        };
        rows.iter().map(read).collect()
    }

    /// Letters that were not sent yet; at most ten thousand are counted.
    pub async fn unsent_letters(&self) -> Result<u64, Error> {
        let statement = format!(
            "SELECT count(*) FROM (SELECT id FROM mail WHERE sent_at IS NULL AND dropped_at IS NULL \
             ORDER BY queued_at, id LIMIT {MOST}) AS ahead"
        );
        let statement = Statement::from_string(self.tx.get_database_backend(), statement);
        let row = self.tx.query_one_raw(statement).await?;
        let letters = row.map_or(Ok(0), |row| row.try_get_by_index::<i64>(0))?;
        column::number(letters)
    }
}
