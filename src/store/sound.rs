//! Whether the database's own files and settings are sound, as far as the database can tell.

use sea_orm::{ConnectionTrait, DbBackend, DbErr, QueryResult, Statement};

use super::{Error, ReadTx, Store, error};

/// What the database says of itself.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Soundness {
    /// What was looked at.
    pub looked_at: &'static str,
    /// What is damaged.
    pub faults: Vec<String>,
    /// What is worth knowing.
    pub notes: Vec<String>,
}

/// Indexes that cannot be used and constraints that were never checked against what is there: leftovers of an interrupted repair.
const POSTGRES_LEFTOVERS: &str = "
    SELECT 'the index ' || indexrelid::regclass || ' is not valid: REINDEX it'
    FROM pg_index JOIN pg_class ON pg_class.oid = indexrelid
    WHERE relnamespace = current_schema()::regnamespace AND NOT indisvalid
    UNION ALL
    SELECT 'the constraint ' || conname || ' of ' || conrelid::regclass || ' was never checked: VALIDATE it'
    FROM pg_constraint WHERE connamespace = current_schema()::regnamespace AND NOT convalidated
    UNION ALL
    SELECT checksum_failures || ' page(s) failed their checksum' FROM pg_stat_database
    WHERE datname = current_database() AND checksum_failures > 0";
/// Settings with which a power cut takes what was acknowledged.
const POSTGRES_SETTINGS: &str = "
    SELECT 'PostgreSQL runs with ' || name || ' = off: a power cut can take what was acknowledged' FROM pg_settings
    WHERE name IN ('fsync', 'full_page_writes', 'synchronous_commit') AND setting = 'off'";
/// What the extension `amcheck` reads, where somebody has installed it.
const POSTGRES_TREES: &str = "
    SELECT pg_class.oid::regclass::text FROM pg_class JOIN pg_am ON pg_am.oid = relam
    WHERE relnamespace = current_schema()::regnamespace AND relkind = 'i' AND amname = 'btree'
    AND EXISTS (SELECT FROM pg_extension WHERE extname = 'amcheck')";

impl Store {
    /// Asks the database whether it is sound; takes as long as reading all of it.
    pub async fn soundness(&self) -> Result<Soundness, Error> {
        let view = self.view().await?;
        if view.tx.get_database_backend() == DbBackend::Sqlite {
            sqlite(&view).await
        } else {
            self.postgres(&view).await
        }
    }

    async fn postgres(&self, view: &ReadTx) -> Result<Soundness, Error> {
        let mut faults = texts(view, POSTGRES_LEFTOVERS).await?;
        let notes = texts(view, POSTGRES_SETTINGS).await?;
        let trees = texts(view, POSTGRES_TREES).await?;
        for tree in &trees {
            // A failure ends the transaction, so that each has its own.
            let checked = texts(&self.view().await?, &format!("SELECT bt_index_check('{tree}', true)::text")).await;
            faults.extend(checked.err().map(|error| format!("{tree}: {}", error::chain(&error))));
        }
        let looked_at = if trees.is_empty() {
            "indexes, constraints and checksums"
        } else {
            "indexes (by amcheck), constraints and checksums"
        };
        Ok(Soundness { looked_at, faults, notes })
    }
}

async fn sqlite(view: &ReadTx) -> Result<Soundness, Error> {
    let mut faults: Vec<String> = match texts(view, "PRAGMA integrity_check").await {
        Ok(said) => said.into_iter().filter(|line| line != "ok").collect(),
        // So damaged that it cannot even be looked through.
        Err(error) => vec![error::chain(&error)],
    };
    if faults.is_empty() {
        let dangling = "SELECT \"table\" || ' row ' || coalesce(rowid, '?') || ' refers to a row of ' || parent || ' that is not there' \
                        FROM pragma_foreign_key_check";
        faults = texts(view, dangling).await?;
    }
    Ok(Soundness { looked_at: "pages, indexes and references", faults, notes: Vec::new() })
}

/// The first column of every row.
async fn texts(view: &ReadTx, query: &str) -> Result<Vec<String>, Error> {
    let statement = Statement::from_string(view.tx.get_database_backend(), query);
    let rows = view.tx.query_all_raw(statement).await?;
    let text = |row: &QueryResult| row.try_get_by_index::<Option<String>>(0).map(Option::unwrap_or_default);
    Ok(rows.iter().map(text).collect::<Result<Vec<String>, DbErr>>()?)
}
