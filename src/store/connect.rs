//! Opening the two databases so that they keep what they promise.

use std::{
    fs::{File, TryLockError},
    io,
    path::PathBuf,
    sync::Arc,
    time::Duration,
};

use sea_orm::{DatabaseConnection, SqlxPostgresConnector, SqlxSqliteConnector};
use sqlx::{
    ConnectOptions, Connection, PgConnection, Row, SqliteConnection,
    postgres::{PgConnectOptions, PgPoolOptions},
    sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous},
};
use tokio::time::timeout;

use super::{
    Error,
    held::Held,
    pulse::{GONE, Pulse, usable},
};

/// Why a store is opened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Purpose {
    /// To serve.
    Serve,
    /// To look, beside a server that may be running.
    Inspect,
    /// To put a small thing right, beside a server that may be running.
    Mend,
    /// To say that it was moved, by whoever holds the lock of a server.
    Move,
}

impl Purpose {
    /// How long to wait for what somebody else holds: whoever sends a request does not wait as long as whoever types a
    /// command.
    fn patience(self) -> Duration {
        if self == Self::Serve { HELD } else { Duration::from_secs(10) }
    }
}

/// The connections of an open store.
#[derive(Clone, Debug)]
pub(super) struct Connections {
    /// For changes; none where it was opened for looking.
    pub(super) writer: Option<DatabaseConnection>,
    /// For looking.
    pub(super) reader: DatabaseConnection,
    /// Closed last and alone: two SQLite connections that close at once each leave the files beside the database to the
    /// other, with the rights that it had.
    pub(super) last: DatabaseConnection,
    /// Whether what changes wait for is held by somebody else.
    pub(super) held: Held,
    /// Whether the server lives; none where the database is a file.
    pub(super) pulse: Option<Pulse>,
    /// Held as long as the store is open: no second server on the same file.
    _lock: Option<Arc<File>>,
}

/// The oldest SQLite without a bug that can corrupt a write-ahead log with several connections.
const SQLITE_AT_LEAST: (u32, u32, u32) = (3, 51, 3);
/// How long a request waits for a connection before the store counts as unavailable.
const ACQUIRE: Duration = Duration::from_secs(10);
/// How long a server waits for what somebody else holds. Longer than PostgreSQL takes to find that two wait for each other,
/// a second.
const HELD: Duration = Duration::from_millis(1100);
const READERS: u32 = 4;

/// How PostgreSQL plans. Every statement has an index in the order of its answer; a plan that reads and sorts everything
/// instead is never the better one here, however young or old the statistics are that make it look cheap.
pub const PLANNING: [(&str, &str); 6] = [
    ("enable_seqscan", "off"),
    ("enable_bitmapscan", "off"),
    ("enable_hashjoin", "off"),
    ("enable_mergejoin", "off"),
    // Several processors for one request would be taken from the others, and make reading everything look cheap.
    ("max_parallel_workers_per_gather", "0"),
    // A plan that had no other way counts as so dear that compiling it would seem worth while.
    ("jit", "off"),
];

/// Opens a file: one connection that writes, several that only read.
pub(super) async fn sqlite(path: &str, purpose: Purpose) -> Result<Connections, Error> {
    let lock = if purpose == Purpose::Serve { Some(Arc::new(lock(path)?)) } else { None };
    let options = SqliteConnectOptions::new()
        .filename(path)
        .journal_mode(SqliteJournalMode::Wal)
        // NORMAL would lose acknowledged changes when the power fails.
        .synchronous(SqliteSynchronous::Full)
        .foreign_keys(true)
        // What is deleted is overwritten, and not only marked free: letters, links, answers, a person.
        .pragma("secure_delete", "ON")
        .busy_timeout(purpose.patience());
    let pool = || {
        SqlitePoolOptions::new()
            .acquire_timeout(ACQUIRE)
            .idle_timeout(None)
            .max_lifetime(None)
            .after_connect(move |connection, _| {
                let checked = async move {
                    let why = check(connection, purpose.patience()).await;
                    why.map_err(|why| sqlx::Error::Configuration(why.into()))
                };
                Box::pin(checked)
            })
            // When SQLite has rolled back by itself, sqlx 0.9 still counts the transaction: its next one would be a
            // savepoint, committed into nothing. Asked before as well, because that is what must never happen.
            .after_release(|connection, _| Box::pin(async move { Ok(free(connection).await) }))
            .before_acquire(|connection, _| Box::pin(async move { Ok(counted_free(connection)) }))
    };
    let looking = options.clone().pragma("query_only", "ON");
    let only = match purpose {
        Purpose::Inspect => looking.clone(),
        // First: it makes the file and its write-ahead log.
        Purpose::Serve | Purpose::Mend | Purpose::Move => options.create_if_missing(purpose == Purpose::Serve),
    };
    let last = SqlxSqliteConnector::from_sqlx_sqlite_pool(pool().max_connections(1).connect_with(only).await?);
    let reader =
        SqlxSqliteConnector::from_sqlx_sqlite_pool(pool().max_connections(READERS).connect_with(looking).await?);
    let writer = (purpose != Purpose::Inspect).then(|| last.clone());
    Ok(Connections { writer, reader, last, held: Held::default(), pulse: None, _lock: lock })
}

/// Opens a database server.
pub(super) async fn postgres(url: &str, connections: u32, purpose: Purpose) -> Result<Connections, Error> {
    let patience = purpose.patience().as_millis().to_string();
    let options = url
        .parse::<PgConnectOptions>()?
        .options([
            ("idle_in_transaction_session_timeout", "60000"),
            ("lock_timeout", patience.as_str()),
            // What nobody waits for any more ends too.
            ("statement_timeout", "60000"),
        ])
        .options(PLANNING)
        .application_name("imprimatur");
    let pulse = Pulse::of(options.clone());
    let pool = PgPoolOptions::new()
        .max_connections(connections)
        .acquire_timeout(ACQUIRE)
        .test_before_acquire(false)
        .before_acquire(|connection, _| {
            // A BEGIN whose caller went away can leave its transaction open (sqlx 0.9.0): within one, its start and
            // the statement's differ. Such a connection is thrown away; the statement also proves it alive.
            Box::pin(async move {
                let asked = sqlx::raw_sql("SELECT now() = statement_timestamp()").fetch_one(connection);
                timeout(GONE, asked).await.unwrap_or_else(|late| Err(io::Error::from(late).into()))?.try_get(0)
            })
        })
        .after_release(|connection, _| Box::pin(usable(connection)))
        .connect_with(options)
        .await?;
    let reader = SqlxPostgresConnector::from_sqlx_postgres_pool(pool);
    let writer = (purpose != Purpose::Inspect).then(|| reader.clone());
    let last = reader.clone();
    Ok(Connections { writer, reader, last, held: Held::default(), pulse: Some(pulse), _lock: None })
}

/// A connection to a server that may stay silent for as long as the other side of a copy needs.
pub(super) async fn patient(url: &str) -> Result<PgConnection, Error> {
    let patience =
        [("idle_in_transaction_session_timeout", "0"), ("statement_timeout", "0"), ("lock_timeout", "10000")];
    let options = url.parse::<PgConnectOptions>()?.options(patience).application_name("imprimatur copy");
    Ok(options.disable_statement_logging().connect().await?)
}

/// Locks the file beside the database; the system unlocks it when the process ends, however it ends.
pub(super) fn lock(path: &str) -> Result<File, Error> {
    let beside = PathBuf::from(format!("{path}.lock"));
    let unusable = |error: &io::Error| {
        let why = format!("{} cannot be locked ({error}): check the folder and its rights", beside.display());
        match error.kind() {
            io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => Error::Full(why),
            io::ErrorKind::ReadOnlyFilesystem => Error::ReadOnly(why),
            _ => Error::Unusable(why),
        }
    };
    let file =
        File::options().create(true).truncate(false).write(true).open(&beside).map_err(|error| unusable(&error))?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(TryLockError::WouldBlock) => Err(Error::InUse(path.to_owned())),
        Err(TryLockError::Error(error)) => Err(unusable(&error)),
    }
}

/// Whether a connection is outside of any transaction, by what SQLite says and by what sqlx counts. SQLite begins none within
/// another; this one touches no file.
async fn free(connection: &mut SqliteConnection) -> bool {
    match sqlx::raw_sql("BEGIN; ROLLBACK").execute(&mut *connection).await {
        Ok(_) => counted_free(connection),
        Err(error) => {
            tracing::error!(cause = %error, "A connection was left inside a transaction and is closed");
            false
        }
    }
}

fn counted_free(connection: &SqliteConnection) -> bool {
    let free = !connection.is_in_transaction();
    if !free {
        tracing::error!(
            cause = "SQLite undid a transaction by itself, as it does when a disk is full or fails",
            "A connection whose transaction did not end as it should is closed"
        );
    }
    free
}

/// Asks a new connection whether it is set as it must be.
async fn check(connection: &mut SqliteConnection, patience: Duration) -> Result<(), String> {
    let version: String = one(connection, "SELECT sqlite_version()").await?;
    let mut parts = version.split('.').map(|part| part.parse().unwrap_or(0));
    let mut part = || parts.next().unwrap_or(0);
    if (part(), part(), part()) < SQLITE_AT_LEAST {
        return Err(format!("SQLite {version} is too old: 3.51.3 or newer is needed"));
    }
    let journal: String = one(connection, "PRAGMA journal_mode").await?;
    if journal != "wal" {
        return Err(format!("the journal is {journal} and not wal: keep the database on a local disk"));
    }
    let wanted = [
        ("PRAGMA synchronous", 2),
        ("PRAGMA foreign_keys", 1),
        ("PRAGMA secure_delete", 1),
        ("PRAGMA busy_timeout", patience.as_millis()),
    ];
    for (pragma, expected) in wanted {
        let found: i64 = one(connection, pragma).await?;
        if u128::try_from(found) != Ok(expected) {
            return Err(format!("{pragma} is {found} and not {expected}"));
        }
    }
    Ok(())
}

/// The only value of a statement.
async fn one<T>(connection: &mut SqliteConnection, statement: &'static str) -> Result<T, String>
where
    T: for<'r> sqlx::Decode<'r, sqlx::Sqlite> + sqlx::Type<sqlx::Sqlite> + Send + Unpin,
{
    sqlx::query_scalar(statement).fetch_one(connection).await.map_err(|error| error.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    async fn checked(options: SqliteConnectOptions) -> Result<(), String> {
        let file = std::env::temp_dir().join(format!("imprimatur-{}.db", crate::clock::new_id()));
        let options = options.filename(&file).create_if_missing(true);
        let mut connection = SqliteConnection::connect_with(&options).await.expect("a connection");
        let outcome = check(&mut connection, HELD).await;
        connection.close().await.expect("closed");
        std::fs::remove_file(file).expect("removed");
        outcome
    }

    fn sound() -> SqliteConnectOptions {
        let options = SqliteConnectOptions::new().journal_mode(SqliteJournalMode::Wal);
        let options = options.synchronous(SqliteSynchronous::Full).foreign_keys(true);
        options.pragma("secure_delete", "ON").busy_timeout(HELD)
    }

    async fn a_store() -> (tempfile::TempDir, Connections) {
        let folder = tempfile::tempdir().expect("a folder");
        let file = folder.path().join("some.db");
        let opened = sqlite(file.to_str().expect("a path"), Purpose::Serve).await.expect("a store");
        let pool = writer(&opened);
        sqlx::query("CREATE TABLE word (word TEXT)").execute(&pool).await.expect("a table");
        (folder, opened)
    }

    fn writer(opened: &Connections) -> sqlx::SqlitePool {
        opened.writer.as_ref().expect("a writer").get_sqlite_connection_pool().clone()
    }

    async fn words(opened: &Connections) -> i64 {
        let reader = opened.reader.get_sqlite_connection_pool();
        sqlx::query_scalar("SELECT count(*) FROM word").fetch_one(reader).await.expect("a number")
    }

    #[tokio::test]
    async fn a_transaction_that_sqlite_ended_by_itself_harms_no_later_one() {
        let (_folder, opened) = a_store().await;
        let pool = writer(&opened);
        let failed = pool.begin().await.expect("a transaction");
        let mut failed = failed;
        // As SQLite does by itself when a disk is full; sqlx does not notice.
        sqlx::raw_sql("ROLLBACK").execute(&mut *failed).await.expect("undone");
        drop(failed);
        for count in 1..4 {
            let mut next = pool.begin().await.expect("a transaction");
            sqlx::query("INSERT INTO word VALUES ('kept')").execute(&mut *next).await.expect("a word");
            next.commit().await.expect("kept");
            assert_eq!(words(&opened).await, count);
        }
    }

    #[tokio::test]
    async fn a_transaction_that_sqlx_does_not_count_harms_no_later_one() {
        let (_folder, opened) = a_store().await;
        let pool = writer(&opened);
        let mut left = pool.acquire().await.expect("a connection");
        sqlx::raw_sql("BEGIN IMMEDIATE").execute(&mut *left).await.expect("begun");
        drop(left);
        sqlx::query("INSERT INTO word VALUES ('kept')").execute(&pool).await.expect("a word");
        assert_eq!(words(&opened).await, 1);
    }

    #[tokio::test]
    async fn a_sound_connection_is_kept() {
        let (_folder, opened) = a_store().await;
        let pool = writer(&opened);
        sqlx::query("CREATE TEMP TABLE mark (word TEXT)").execute(&pool).await.expect("a mark of this connection");
        for end in ["commit", "rollback", "drop"] {
            let tx = pool.begin().await.expect("a transaction");
            match end {
                "commit" => tx.commit().await.expect("an end"),
                "rollback" => tx.rollback().await.expect("an end"),
                _ => drop(tx),
            }
            sqlx::query("SELECT * FROM mark").fetch_all(&pool).await.expect(end);
        }
    }

    #[tokio::test]
    async fn a_connection_that_would_break_a_promise_is_refused() {
        assert_eq!(checked(sound()).await, Ok(()));
        for (options, word) in [
            (sound().journal_mode(SqliteJournalMode::Delete), "journal"),
            (sound().synchronous(SqliteSynchronous::Normal), "synchronous"),
            (sound().foreign_keys(false), "foreign_keys"),
            (sound().pragma("secure_delete", "OFF"), "secure_delete"),
            (sound().busy_timeout(Duration::from_secs(5)), "busy_timeout"),
        ] {
            let refused = checked(options).await.expect_err(word);
            assert!(refused.contains(word), "{refused}");
        }
    }
}
