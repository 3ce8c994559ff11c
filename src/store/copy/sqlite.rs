//! Writing a SQLite file.

use std::{
    fs::{self, File},
    path::{Path, PathBuf},
    pin::pin,
};

use futures_util::{Stream, TryStreamExt};
use sea_orm::SqlxSqliteConnector;
use sqlx::{
    AssertSqlSafe, ConnectOptions, Connection, SqliteConnection,
    sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous},
};

use super::{
    super::{column, seal, seal::Seal, url::Place},
    Contents, Error, StoreUrl, catalogue,
    catalogue::Table,
    cell::{Cell, Row},
    contents, differs, make_schema,
};

/// How many values one statement takes; SQLite's own limit is 32,766.
const VALUES: usize = 8_000;
/// How many bytes one statement takes, about.
const BYTES: usize = 4 * 1024 * 1024;

/// A file that is being filled beside the place where it will be.
pub(super) struct Target {
    connection: SqliteConnection,
    beside: Beside,
    /// What was taken off while rows come.
    triggers: Vec<String>,
}

/// Copies a file into another as it was at one instant, while others write to it.
pub(super) async fn vacuum_into(from: &str, to: &Path, seal: Option<&Seal>) -> Result<Contents, Error> {
    let beside = Beside::of(to)?;
    let options = SqliteConnectOptions::new().filename(from).disable_statement_logging();
    let mut source = options.busy_timeout(std::time::Duration::from_mins(1)).connect().await?;
    sqlx::query("VACUUM INTO ?").bind(beside.text()?).execute(&mut source).await?;
    source.close().await?;
    let found = contents(&beside.url()?).await?;
    beside.put_in_place(seal).await?;
    Ok(found)
}

impl Target {
    /// Makes the file with its schema.
    pub(super) async fn make(file: &Path, steps: &[String]) -> Result<Self, Error> {
        let beside = Beside::of(file)?;
        // Nobody sees it before it is whole, so nothing has to be safe before.
        let options = SqliteConnectOptions::new()
            .filename(&beside.partial)
            .journal_mode(SqliteJournalMode::Off)
            .synchronous(SqliteSynchronous::Off)
            .foreign_keys(false)
            .disable_statement_logging();
        let pool = SqlitePoolOptions::new().max_connections(1).connect_with(options).await?;
        make_schema(&SqlxSqliteConnector::from_sqlx_sqlite_pool(pool.clone()), &[], steps).await?;
        let mut connection = pool.acquire().await?.detach();
        let triggers = "SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'";
        let triggers: Vec<(String, String)> = sqlx::query_as(triggers).fetch_all(&mut connection).await?;
        for (name, _) in &triggers {
            let drop = AssertSqlSafe(format!("DROP TRIGGER {}", catalogue::quoted(name)));
            sqlx::query(drop).execute(&mut connection).await?;
        }
        let triggers = triggers.into_iter().map(|(_, sql)| sql).collect();
        let mut target = Self { connection, beside, triggers };
        target.clear().await?;
        Ok(target)
    }

    /// Takes out what the steps of the schema put in by themselves: the source has it too, or had it.
    async fn clear(&mut self) -> Result<(), Error> {
        for table in self.tables().await?.iter().filter(|table| table.name != catalogue::STEPS) {
            let delete = AssertSqlSafe(format!("DELETE FROM {}", table.quoted()));
            sqlx::query(delete).execute(&mut self.connection).await?;
        }
        Ok(())
    }

    /// Its tables.
    pub(super) async fn tables(&mut self) -> Result<Vec<Table>, Error> {
        catalogue::of_sqlite(&mut self.connection).await
    }

    /// Writes the rows of a table.
    pub(super) async fn write(
        &mut self,
        table: &Table,
        rows: impl Stream<Item = Result<Row, Error>>,
    ) -> Result<(), Error> {
        let mut rows = pin!(rows);
        let (mut batch, mut bytes) = (Vec::new(), 0);
        sqlx::query("BEGIN").execute(&mut self.connection).await?;
        while let Some(row) = rows.try_next().await? {
            bytes += row.iter().map(Cell::size).sum::<usize>();
            batch.push(row);
            if (batch.len() + 1) * table.columns.len() > VALUES || bytes > BYTES {
                self.insert(table, std::mem::take(&mut batch)).await?;
                bytes = 0;
            }
        }
        if !batch.is_empty() {
            self.insert(table, batch).await?;
        }
        sqlx::query("COMMIT").execute(&mut self.connection).await?;
        Ok(())
    }

    async fn insert(&mut self, table: &Table, rows: Vec<Row>) -> Result<(), Error> {
        let one = format!("({})", vec!["?"; table.columns.len()].join(", "));
        let places = vec![one; rows.len()].join(", ");
        let insert = format!("INSERT INTO {} ({}) VALUES {places}", table.quoted(), table.list());
        let mut insert = sqlx::query(AssertSqlSafe(insert));
        for cell in rows.into_iter().flatten() {
            insert = match cell {
                Cell::Null => insert.bind(None::<i64>),
                Cell::Integer(number) => insert.bind(number),
                Cell::Text(text) => insert.bind(text),
                Cell::Bytes(bytes) => insert.bind(bytes),
            };
        }
        insert.execute(&mut self.connection).await?;
        Ok(())
    }

    /// Puts the file in its place, where it holds what was written and nothing refers to nothing.
    pub(super) async fn finish(mut self, written: &Contents, seal: Option<&Seal>) -> Result<(), Error> {
        for trigger in std::mem::take(&mut self.triggers) {
            sqlx::query(AssertSqlSafe(trigger)).execute(&mut self.connection).await?;
        }
        let dangling = "SELECT COUNT(*) FROM pragma_foreign_key_check";
        let dangling: i64 = sqlx::query_scalar(dangling).fetch_one(&mut self.connection).await?;
        if dangling > 0 {
            return Err(differs(&[format!("{dangling} rows refer to rows that are not there")]));
        }
        self.connection.close().await?;
        let differences = written.differences(&contents(&self.beside.url()?).await?);
        if !differences.is_empty() {
            return Err(differs(&differences));
        }
        self.beside.put_in_place(seal).await
    }
}

/// A file beside its place; gone where it is not put there.
struct Beside {
    partial: PathBuf,
    place: PathBuf,
    placed: bool,
}

impl Beside {
    /// Makes it, empty and for this user alone.
    fn of(place: &Path) -> Result<Self, Error> {
        let mut partial = place.as_os_str().to_owned();
        partial.push(".partial");
        let beside = Self { partial: partial.into(), place: place.to_owned(), placed: false };
        // Of a copy that was cut off.
        beside.remove().map_err(|error| beside.unusable(&error))?;
        let mut options = File::options();
        options.create_new(true).write(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        options.open(&beside.partial).map_err(|error| beside.unusable(&error))?;
        Ok(beside)
    }

    fn text(&self) -> Result<&str, Error> {
        let text = self.partial.to_str();
        text.ok_or_else(|| Error::Unusable(format!("{} is not UTF-8: choose another name", self.partial.display())))
    }

    fn url(&self) -> Result<StoreUrl, Error> {
        Ok(StoreUrl { place: Place::Sqlite(self.text()?.to_owned()), connections: 1 })
    }

    /// Makes it last on disk, then visible under its name; nobody serves it as long as it has a seal.
    async fn put_in_place(mut self, seal: Option<&Seal>) -> Result<(), Error> {
        if let Some(seal) = seal {
            let options = SqliteConnectOptions::new().filename(&self.partial).synchronous(SqliteSynchronous::Off);
            let mut connection = options.disable_statement_logging().connect().await?;
            let put = "INSERT OR REPLACE INTO setting (name, value) VALUES (?, ?)";
            sqlx::query(put).bind(seal::NAME).bind(column::to_json(seal)?).execute(&mut connection).await?;
            connection.close().await?;
        }
        let placed = || {
            File::open(&self.partial)?.sync_all()?;
            // What a file that is replaced had beside it would be taken for the new one's.
            for ending in ["-wal", "-shm"] {
                let mut beside = self.place.as_os_str().to_owned();
                beside.push(ending);
                gone(fs::remove_file(beside))?;
            }
            fs::rename(&self.partial, &self.place)?;
            match self.place.parent().filter(|folder| !folder.as_os_str().is_empty()) {
                Some(folder) => File::open(folder)?.sync_all(),
                None => File::open(".")?.sync_all(),
            }
        };
        placed().map_err(|error| self.unusable(&error))?;
        self.placed = true;
        Ok(())
    }

    fn remove(&self) -> std::io::Result<()> {
        for ending in ["", "-journal", "-wal", "-shm"] {
            let mut file = self.partial.as_os_str().to_owned();
            file.push(ending);
            gone(fs::remove_file(file))?;
        }
        Ok(())
    }

    fn unusable(&self, error: &std::io::Error) -> Error {
        Error::Unusable(format!("{} cannot be written: {error}", self.place.display()))
    }
}

impl Drop for Beside {
    fn drop(&mut self) {
        if !self.placed
            && let Err(error) = self.remove()
        {
            tracing::warn!(%error, file = %self.partial.display(), "A copy that was given up could not be removed");
        }
    }
}

/// It need not have been there.
fn gone(removed: std::io::Result<()>) -> std::io::Result<()> {
    match removed {
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(()),
        other => other,
    }
}
