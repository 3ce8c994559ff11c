//! What the two databases call differently.

use sea_orm_migration::sea_orm::DbBackend;

const SQLITE_EMAILS: &str =
    "json_tree(submission_content.answers) AS found WHERE found.key = 'email' AND found.type = 'text'";
const POSTGRES_EMAILS: &str = "jsonb_path_query(submission_content.answers::jsonb, 'strict $.**.email') AS found(atom) \
                               WHERE jsonb_typeof(found.atom) = 'string'";

/// Statements for one database, out of statements with `{words}`.
///
/// Text is compared byte by byte on both, so that pages come in the same order.
pub(crate) fn translate(backend: DbBackend, statements: &str) -> String {
    let words: [(&str, &str, &str); 8] = [
        ("{uuid}", "BLOB", "uuid"),
        ("{blob}", "BLOB", "bytea"),
        ("{text}", "TEXT", "text COLLATE \"C\""),
        ("{int}", "INTEGER", "bigint"),
        ("{bool}", "INTEGER", "boolean"),
        ("{strict}", "STRICT", ""),
        // Every address in the answers of a submission.
        ("{emails}", SQLITE_EMAILS, POSTGRES_EMAILS),
        ("{email}", "found.atom", "found.atom #>> '{}'"),
    ];
    words.iter().fold(statements.to_owned(), |text, (word, sqlite, postgres)| {
        text.replace(word, if backend == DbBackend::Sqlite { sqlite } else { postgres })
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
