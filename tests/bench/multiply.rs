//! Many out of few: rows that the program wrote itself, copied with other ids, names and words by the database. What a row
//! looks like stays the program's to say, so that a store that was filled this way cannot differ from a grown one.

use std::ops::Range;

use sea_orm::{ConnectOptions, ConnectionTrait, Database, DatabaseConnection, DbBackend, Statement};

/// Submissions of one author.
const EACH: u64 = 100;

/// Tables with rows of a submission, and the column that names it.
const OF_A_SUBMISSION: [(&str, &str); 12] = [
    ("submission", "id"),
    ("submission_content", "submission"),
    ("event", "submission"),
    ("turn", "submission"),
    ("seat", "submission"),
    ("recusal", "submission"),
    ("named", "submission"),
    ("revision", "submission"),
    ("document", "submission"),
    ("ledger_entry", "submission"),
    ("mail", "about"),
    ("activity", "submission"),
];

/// A submission that is copied, which copies are its own among every twenty, and whose it is; ids in hex.
pub(crate) struct Original {
    pub(crate) submission: String,
    pub(crate) author: String,
    pub(crate) share: Range<u64>,
}

/// A database that is filled, with all the haste that is possible where nothing would be lost.
pub(crate) struct Filled {
    connection: DatabaseConnection,
}

impl Filled {
    pub(crate) async fn open(address: &str) -> Self {
        let options = ConnectOptions::new(address).max_connections(1).sqlx_logging(false).to_owned();
        let connection = Database::connect(options).await.expect("a connection");
        let hasty = match connection.get_database_backend() {
            DbBackend::Sqlite => {
                "PRAGMA synchronous = OFF; PRAGMA foreign_keys = OFF; PRAGMA busy_timeout = 600000; PRAGMA cache_size = -400000"
            }
            _ => "SET session_replication_role = replica; SET synchronous_commit = off",
        };
        connection.execute_unprepared(hasty).await.expect("a setting");
        Self { connection }
    }

    /// The only text of each row.
    pub(crate) async fn texts(&self, query: &str) -> Vec<String> {
        let query = Statement::from_string(self.connection.get_database_backend(), query);
        let rows = self.connection.query_all_raw(query).await.expect("rows");
        rows.iter().map(|row| row.try_get_by_index(0).expect("a text")).collect()
    }

    pub(crate) async fn run(&self, statement: &str) {
        self.connection.execute_unprepared(statement).await.expect(statement);
    }

    /// Copies with these numbers, each hundred by an author of its own. Their words are written by the next migration.
    pub(crate) async fn copy(&self, originals: &[Original], numbers: Range<u64>) {
        let dialect = Dialect(self.connection.get_database_backend());
        for original in originals {
            self.people(&original.author, numbers.start / EACH..numbers.end.div_ceil(EACH)).await;
            let author = dialect.id(&original.author);
            for (table, key) in OF_A_SUBMISSION {
                let columns = self.columns(table).await;
                let values: Vec<String> = columns.iter().map(|column| dialect.value(table, column, &author)).collect();
                let Range { start, end } = original.share;
                let (columns, values) = (columns.join(", "), values.join(", "));
                let (series, submission) = (dialect.series(&numbers), dialect.id(&original.submission));
                self.run(&format!(
                    "INSERT INTO {table} ({columns}) SELECT {values} FROM {table} p, {series} \
                     WHERE p.{key} = {submission} AND n.n % 20 >= {start} AND n.n % 20 < {end}"
                ))
                .await;
            }
        }
        // From here on the program has the rows found by words.
        self.run("DELETE FROM setting WHERE name = 'folding'").await;
    }

    /// Copies of a person with these numbers; those that are there stay.
    pub(crate) async fn people(&self, person: &str, numbers: Range<u64>) {
        let dialect = Dialect(self.connection.get_database_backend());
        let columns = self.columns("person").await;
        let values = columns.iter().map(|column| match column.as_str() {
            "id" => dialect.made("p.id", "n.n"),
            "email" => "n.n || '.' || p.email".to_owned(),
            // Not the words of titles: a search for some titles would find more authors, and all that is theirs, in a larger store.
            "name" | "name_key" => format!("p.{column} || ' no' || {}", dialect.padded()),
            column => format!("p.{column}"),
        });
        let (values, columns) = (values.collect::<Vec<_>>().join(", "), columns.join(", "));
        let (series, person) = (dialect.series(&numbers), dialect.id(person));
        self.run(&format!(
            "INSERT INTO person ({columns}) SELECT {values} FROM person p, {series} WHERE p.id = {person} ON CONFLICT DO NOTHING"
        ))
        .await;
    }

    async fn columns(&self, table: &str) -> Vec<String> {
        self.texts(&match self.connection.get_database_backend() {
            DbBackend::Sqlite => format!("SELECT name FROM pragma_table_info('{table}')"),
            _ => format!(
                "SELECT attname::text FROM pg_attribute WHERE attrelid = '{table}'::regclass AND attnum > 0 AND NOT attisdropped"
            ),
        })
        .await
    }

    pub(crate) async fn close(self) {
        self.connection.close().await.expect("an end");
    }
}

#[derive(Clone, Copy)]
struct Dialect(DbBackend);

impl Dialect {
    fn id(self, hex: &str) -> String {
        if self.0 == DbBackend::Sqlite { format!("X'{hex}'") } else { format!("'{hex}'::uuid") }
    }

    /// An id that is older than all that are made today, of a row and a number.
    fn made(self, id: &str, number: &str) -> String {
        const BASE: u64 = 0x0188_0000_0000_0000;
        match self.0 {
            DbBackend::Sqlite => format!("unhex(printf('%016x', {BASE} + {number}) || substr(hex({id}), 17))"),
            _ => {
                format!("(lpad(to_hex({BASE} + {number}), 16, '0') || substr(replace({id}::text, '-', ''), 17))::uuid")
            }
        }
    }

    fn series(self, numbers: &Range<u64>) -> String {
        let Range { start, end } = numbers;
        match self.0 {
            DbBackend::Sqlite => format!(
                "(WITH RECURSIVE n(n) AS (SELECT {start} UNION ALL SELECT n + 1 FROM n WHERE n + 1 < {end}) \
                 SELECT n FROM n WHERE n < {end}) n"
            ),
            _ => format!("generate_series({start}::bigint, {end}::bigint - 1) n(n)"),
        }
    }

    fn padded(self) -> &'static str {
        if self.0 == DbBackend::Sqlite { "printf('%07d', n.n)" } else { "lpad(n.n::text, 7, '0')" }
    }

    fn value(self, table: &str, column: &str, author: &str) -> String {
        let of_number = |column: &str| self.made(&format!("p.{column}"), "n.n");
        match (table, column) {
            (_, "id" | "submission" | "about" | "reverses") => of_number(column),
            (_, "submitter" | "person" | "uploaded_by") => {
                let theirs = self.made(&format!("p.{column}"), &format!("n.n / {EACH}"));
                format!("CASE WHEN p.{column} = {author} THEN {theirs} ELSE p.{column} END")
            }
            ("submission", "reference") => format!("'CP-2019-' || {}", self.padded()),
            // A word of its own, one of every hundredth, and the number.
            ("submission" | "activity", "title" | "title_key") => {
                format!("p.{column} || ' ' || {} || ' rotation' || (n.n % 100)", self.padded())
            }
            ("submission", "state_since") | ("turn", "since") => format!("p.{column} + n.n"),
            ("submission", "next_due") => "NULL".to_owned(),
            (_, "dedupe" | "blob_key") => format!("p.{column} || n.n"),
            _ => format!("p.{column}"),
        }
    }
}
