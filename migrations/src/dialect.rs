//! What the two databases call differently.

use sea_orm_migration::sea_orm::DbBackend;

const SQLITE_EMAILS: &str =
    "json_tree(submission_content.answers) AS found WHERE found.key = 'email' AND found.type = 'text'";
const POSTGRES_EMAILS: &str = "jsonb_path_query(submission_content.answers::jsonb, 'strict $.**.email') AS found(atom) \
                               WHERE jsonb_typeof(found.atom) = 'string'";

const SQLITE_SENT_EMAILS: &str =
    "json_tree(revision.answers) AS found WHERE found.key = 'email' AND found.type = 'text'";
const POSTGRES_SENT_EMAILS: &str = "jsonb_path_query(revision.answers::jsonb, 'strict $.**.email') AS found(atom) \
                                    WHERE jsonb_typeof(found.atom) = 'string'";

/// Tables that only grow and whose words an erasure may change, with what stays the same even then.
const REDACTABLE: &[(&str, &[&str])] = &[
    ("event", &["submission", "sequence", "at", "kind"]),
    ("revision", &["submission", "number", "sequence", "at"]),
    ("log", &["id", "organisation", "at", "actor", "act"]),
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
        // The database's own clock, in microseconds.
        (
            "{now}",
            "CAST(unixepoch('subsec') * 1000000 AS INTEGER)",
            "CAST(extract(epoch FROM clock_timestamp()) * 1000000 AS bigint)",
        ),
        // Rows that are little more than their key.
        ("{keyed}", "STRICT, WITHOUT ROWID", ""),
        // Every address in the answers of a submission.
        ("{emails}", SQLITE_EMAILS, POSTGRES_EMAILS),
        // The same in what was sent.
        ("{sent_emails}", SQLITE_SENT_EMAILS, POSTGRES_SENT_EMAILS),
        ("{find}", "instr", "strpos"),
        ("{email}", "found.atom", "found.atom #>> '{}'"),
        ("{id_as_text}", "hex(id)", "id::text"),
        // What is replaced is not left in the free space of its page.
        ("{overwrite}", "PRAGMA secure_delete = ON", "SELECT 1"),
        ("{without_secret}", "json_remove(payload, '$.secret')", "(payload::jsonb - 'secret')::text"),
    ];
    let text = words.iter().fold(statements.to_owned(), |text, (word, sqlite, postgres)| {
        text.replace(word, if backend == DbBackend::Sqlite { sqlite } else { postgres })
    });
    REDACTABLE.iter().fold(text, |text, (table, same)| {
        text.replace(&format!("{{redactable {table}}}"), &redactable(backend, table, same))
    })
}

/// Triggers that refuse to change or delete rows of a table.
pub(crate) fn append_only(backend: DbBackend, table: &str) -> String {
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

/// Triggers in the place of those that refused every change.
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
        "DROP TRIGGER {table}_no_UPDATE; DROP TRIGGER {table}_no_DELETE; \
         CREATE TRIGGER {table}_no_UPDATE BEFORE UPDATE ON {table} WHEN {intrudes} OR NEW.erasure IS OLD.erasure \
         BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END; \
         CREATE TRIGGER {table}_no_DELETE BEFORE DELETE ON {table} WHEN NOT ({swept}) \
         BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END;"
    )
}

fn postgres(table: &str, same: &[&str], swept: &str) -> String {
    let intrudes = intrudes(same, "IS DISTINCT FROM");
    format!(
        "DROP TRIGGER {table}_append_only ON {table}; \
         CREATE OR REPLACE FUNCTION {table}_append_only() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN \
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
