//! A database for one test: SQLite, or PostgreSQL where `TEST_DATABASE_URL` names a server.

use std::{
    collections::{BTreeMap, BTreeSet},
    env, fs,
    path::PathBuf,
    time::{Duration, SystemTime},
};

use imprimatur::{
    clock::new_id,
    store::{ReadTx, Store, StoreUrl, Tx},
};
use sea_orm::{ConnectOptions, ConnectionTrait, DatabaseConnection, DbErr, Statement};
use tokio::time::sleep;

/// A migrated database of its own, gone after the test.
pub(crate) struct Database {
    /// Open for serving.
    pub(crate) store: Store,
    /// Where it is.
    pub(crate) url: StoreUrl,
    /// The same as text, with everything in it.
    pub(crate) address: String,
    place: Place,
}

enum Place {
    Folder(PathBuf),
    Server { admin: String, name: String },
}

/// What a new database has in it.
#[derive(Clone, Copy)]
enum Content {
    Nothing,
    Schema,
}

/// A migrated database.
pub(crate) async fn fresh() -> Database {
    with_connections(10).await
}

/// A migrated database of which the house has at most so many connections, where it is a server.
pub(crate) async fn with_connections(connections: u32) -> Database {
    let database = made(Content::Schema, connections).await;
    database.store.migrate().await.expect("the schema");
    database
}

/// A migrated database in SQLite, whatever server there is.
pub(crate) async fn in_sqlite() -> Database {
    let database = in_folder(10).await;
    database.store.migrate().await.expect("the schema");
    database
}

/// A database without a schema.
pub(crate) async fn empty() -> Database {
    made(Content::Nothing, 10).await
}

/// The address of another database of a server.
fn beside(admin: &str, name: &str) -> String {
    format!("{}/{name}", admin.rsplit_once('/').expect("a server").0)
}

/// A migrated database of a server that tests copy, made by the first of them that needs it: copying one takes a fraction of
/// what migrating takes. It belongs to this build of the tests.
async fn template(admin: &str) -> String {
    const MAKING: i64 = 0x0001_3C0F_FEE0;
    let program = fs::metadata(env::current_exe().expect("a program")).expect("a program");
    let built = program.modified().expect("a time").duration_since(SystemTime::UNIX_EPOCH).expect("a time");
    let name = format!("imprimatur_template_{}", built.as_nanos());
    let mut one = ConnectOptions::new(admin);
    let alone = sea_orm::Database::connect(one.max_connections(1).to_owned()).await.expect("a connection");
    alone.execute_unprepared(&format!("SELECT pg_advisory_lock({MAKING})")).await.expect("a turn");
    let known = texts(&alone, "SELECT datname::text FROM pg_database WHERE datname LIKE 'imprimatur_template%'").await;
    if !known.contains(&name) {
        for old in &known {
            alone.execute_unprepared(&format!("DROP DATABASE {old} WITH (FORCE)")).await.expect("one less");
        }
        let new = "imprimatur_template_new";
        alone.execute_unprepared(&format!("CREATE DATABASE {new}")).await.expect("a database");
        let store = Store::connect(&beside(admin, new).parse().expect("an address")).await.expect("a store");
        store.migrate().await.expect("the schema");
        store.close().await.expect("an end");
        // The server takes a moment to see that everybody has left.
        while alone.execute_unprepared(&format!("ALTER DATABASE {new} RENAME TO {name}")).await.is_err() {
            sleep(Duration::from_millis(50)).await;
        }
    }
    alone.close().await.expect("an end");
    name
}

async fn made(content: Content, connections: u32) -> Database {
    let Ok(admin) = env::var("TEST_DATABASE_URL") else { return in_folder(connections).await };
    let name = format!("imprimatur_{}", new_id().simple());
    let template = match content {
        Content::Nothing => "template1".to_owned(),
        Content::Schema => template(&admin).await,
    };
    run(&admin, &format!("CREATE DATABASE {name} TEMPLATE {template}")).await.expect("a database");
    let address = beside(&admin, &name);
    opened(Place::Server { admin, name }, address, connections).await
}

async fn in_folder(connections: u32) -> Database {
    let folder = env::temp_dir().join(format!("imprimatur-{}", new_id()));
    fs::create_dir(&folder).expect("a folder");
    let address = format!("sqlite://{}/test.db", folder.display());
    opened(Place::Folder(folder), address, connections).await
}

async fn opened(place: Place, address: String, connections: u32) -> Database {
    let url = address.parse::<StoreUrl>().expect("an address").with_connections(connections);
    let store = Store::connect(&url).await.expect("a store");
    Database { store, url, address, place }
}

impl Database {
    /// Whether it is SQLite.
    pub(crate) fn is_sqlite(&self) -> bool {
        matches!(self.place, Place::Folder(_))
    }

    /// Begins a change.
    pub(crate) async fn begin(&self) -> Tx {
        self.store.begin().await.expect("a change")
    }

    /// Begins a look.
    pub(crate) async fn view(&self) -> ReadTx {
        self.store.view().await.expect("a look")
    }

    /// Runs a statement past the store, as an intruder would.
    pub(crate) async fn run(&self, statement: &str) -> Result<(), DbErr> {
        run(&self.address, statement).await
    }

    /// Every row of every table as text, to see that nothing was changed. Left out is what tells of asking itself: attempts to sign in
    /// are counted, and who signs in, is refused or opens a file stands in the trail.
    pub(crate) async fn dump(&self) -> BTreeMap<String, Vec<String>> {
        let connection = self.connection().await;
        let texts = async |query: String| texts(&connection, &query).await;
        let tables = if self.is_sqlite() {
            "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
        } else {
            "SELECT table_name::text FROM information_schema.tables WHERE table_schema = 'public'"
        };
        let mut dump = BTreeMap::new();
        for table in texts(tables.to_owned()).await {
            if table == "throttle" {
                continue;
            }
            let only = if table == "log" { "WHERE kind = 'change'" } else { "" };
            let rows = if self.is_sqlite() {
                let columns =
                    texts(format!("SELECT 'quote(\"' || name || '\")' FROM pragma_table_info('{table}')")).await;
                format!("SELECT {} FROM \"{table}\" {only} ORDER BY 1", columns.join(" || ' ' || "))
            } else {
                format!("SELECT row_to_json(r)::text FROM \"{table}\" r {only} ORDER BY 1")
            };
            let rows = texts(rows).await;
            dump.insert(table, rows);
        }
        connection.close().await.expect("an end");
        dump
    }

    /// Where a word stands, as `table.column`: in any column of any table, in bytes too, whatever the case.
    pub(crate) async fn places(&self, word: &str) -> BTreeSet<String> {
        let connection = self.connection().await;
        let texts = async |query: String| texts(&connection, &query).await;
        let columns = if self.is_sqlite() {
            "SELECT t.name || '.' || c.name FROM sqlite_master t, pragma_table_info(t.name) c WHERE t.type = 'table'"
        } else {
            "SELECT table_name || '.' || column_name || '.' || data_type FROM information_schema.columns \
             WHERE table_schema = 'public'"
        };
        let mut places = BTreeSet::new();
        for column in texts(columns.to_owned()).await {
            let mut parts = column.split('.');
            let (table, name) = (parts.next().expect("a table"), parts.next().expect("a column"));
            let text = match parts.next() {
                None => format!("CAST(\"{name}\" AS TEXT)"),
                Some("bytea") => format!("encode(\"{name}\", 'escape')"),
                Some(_) => format!("\"{name}\"::text"),
            };
            let found = format!("SELECT 'x' FROM \"{table}\" WHERE lower({text}) LIKE '%{word}%' LIMIT 1");
            if !texts(found).await.is_empty() {
                places.insert(format!("{table}.{name}"));
            }
        }
        connection.close().await.expect("an end");
        places
    }

    /// A connection past the store.
    async fn connection(&self) -> DatabaseConnection {
        sea_orm::Database::connect(&self.address).await.expect("a connection")
    }

    /// The only text of every row of a query, asked past the store.
    pub(crate) async fn texts(&self, query: &str) -> Vec<String> {
        let connection = self.connection().await;
        let texts = texts(&connection, query).await;
        connection.close().await.expect("an end");
        texts
    }

    /// The only number of a query, asked past the store.
    pub(crate) async fn count(&self, query: &str) -> i64 {
        let connection = self.connection().await;
        let statement = Statement::from_string(connection.get_database_backend(), query);
        let row = connection.query_one_raw(statement).await.expect("a row").expect("a row");
        connection.close().await.expect("an end");
        row.try_get_by_index(0).expect("a number")
    }

    /// Lets an intruder change what only grows.
    pub(crate) async fn unlock(&self, table: &str) {
        let statements = if self.is_sqlite() {
            format!("DROP TRIGGER {table}_no_UPDATE; DROP TRIGGER {table}_no_DELETE")
        } else {
            format!("DROP TRIGGER {table}_append_only ON {table}")
        };
        self.run(&statements).await.expect("no trigger");
    }
}

async fn texts(connection: &DatabaseConnection, query: &str) -> Vec<String> {
    let rows = connection.query_all_raw(Statement::from_string(connection.get_database_backend(), query));
    rows.await.expect("rows").iter().map(|row| row.try_get_by_index(0).expect("a text")).collect()
}

/// Nothing was changed between two dumps.
#[track_caller]
pub(crate) fn assert_same(before: &BTreeMap<String, Vec<String>>, after: &BTreeMap<String, Vec<String>>) {
    for (table, rows) in after {
        let new: Vec<&String> = rows.iter().filter(|row| !before[table].contains(row)).collect();
        let gone: Vec<&String> = before[table].iter().filter(|row| !rows.contains(row)).collect();
        assert!(new.is_empty() && gone.is_empty(), "{table} was changed\nnew: {new:#?}\ngone: {gone:#?}");
        assert_eq!(rows.len(), before[table].len(), "{table}");
    }
}

/// Runs a statement past the store.
pub(crate) async fn run(address: &str, statement: &str) -> Result<(), DbErr> {
    let connection: DatabaseConnection = sea_orm::Database::connect(address).await?;
    let done = connection.execute_unprepared(statement).await;
    connection.close().await?;
    done.map(|_| ())
}

impl Drop for Database {
    fn drop(&mut self) {
        match &self.place {
            Place::Folder(folder) => {
                let _gone_or_in_the_way_of_nobody = fs::remove_dir_all(folder);
            }
            Place::Server { admin, name } => {
                let (admin, drop) = (admin.clone(), format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)"));
                let dropped = std::thread::spawn(move || {
                    let runtime =
                        tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
                    runtime.block_on(run(&admin, &drop))
                });
                let _left_for_the_server_to_throw_away = dropped.join();
            }
        }
    }
}
