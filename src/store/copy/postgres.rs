//! Writing a database of a server, in one transaction.

use std::{collections::BTreeMap, fmt::Write as _, pin::pin};

use futures_util::{Stream, TryStreamExt};
use sea_orm::SqlxPostgresConnector;
use sqlx::{AssertSqlSafe, Connection, PgConnection, postgres::PgPoolOptions};

use super::{
    Contents, Error,
    catalogue::{self, Column, Kind, SETTINGS, STEPS, Table},
    cell::{Cell, Row, Sum},
    differs, make_schema, read,
};
use crate::store::{connect, seal, seal::Seal};

/// How much is sent at a time.
const CHUNK: usize = 1024 * 1024;

/// A database that is being filled.
pub(super) struct Target {
    connection: PgConnection,
    /// What was taken off while rows come, as statements that put it back.
    constraints: Vec<String>,
}

impl Target {
    /// Makes the schema and begins.
    pub(super) async fn make(address: &str, steps: &[String]) -> Result<Self, Error> {
        let mut connection = connect::patient(address).await?;
        let tables = catalogue::of_postgres(&mut connection).await?;
        if !tables.is_empty() && !tables.iter().any(|table| table.name == STEPS) {
            let names: Vec<&str> = tables.iter().map(|table| table.name.as_str()).collect();
            let names = names.join(", ");
            return Err(Error::Unusable(format!("this database has tables of something else: {names}; use another")));
        }
        // Nothing counts in what somebody began to fill and did not end.
        if seal::of_server(&mut connection).await? != Some(Seal::Filling) {
            refuse_rows(&mut connection, &tables).await?;
        }
        let there: Vec<String> = if tables.is_empty() {
            Vec::new()
        } else {
            sqlx::query_scalar("SELECT version FROM seaql_migrations ORDER BY version")
                .fetch_all(&mut connection)
                .await?
        };
        let pool = PgPoolOptions::new().max_connections(1).connect(address).await?;
        make_schema(&SqlxPostgresConnector::from_sqlx_postgres_pool(pool.clone()), &there, steps).await?;
        pool.close().await;
        // From here to the end of the transaction nobody serves what is half there.
        seal::put(&mut connection, &Seal::Filling).await?;
        sqlx::query("BEGIN").execute(&mut connection).await?;
        let mut target = Self { connection, constraints: Vec::new() };
        target.take_off().await?;
        target.clear().await?;
        Ok(target)
    }

    /// Takes off what looks at single rows: references are put back, and checked, when all rows are there, which needs
    /// no order among them; triggers would add what is copied anyway.
    async fn take_off(&mut self) -> Result<(), Error> {
        let references = "SELECT conrelid::regclass::text, quote_ident(conname), pg_get_constraintdef(oid) \
                          FROM pg_constraint WHERE contype = 'f' AND connamespace = current_schema()::regnamespace \
                          ORDER BY conrelid::regclass::text, conname";
        let references: Vec<(String, String, String)> =
            sqlx::query_as(references).fetch_all(&mut self.connection).await?;
        for (table, name, meaning) in references {
            let drop = AssertSqlSafe(format!("ALTER TABLE {table} DROP CONSTRAINT {name}"));
            sqlx::query(drop).execute(&mut self.connection).await?;
            self.constraints.push(format!("ALTER TABLE {table} ADD CONSTRAINT {name} {meaning}"));
        }
        for table in self.tables().await? {
            let off = AssertSqlSafe(format!("ALTER TABLE {} DISABLE TRIGGER USER", table.quoted()));
            sqlx::query(off).execute(&mut self.connection).await?;
        }
        Ok(())
    }

    /// Takes out what the steps of the schema put in by themselves, and what an earlier copy left that broke off. The
    /// seal goes with the transaction.
    async fn clear(&mut self) -> Result<(), Error> {
        let tables = self.tables().await?;
        let tables: Vec<String> = tables.iter().filter(|table| table.name != STEPS).map(Table::quoted).collect();
        let clear = AssertSqlSafe(format!("TRUNCATE {}", tables.join(", ")));
        sqlx::query(clear).execute(&mut self.connection).await?;
        Ok(())
    }

    /// Its tables.
    pub(super) async fn tables(&mut self) -> Result<Vec<Table>, Error> {
        catalogue::of_postgres(&mut self.connection).await
    }

    /// Writes the rows of a table.
    pub(super) async fn write(
        &mut self,
        table: &Table,
        rows: impl Stream<Item = Result<Row, Error>>,
    ) -> Result<(), Error> {
        let copy = format!("COPY {} ({}) FROM STDIN", table.quoted(), table.list());
        let mut copy = self.connection.copy_in_raw(&copy).await?;
        let mut rows = pin!(rows);
        let mut text = String::new();
        while let Some(row) = rows.try_next().await? {
            spell(table, &row, &mut text)?;
            if text.len() > CHUNK {
                copy.send(text.as_bytes()).await?;
                text.clear();
            }
        }
        copy.send(text.as_bytes()).await?;
        copy.finish().await?;
        Ok(())
    }

    /// Commits, where it holds what was written and nothing refers to nothing.
    pub(super) async fn finish(mut self, written: &Contents, seal: Option<&Seal>) -> Result<(), Error> {
        for table in self.tables().await? {
            let on = AssertSqlSafe(format!("ALTER TABLE {} ENABLE TRIGGER USER", table.quoted()));
            sqlx::query(on).execute(&mut self.connection).await?;
        }
        for constraint in std::mem::take(&mut self.constraints) {
            sqlx::query(AssertSqlSafe(constraint)).execute(&mut self.connection).await?;
        }
        let mut found = Contents { steps: written.steps.clone(), tables: BTreeMap::new() };
        for table in self.tables().await?.iter().filter(|table| table.name != STEPS) {
            let mut sum = Sum::default();
            let mut rows = read::of_server(&mut self.connection, table);
            while let Some(row) = rows.try_next().await? {
                sum.add(&row);
            }
            drop(rows);
            found.tables.insert(table.name.clone(), sum.tally());
        }
        let differences = written.differences(&found);
        if !differences.is_empty() {
            return Err(differs(&differences));
        }
        if let Some(seal) = seal {
            seal::put(&mut self.connection, seal).await?;
        }
        sqlx::query("COMMIT").execute(&mut self.connection).await?;
        // What was loaded at once is looked up well only after this; nothing depends on it.
        sqlx::query("ANALYZE").execute(&mut self.connection).await?;
        Ok(self.connection.close().await?)
    }
}

/// There may be nothing but settings.
async fn refuse_rows(connection: &mut PgConnection, tables: &[Table]) -> Result<(), Error> {
    let mut found = Vec::new();
    for table in tables.iter().filter(|table| table.name != STEPS && table.name != SETTINGS) {
        let any = AssertSqlSafe(format!("SELECT EXISTS (SELECT FROM {})", table.quoted()));
        if sqlx::query_scalar(any).fetch_one(&mut *connection).await? {
            found.push(table.name.clone());
        }
    }
    match found.as_slice() {
        [] => Ok(()),
        some => Err(Error::Unusable(format!("this database is not empty: there are rows in {}", some.join(", ")))),
    }
}

/// A row as COPY takes it.
fn spell(table: &Table, row: &[Cell], text: &mut String) -> Result<(), Error> {
    for (at, (cell, column)) in row.iter().zip(&table.columns).enumerate() {
        if at > 0 {
            text.push('\t');
        }
        match (cell, column.kind) {
            (Cell::Null, _) => text.push_str("\\N"),
            (Cell::Integer(number), Kind::Boolean) => text.push(if *number == 0 { 'f' } else { 't' }),
            // Writing to a string cannot fail.
            (Cell::Integer(number), _) => drop(write!(text, "{number}")),
            (Cell::Text(words), _) => escape(table, column, words, text)?,
            (Cell::Bytes(bytes), Kind::Uuid) => data_encoding::HEXLOWER.encode_append(bytes, text),
            (Cell::Bytes(bytes), _) => {
                text.push_str("\\\\x");
                data_encoding::HEXLOWER.encode_append(bytes, text);
            }
        }
    }
    text.push('\n');
    Ok(())
}

fn escape(table: &Table, column: &Column, words: &str, text: &mut String) -> Result<(), Error> {
    for letter in words.chars() {
        match letter {
            '\\' => text.push_str("\\\\"),
            '\t' => text.push_str("\\t"),
            '\n' => text.push_str("\\n"),
            '\r' => text.push_str("\\r"),
            '\0' => {
                let beginning: String = words.chars().take(40).filter(|letter| *letter != '\0').collect();
                return Err(Error::Unusable(format!(
                    "{}.{} has a text with a null character, which PostgreSQL cannot hold; it begins '{beginning}': \
                     take the character out first",
                    table.name, column.name
                )));
            }
            other => text.push(other),
        }
    }
    Ok(())
}
