//! What the two databases call differently.

use sea_orm_migration::sea_orm::DbBackend;

/// Tables that only grow and whose words an erasure may change, with what stays the same even then.
const REDACTABLE: &[(&str, &[&str])] = &[
    ("event", &["submission", "sequence", "at", "kind"]),
    ("revision", &["submission", "number", "sequence", "at"]),
    ("log", &["id", "at", "actor", "act"]),
];

/// Statements for one database, out of statements with `{words}`.
///
/// Text is compared byte by byte on both, so that pages come in the same order.
pub(crate) fn translate(backend: DbBackend, statements: &str) -> String {
    let words = [
        ("{uuid}", "BLOB", "uuid"),
        ("{blob}", "BLOB", "bytea"),
        ("{text}", "TEXT", "text COLLATE \"C\""),
        ("{int}", "INTEGER", "bigint"),
        ("{bool}", "INTEGER", "boolean"),
        ("{strict}", "STRICT", ""),
        // Rows that are little more than their key.
        ("{keyed}", "STRICT, WITHOUT ROWID", ""),
        ("{find}", "instr", "strpos"),
    ];
    words.iter().fold(statements.to_owned(), |text, (word, sqlite, postgres)| {
        text.replace(word, if backend == DbBackend::Sqlite { sqlite } else { postgres })
    })
}

/// Triggers that refuse to change or delete rows of a table, beyond what an erasure may change in it.
pub(crate) fn append_only(backend: DbBackend, table: &str) -> String {
    if let Some((table, same)) = REDACTABLE.iter().find(|(redactable, _)| *redactable == table) {
        return redactable(backend, table, same);
    }
    let refuse = |verb: &str| {
        format!(
            "CREATE TRIGGER {table}_no_{verb} BEFORE {verb} ON {table} \
             BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END;"
        )
    };
    match backend {
        DbBackend::Sqlite => refuse("UPDATE") + &refuse("DELETE"),
        _ => format!(
            "CREATE FUNCTION {table}_append_only() RETURNS trigger LANGUAGE plpgsql AS \
             $$ BEGIN RAISE EXCEPTION '{table} is append-only'; END $$; \
             CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON {table} \
             FOR EACH STATEMENT EXECUTE FUNCTION {table}_append_only();"
        ),
    }
}

/// Triggers that let an erasure change words, and a recorded end of the log take lines.
fn redactable(backend: DbBackend, table: &str, same: &[&str]) -> String {
    let swept = if table == "log" { "OLD.at < COALESCE((SELECT MAX(upto) FROM log_end), 0)" } else { "false" };
    if backend == DbBackend::Sqlite { sqlite(table, same, swept) } else { postgres(table, same, swept) }
}

/// When a change is more than an erasure that is on record, on one database or the other.
fn intrudes(same: &[&str], is: &str) -> String {
    let moved = same.iter().map(|column| format!("NEW.{column} {is} OLD.{column}"));
    let unsaid = "NOT EXISTS (SELECT 1 FROM erasure WHERE id = NEW.erasure)".to_owned();
    moved.chain([unsaid, "NEW.erasure IS NULL".to_owned()]).collect::<Vec<_>>().join(" OR ")
}

fn sqlite(table: &str, same: &[&str], swept: &str) -> String {
    let intrudes = intrudes(same, "IS NOT");
    format!(
        "CREATE TRIGGER {table}_no_UPDATE BEFORE UPDATE ON {table} WHEN {intrudes} OR NEW.erasure IS OLD.erasure \
         BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END; \
         CREATE TRIGGER {table}_no_DELETE BEFORE DELETE ON {table} WHEN NOT ({swept}) \
         BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END;"
    )
}

fn postgres(table: &str, same: &[&str], swept: &str) -> String {
    let intrudes = intrudes(same, "IS DISTINCT FROM");
    format!(
        "CREATE FUNCTION {table}_append_only() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN \
         IF TG_OP = 'UPDATE' THEN \
         IF NOT ({intrudes} OR NEW.erasure IS NOT DISTINCT FROM OLD.erasure) THEN RETURN NEW; END IF; \
         ELSIF TG_OP = 'DELETE' THEN IF {swept} THEN RETURN OLD; END IF; END IF; \
         RAISE EXCEPTION '{table} is append-only'; END $$; \
         CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE ON {table} \
         FOR EACH ROW EXECUTE FUNCTION {table}_append_only(); \
         CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table} \
         FOR EACH STATEMENT EXECUTE FUNCTION {table}_append_only();"
    )
}
