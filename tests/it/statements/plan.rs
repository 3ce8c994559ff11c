//! What a database would do for a statement, and what of it grows with the store.

use std::collections::BTreeSet;

use imprimatur::store::PLANNING;
use sea_orm::{ConnectOptions, ConnectionTrait, Database, DatabaseConnection, DbBackend, Statement};

/// Tables that stay small however much comes in, and names for what a subquery found. Of deadlines there are those that fail.
const SMALL: [&str; 23] = [
    "activation",
    "ahead",
    "channel",
    "current_definition",
    "definition",
    "draft_definition",
    "found",
    "group",
    "lane",
    "log_end",
    "machine_clock",
    "migration_plan",
    "organisation",
    "proof",
    "reference_counter",
    "setting",
    "signing_key",
    "standing",
    "sweep_hold",
    "seaql_migrations",
    "timer_failure",
    // A row a group that lets its places wait.
    "waiting_group",
    // What a statement brings along.
    "VALUES",
];

/// Columns with few values: who finds rows by these alone finds a share of everything.
const WIDE: [&str; 11] = [
    "workflow",
    "definition",
    "state",
    "life",
    "unassigned",
    "away",
    "standing",
    "kind",
    "done_at",
    "failed_at",
    "sent_at",
];

/// Indexes of some rows that stay few however many the table has: officers, what lacks people, has failed or is wrong, and
/// what waits to be done, sent or cleared away.
const SHORT: [&str; 12] = [
    "person_on_duty",
    "submission_unstaffed",
    "job_failed",
    "job_waiting",
    "job_letter",
    "job_errand",
    "mail_waiting",
    "mail_kept",
    "document_to_sweep",
    "document_undated",
    "document_faulty",
    "signing_key_one_active",
];

/// One step of a plan: a table that is read, and the conditions by which an index finds its rows; none reads it all, along an
/// index or not.
#[derive(Debug)]
struct Read {
    table: String,
    by: Vec<String>,
    along: bool,
}

impl Read {
    fn grows(&self) -> bool {
        !SMALL.contains(&self.table.as_str())
    }

    fn is_wide(&self) -> bool {
        let equals =
            |condition: &String| condition.split_once('=').is_some_and(|(column, _)| WIDE.contains(&column.trim()));
        self.by.iter().all(equals)
    }
}

/// Everything that grows with the store in what one of the databases would do for these statements, but for tables that are
/// short in this store.
pub(super) async fn faults(address: &str, statements: &BTreeSet<String>, short: &BTreeSet<String>) -> Vec<String> {
    let options = ConnectOptions::new(address).max_connections(1).sqlx_logging(false).to_owned();
    let connection = Database::connect(options).await.unwrap();
    let backend = connection.get_database_backend();
    if backend == DbBackend::Postgres {
        for (setting, value) in PLANNING.into_iter().chain([("plan_cache_mode", "force_generic_plan")]) {
            connection.execute_unprepared(&format!("SET {setting} = {value}")).await.unwrap();
        }
    }
    let mut faults = Vec::new();
    for statement in statements.iter().filter(|statement| is_planned(statement) && !is_never(statement)) {
        let plan = plan(&connection, statement).await;
        let (reads, sorts) = if backend == DbBackend::Sqlite { of_sqlite(&plan) } else { of_postgres(&plan) };
        let stops = statement.contains(" LIMIT ");
        for read in reads.iter().filter(|read| read.grows() && !short.contains(&read.table)) {
            let what = match (read.by.is_empty(), read.is_wide()) {
                // A page of everything, in the order of an index: it ends where the page does.
                (true, _) if read.along && stops && !sorts => continue,
                (true, _) => "reads everything in",
                (false, true) if !stops => "reads a share of everything in",
                (false, true) if sorts => "sorts a share of everything in",
                _ => continue,
            };
            faults.push(format!("{what} {}: {statement}\n    {}", read.table, plan.join("\n    ")));
        }
        if let Some(key) = written_key(statement) {
            faults.push(format!("writes {key}, which never changes: {statement}"));
        }
    }
    connection.close().await.unwrap();
    faults
}

/// Whether there is anything to plan.
pub(super) fn is_planned(statement: &str) -> bool {
    ["SELECT ", "UPDATE ", "DELETE ", "INSERT ", "WITH "].iter().any(|verb| statement.starts_with(verb))
        && (statement.contains('"') || statement.contains(" FROM "))
}

/// Whether one of its conditions is that two values are equal that never are: an empty list of what is looked for. Both databases
/// ask that once, before they read anything.
fn is_never(statement: &str) -> bool {
    let value = |text: &str| text == "?" || text.strip_prefix('$').is_some_and(|rest| rest.parse::<u16>().is_ok());
    let words: Vec<&str> = statement.split(' ').collect();
    words.windows(4).any(|four| {
        matches!(four, [joined, left, "=", right] if ["WHERE", "AND"].contains(joined) && value(left) && value(right))
    })
}

/// A key that a change writes, so that the database looks for whatever refers to the row by it.
fn written_key(statement: &str) -> Option<&'static str> {
    let (_, set) = statement.split_once(" SET ")?;
    let set = set.split(" WHERE ").next().unwrap_or(set);
    ["\"id\" = ", "\"submission\" = "].into_iter().find(|key| set.contains(key))
}

async fn plan(connection: &DatabaseConnection, statement: &str) -> Vec<String> {
    let backend = connection.get_database_backend();
    let rows = async |query: String| connection.query_all_raw(Statement::from_string(backend, query)).await;
    if backend == DbBackend::Sqlite {
        let rows = rows(format!("EXPLAIN QUERY PLAN {statement}")).await.unwrap_or_else(|e| panic!("{statement}: {e}"));
        return rows.iter().map(|row| row.try_get_by_index(3).unwrap()).collect();
    }
    connection
        .execute_unprepared(&format!("PREPARE overheard AS {statement}"))
        .await
        .unwrap_or_else(|error| panic!("{statement}: {error}"));
    let places = (1..=200).take_while(|number| statement.contains(&format!("${number}"))).count();
    let values = if places == 0 { String::new() } else { format!("({})", vec!["NULL"; places].join(", ")) };
    let rows = rows(format!("EXPLAIN EXECUTE overheard{values}")).await.unwrap_or_else(|e| panic!("{statement}: {e}"));
    connection.execute_unprepared("DEALLOCATE overheard").await.unwrap();
    rows.iter().map(|row| row.try_get_by_index(0).unwrap()).collect()
}

/// What SQLite reads, and whether it sorts.
fn of_sqlite(plan: &[String]) -> (Vec<Read>, bool) {
    let read = |line: &String| {
        if is_short(line) {
            return None;
        }
        let (verb, rest) = line.split_once(' ')?;
        let table = rest.split(' ').next()?.to_owned();
        let by = match (verb, line.split_once('(')) {
            ("SCAN", _) => Vec::new(),
            ("SEARCH", Some((_, by))) => by.trim_end_matches(')').split(" AND ").map(str::to_owned).collect(),
            _ => return None,
        };
        (!rest.contains("CONSTANT ROW")
            && !rest.contains("VALUES CLAUSE")
            && !rest.contains("VIRTUAL")
            && !table.starts_with('('))
        .then_some(Read { table, by, along: rest.contains(" USING INDEX ") || rest.contains(" USING COVERING INDEX ") })
    };
    (plan.iter().filter_map(read).collect(), plan.iter().any(|line| line.starts_with("USE TEMP B-TREE FOR ORDER")))
}

fn is_short(line: &str) -> bool {
    line.split(' ').any(|word| SHORT.contains(&word))
}

/// What PostgreSQL reads, and whether it sorts.
fn of_postgres(plan: &[String]) -> (Vec<Read>, bool) {
    let mut reads: Vec<Read> = Vec::new();
    for line in plan {
        let line = line.trim_start_matches([' ', '-', '>']);
        if let Some(rest) = line.strip_prefix("Index Cond: ") {
            let by = rest.split(" AND ").map(|one| one.trim_matches(['(', ')', '"']).replace("\" ", " "));
            if let Some(read) = reads.last_mut().filter(|read| read.by.is_empty()) {
                read.by = by.collect();
            }
        } else if line.contains("Scan")
            && !line.contains("Subquery Scan")
            && !is_short(line)
            && let Some((_, on)) = line.split_once(" on ")
        {
            let table = on.split([' ', '(']).next().unwrap_or_default().trim_matches(['"', '*']).to_owned();
            reads.push(Read { table, by: Vec::new(), along: line.starts_with("Index ") });
        }
    }
    (reads, plan.iter().any(|line| line.trim_start_matches([' ', '-', '>']).starts_with("Sort  (")))
}
