//! Reading everything as it was at one instant.

use futures_util::{StreamExt, TryStreamExt, stream::BoxStream};
use sqlx::{
    AssertSqlSafe, ColumnIndex, ConnectOptions, Decode, PgConnection, SqliteConnection, Type,
    sqlite::SqliteConnectOptions,
};

use super::{
    super::{column, connect, url::Place},
    Error, StoreUrl,
    catalogue::{self, Column, Kind, STEPS, Table},
    cell::{Cell, Row},
};

/// A database that is read inside one transaction, which ends when this is dropped.
pub(super) enum Reader {
    Sqlite(SqliteConnection),
    Postgres(PgConnection),
}

impl Reader {
    /// Begins to read.
    pub(super) async fn open(url: &StoreUrl) -> Result<Self, Error> {
        match &url.place {
            Place::Sqlite(file) => {
                let mut connection =
                    SqliteConnectOptions::new().filename(file).disable_statement_logging().connect().await?;
                sqlx::query("BEGIN").execute(&mut connection).await?;
                Ok(Self::Sqlite(connection))
            }
            Place::Postgres(address) => {
                let mut connection = connect::patient(address).await?;
                let begin = "BEGIN TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY";
                sqlx::query(begin).execute(&mut connection).await?;
                Ok(Self::Postgres(connection))
            }
        }
    }

    /// The steps of the schema that were done, in order.
    pub(super) async fn steps(&mut self) -> Result<Vec<String>, Error> {
        if !self.tables().await?.iter().any(|table| table.name == STEPS) {
            return Err(Error::Unusable("there is no installation in this database".to_owned()));
        }
        let steps = "SELECT version FROM seaql_migrations ORDER BY version";
        Ok(match self {
            Self::Sqlite(connection) => sqlx::query_scalar(steps).fetch_all(connection).await?,
            Self::Postgres(connection) => sqlx::query_scalar(steps).fetch_all(connection).await?,
        })
    }

    /// Its tables.
    pub(super) async fn tables(&mut self) -> Result<Vec<Table>, Error> {
        match self {
            Self::Sqlite(connection) => catalogue::of_sqlite(connection).await,
            Self::Postgres(connection) => catalogue::of_postgres(connection).await,
        }
    }

    /// How many rows a table has.
    pub(super) async fn count(&mut self, table: &Table) -> Result<u64, Error> {
        let count = AssertSqlSafe(format!("SELECT COUNT(*) FROM {}", table.quoted()));
        let count: i64 = match self {
            Self::Sqlite(connection) => sqlx::query_scalar(count).fetch_one(connection).await?,
            Self::Postgres(connection) => sqlx::query_scalar(count).fetch_one(connection).await?,
        };
        column::number(count)
    }

    /// Key, size and SHA-256 of documents after one key, in the order of keys.
    pub(super) async fn bytes_after(&mut self, key: &str, limit: u16) -> Result<Vec<(String, i64, String)>, Error> {
        let select = "SELECT blob_key, size, sha256 FROM document WHERE blob_key > $1 AND standing = 'available' \
                      ORDER BY blob_key LIMIT $2";
        let limit = i64::from(limit);
        Ok(match self {
            Self::Sqlite(connection) => sqlx::query_as(select).bind(key).bind(limit).fetch_all(connection).await?,
            Self::Postgres(connection) => sqlx::query_as(select).bind(key).bind(limit).fetch_all(connection).await?,
        })
    }

    /// How many documents there are, and how many bytes they have together.
    pub(super) async fn bytes(&mut self) -> Result<(i64, i64), Error> {
        let select =
            "SELECT COUNT(*), CAST(COALESCE(SUM(size), 0) AS bigint) FROM document WHERE standing = 'available'";
        Ok(match self {
            Self::Sqlite(connection) => sqlx::query_as(select).fetch_one(connection).await?,
            Self::Postgres(connection) => sqlx::query_as(select).fetch_one(connection).await?,
        })
    }

    /// Every row of a table, as they come.
    pub(super) fn rows<'a>(&'a mut self, table: &'a Table) -> BoxStream<'a, Result<Row, Error>> {
        match self {
            Self::Sqlite(connection) => {
                let select = AssertSqlSafe(format!("SELECT {} FROM {}", table.list(), table.quoted()));
                let rows = sqlx::query(select).fetch(connection).map_err(Error::from);
                rows.and_then(|row| std::future::ready(cells(table, &row))).boxed()
            }
            Self::Postgres(connection) => of_server(connection, table),
        }
    }
}

/// Every row of a table of a server, read on a connection that may be in the middle of a change.
pub(super) fn of_server<'a>(connection: &'a mut PgConnection, table: &'a Table) -> BoxStream<'a, Result<Row, Error>> {
    let columns: Vec<String> = table.columns.iter().map(selected).collect();
    let select = AssertSqlSafe(format!("SELECT {} FROM {}", columns.join(", "), table.quoted()));
    let rows = sqlx::query(select).fetch(connection).map_err(Error::from);
    rows.and_then(|row| std::future::ready(cells(table, &row))).boxed()
}

/// How PostgreSQL gives a column as both databases know it.
fn selected(column: &Column) -> String {
    let name = catalogue::quoted(&column.name);
    match column.kind {
        Kind::Uuid => format!("uuid_send({name})"),
        Kind::Boolean => format!("{name}::int::bigint"),
        Kind::Text => format!("{name}::text"),
        Kind::Integer | Kind::Bytes | Kind::Other => name,
    }
}

/// The cells of a row, or which of them cannot be read.
fn cells<'r, R>(table: &Table, row: &'r R) -> Result<Row, Error>
where
    R: sqlx::Row,
    usize: ColumnIndex<R>,
    i64: Decode<'r, R::Database> + Type<R::Database>,
    String: Decode<'r, R::Database> + Type<R::Database>,
    Vec<u8>: Decode<'r, R::Database> + Type<R::Database>,
{
    let cell = |(at, column): (usize, &Column)| {
        let cell = match column.kind {
            Kind::Integer | Kind::Boolean => row.try_get(at).map(|value: Option<i64>| value.map(Cell::Integer)),
            Kind::Text => row.try_get(at).map(|value: Option<String>| value.map(Cell::Text)),
            // What cannot be copied is not read either.
            Kind::Bytes | Kind::Uuid | Kind::Other => {
                row.try_get(at).map(|value: Option<Vec<u8>>| value.map(Cell::Bytes))
            }
        };
        let unread = |error| Error::Damaged(format!("{}.{} cannot be read: {error}", table.name, column.name));
        Ok(cell.map_err(unread)?.unwrap_or(Cell::Null))
    };
    table.columns.iter().enumerate().map(cell).collect()
}
