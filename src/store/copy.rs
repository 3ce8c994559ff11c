//! Everything of a store into an empty place, whichever database either is: the one way that backups are made, that
//! they come back, and that an installation moves.
//!
//! What is copied is read from the catalogue of the databases and not from a list, so that no table can be forgotten.
//! Nobody sees a copy before it is whole: a file is made beside its place and renamed, a server gets one transaction.
//! Where more has to be done before it may be served, it is sealed until that is done.

mod catalogue;
mod cell;
mod postgres;
mod read;
mod sqlite;

use std::{collections::BTreeMap, fmt, path::Path};

use futures_util::TryStreamExt;
use imprimatur_migrations as migrations;
use sea_orm::DatabaseConnection;
use serde::{Deserialize, Serialize};

use super::{Error, StoreUrl, column, seal::Seal, url::Place};
use catalogue::{SETTINGS, STEPS};
use cell::Sum;
use read::Reader;

/// What a store holds, so that two can be compared.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Contents {
    /// The steps of the schema, in order.
    pub steps: Vec<String>,
    /// Every table.
    pub tables: BTreeMap<String, Tally>,
}

/// How many rows a table has, and a checksum over them that depends neither on their order nor on the database.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tally {
    /// How many.
    pub rows: u64,
    /// The sum of the SHA-256 of all rows, in hex.
    pub sum: String,
}

impl Contents {
    /// How many rows there are in all.
    #[must_use]
    pub fn rows(&self) -> u64 {
        self.tables.values().map(|tally| tally.rows).sum()
    }

    /// The tables in which two differ, each in words; empty is good. A table that only `self` has is not Imprimatur's:
    /// what is found has all those of the schema.
    #[must_use]
    pub fn differences(&self, found: &Self) -> Vec<String> {
        let mut differing = Vec::new();
        if self.steps != found.steps {
            differing.push("the schema is of another version".to_owned());
        }
        for (name, found) in &found.tables {
            match self.tables.get(name) {
                Some(expected) if expected == found => {}
                Some(expected) if expected.rows == found.rows => {
                    differing.push(format!("{name}: {} rows, and not all of them are the same", found.rows));
                }
                expected => {
                    let expected = expected.map_or(0, |tally| tally.rows);
                    differing.push(format!("{name}: {expected} rows there, {} here", found.rows));
                }
            }
        }
        differing
    }
}

impl fmt::Display for Contents {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} rows in {} tables", self.rows(), self.tables.len())
    }
}

/// Copies everything to an empty place, with the schema that it has, and says what is there now.
///
/// The source may be in use: what is copied is how it was at one instant. Whoever copies to where a server could be
/// holds the place alone meanwhile.
pub async fn transfer(from: &StoreUrl, to: &StoreUrl) -> Result<Contents, Error> {
    copied(from, to, None).await
}

/// The same, for a place that a server could be started on: nobody serves it before [`Store::complete`] or
/// [`Alone::unmark`], and until then it can be filled again.
///
/// [`Store::complete`]: super::Store::complete
/// [`Alone::unmark`]: super::Alone::unmark
pub async fn fill(from: &StoreUrl, to: &StoreUrl) -> Result<Contents, Error> {
    copied(from, to, Some(&Seal::Filling)).await
}

async fn copied(from: &StoreUrl, to: &StoreUrl, seal: Option<&Seal>) -> Result<Contents, Error> {
    match (&from.place, &to.place) {
        (Place::Sqlite(from), Place::Sqlite(to)) => sqlite::vacuum_into(from, Path::new(to), seal).await,
        (_, Place::Sqlite(file)) => {
            let mut source = Reader::open(from).await?;
            let mut target = sqlite::Target::make(Path::new(file), &source.steps().await?).await?;
            let written = write(&mut source, &mut Writer::Sqlite(&mut target)).await?;
            target.finish(&written, seal).await?;
            Ok(written)
        }
        (_, Place::Postgres(address)) => {
            let mut source = Reader::open(from).await?;
            let mut target = postgres::Target::make(address, &source.steps().await?).await?;
            let written = write(&mut source, &mut Writer::Postgres(&mut target)).await?;
            target.finish(&written, seal).await?;
            Ok(written)
        }
    }
}

/// What a store holds, read from its first to its last row.
pub async fn contents(url: &StoreUrl) -> Result<Contents, Error> {
    tally(&mut Reader::open(url).await?).await
}

/// How many rows each table has that has any, but for settings; none where there is no schema yet.
pub async fn counts(url: &StoreUrl) -> Result<BTreeMap<String, u64>, Error> {
    if let Place::Sqlite(file) = &url.place
        && !Path::new(file).exists()
    {
        return Ok(BTreeMap::new());
    }
    let mut reader = Reader::open(url).await?;
    let mut counts = BTreeMap::new();
    for table in reader.tables().await? {
        let rows = reader.count(&table).await?;
        // Settings are there as soon as there is a schema, and are replaced.
        if rows > 0 && table.name != STEPS && table.name != SETTINGS {
            counts.insert(table.name, rows);
        }
    }
    Ok(counts)
}

/// The bytes of one document that have to be there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bytes {
    /// Their key.
    pub key: String,
    /// How many.
    pub size: u64,
    /// Their SHA-256 in hex.
    pub sha256: String,
}

/// The bytes of documents after one key, in the order of keys, of a store of whatever version.
pub async fn bytes_after(url: &StoreUrl, key: &str, limit: u16) -> Result<Vec<Bytes>, Error> {
    let rows = Reader::open(url).await?.bytes_after(key, limit).await?;
    let read = |(key, size, sha256)| Ok(Bytes { key, size: column::number::<i64, _>(size)?, sha256 });
    rows.into_iter().map(read).collect()
}

/// The number of documents and of all their bytes.
pub async fn bytes(url: &StoreUrl) -> Result<(u64, u64), Error> {
    let (documents, bytes) = Reader::open(url).await?.bytes().await?;
    Ok((column::number(documents)?, column::number(bytes)?))
}

/// Where rows go.
enum Writer<'a> {
    Sqlite(&'a mut sqlite::Target),
    Postgres(&'a mut postgres::Target),
}

/// Writes every row of the source; the tables are those of the target, whose schema this program made.
async fn write(source: &mut Reader, target: &mut Writer<'_>) -> Result<Contents, Error> {
    let there = source.tables().await?;
    let tables = match target {
        Writer::Sqlite(target) => target.tables().await?,
        Writer::Postgres(target) => target.tables().await?,
    };
    for unknown in there.iter().filter(|table| !tables.iter().any(|known| known.name == table.name)) {
        tracing::warn!(table = unknown.name, "This table is not Imprimatur's and is not copied");
    }
    let mut written = Contents { steps: source.steps().await?, tables: BTreeMap::new() };
    for table in tables.iter().filter(|table| table.name != STEPS) {
        if let Some(column) = table.odd() {
            return Err(Error::Unusable(format!("{}.{column} is of a kind that cannot be copied", table.name)));
        }
        let source_table = there.iter().find(|found| found.name == table.name);
        let source_table = source_table.filter(|found| found.names() == table.names()).ok_or_else(|| {
            Error::Unusable(format!("the table {} is not as this version of the program made it", table.name))
        })?;
        let mut sum = Sum::default();
        let rows = source.rows(source_table).inspect_ok(|row| sum.add(row));
        match target {
            Writer::Sqlite(target) => target.write(table, rows).await?,
            Writer::Postgres(target) => target.write(table, rows).await?,
        }
        tracing::info!(table = table.name, rows = sum.rows(), "Copied");
        written.tables.insert(table.name.clone(), sum.tally());
    }
    Ok(written)
}

async fn tally(reader: &mut Reader) -> Result<Contents, Error> {
    let mut found = Contents { steps: reader.steps().await?, tables: BTreeMap::new() };
    for table in reader.tables().await? {
        if table.name == STEPS || table.odd().is_some() {
            continue;
        }
        let mut sum = Sum::default();
        let mut rows = reader.rows(&table);
        while let Some(row) = rows.try_next().await? {
            sum.add(&row);
        }
        drop(rows);
        found.tables.insert(table.name, sum.tally());
    }
    Ok(found)
}

/// Makes the schema of an empty database, which has some steps already, as far as the source has it.
async fn make_schema(target: &DatabaseConnection, there: &[String], steps: &[String]) -> Result<(), Error> {
    if migrations::make(target, there, steps).await? {
        return Ok(());
    }
    Err(Error::Unusable(
        "the schema that is copied is newer than this version of the program, or older than the place to copy to: use \
         the version that made it, and a database without tables"
            .to_owned(),
    ))
}

/// What a copy that differs is refused with.
fn differs(differences: &[String]) -> Error {
    Error::Damaged(format!("the copy is not what was copied, so it was given up: {}", differences.join("; ")))
}
