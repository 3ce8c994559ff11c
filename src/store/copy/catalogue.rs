//! The tables of a database, out of its own catalogue.

use sqlx::{PgConnection, Row as _, SqliteConnection};

use super::Error;

/// The table in which the migrations remember what was done. It is made by them and never copied.
pub(super) const STEPS: &str = "seaql_migrations";

/// The table of settings.
pub(super) const SETTINGS: &str = "setting";

/// A table.
#[derive(Clone, Debug)]
pub(super) struct Table {
    pub(super) name: String,
    /// By name, so that two databases have them in the same order.
    pub(super) columns: Vec<Column>,
}

/// A column that is stored; what the database computes by itself is left out.
#[derive(Clone, Debug)]
pub(super) struct Column {
    pub(super) name: String,
    pub(super) kind: Kind,
}

/// How the database keeps it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Integer,
    Text,
    Bytes,
    /// On PostgreSQL; 16 bytes elsewhere.
    Uuid,
    /// On PostgreSQL; 0 or 1 elsewhere.
    Boolean,
    /// None that is copied. A step that brings a new one has to teach the copy first.
    Other,
}

impl Table {
    pub(super) fn names(&self) -> Vec<&str> {
        self.columns.iter().map(|column| column.name.as_str()).collect()
    }

    /// Its name as SQL has it.
    pub(super) fn quoted(&self) -> String {
        quoted(&self.name)
    }

    /// The names of its columns as SQL has them.
    pub(super) fn list(&self) -> String {
        self.columns.iter().map(|column| quoted(&column.name)).collect::<Vec<_>>().join(", ")
    }

    /// Its first column that cannot be copied.
    pub(super) fn odd(&self) -> Option<&str> {
        self.columns.iter().find(|column| column.kind == Kind::Other).map(|column| column.name.as_str())
    }

    fn of(name: String, columns: Vec<(String, String)>) -> Self {
        let column = |(name, declared): (String, String)| Column { name, kind: Kind::of(&declared) };
        let mut columns: Vec<Column> = columns.into_iter().map(column).collect();
        columns.sort_by(|one, other| one.name.cmp(&other.name));
        Self { name, columns }
    }
}

impl Kind {
    fn of(declared: &str) -> Self {
        match declared {
            "INTEGER" | "bigint" => Self::Integer,
            "TEXT" | "text" | "character varying" => Self::Text,
            "BLOB" | "bytea" => Self::Bytes,
            "uuid" => Self::Uuid,
            "boolean" => Self::Boolean,
            // Of the migrations' own table.
            text if text.eq_ignore_ascii_case("varchar") => Self::Text,
            integer if integer.eq_ignore_ascii_case("bigint") => Self::Integer,
            _ => Self::Other,
        }
    }
}

/// A name as SQL has it.
pub(super) fn quoted(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "\"\""))
}

/// The tables of a file, without what belongs to indexes of its own kind.
pub(super) async fn of_sqlite(connection: &mut SqliteConnection) -> Result<Vec<Table>, Error> {
    let names = "SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table' \
                 AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' ORDER BY name";
    let names: Vec<String> = sqlx::query_scalar(names).fetch_all(&mut *connection).await?;
    let mut tables = Vec::new();
    for name in names {
        let columns = "SELECT name, type FROM pragma_table_xinfo(?) WHERE hidden = 0";
        let columns = sqlx::query(columns).bind(&name).fetch_all(&mut *connection).await?;
        let columns = columns.iter().map(|row| Ok((row.try_get(0)?, row.try_get(1)?)));
        tables.push(Table::of(name, columns.collect::<Result<_, sqlx::Error>>()?));
    }
    Ok(tables)
}

/// The tables of a server's database that are found without naming a schema.
pub(super) async fn of_postgres(connection: &mut PgConnection) -> Result<Vec<Table>, Error> {
    let names = "SELECT relname::text FROM pg_class WHERE relnamespace = current_schema()::regnamespace \
                 AND relkind IN ('r', 'p') AND NOT relispartition ORDER BY relname";
    let names: Vec<String> = sqlx::query_scalar(names).fetch_all(&mut *connection).await?;
    let mut tables = Vec::new();
    for name in names {
        // A column that counts by itself would go on counting from one, so it is of no known kind.
        let columns = "SELECT attname::text, format_type(atttypid, NULL) || \
                       CASE WHEN attidentity <> '' OR pg_get_expr(adbin, adrelid) LIKE 'nextval(%' \
                       THEN ' that counts' ELSE '' END \
                       FROM pg_attribute LEFT JOIN pg_attrdef ON adrelid = attrelid AND adnum = attnum \
                       WHERE attrelid = $1::regclass AND attnum > 0 AND NOT attisdropped AND attgenerated = ''";
        let columns = sqlx::query(columns).bind(quoted(&name)).fetch_all(&mut *connection).await?;
        let columns = columns.iter().map(|row| Ok((row.try_get(0)?, row.try_get(1)?)));
        tables.push(Table::of(name, columns.collect::<Result<_, sqlx::Error>>()?));
    }
    Ok(tables)
}
