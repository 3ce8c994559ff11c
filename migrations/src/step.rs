//! One step of the schema: a name for ever, and statements.

use sea_orm_migration::prelude::*;

use crate::dialect;

/// One step of the schema. What was released is never changed: a new step follows.
#[derive(Clone, Copy)]
pub(crate) struct Step {
    /// The name it is remembered by.
    pub(crate) name: &'static str,
    /// What it means for a program that does not know it.
    pub(crate) change: Change,
    /// Its statements, in the words of [`dialect`].
    pub(crate) statements: &'static [&'static str],
    /// Tables that only grow.
    pub(crate) append_only: &'static [&'static str],
}

/// What a step means for a program that does not know it and is still serving, as in an upgrade of one replica after
/// the other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Change {
    /// It only adds: tables, indexes that refuse nothing, columns that may be left out. The older program goes on, and
    /// the newer one copes with what the older one leaves empty.
    Additive,
    /// The older program would fail, write what the newer one misreads, or let in whom the newer one does not: it has to be
    /// stopped first.
    Breaking,
}

impl MigrationName for Step {
    fn name(&self) -> &str {
        self.name
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Step {
    #[expect(elided_lifetimes_in_paths, reason = "the macro of the trait wants it written so")]
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let (backend, connection) = (manager.get_database_backend(), manager.get_connection());
        for statements in self.statements {
            connection.execute_unprepared(&dialect::translate(backend, statements)).await?;
        }
        for table in self.append_only {
            connection.execute_unprepared(&dialect::append_only(backend, table)).await?;
        }
        Ok(())
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::STEPS;

    /// Statements without comments, one by one, in capitals and with single spaces.
    fn statements(text: &str) -> Vec<String> {
        let bare: Vec<&str> = text.lines().map(|line| line.split("--").next().unwrap_or_default()).collect();
        let bare = bare.join(" ").to_uppercase();
        bare.split(';')
            .map(|one| one.split_whitespace().collect::<Vec<_>>().join(" "))
            .filter(|s| !s.is_empty())
            .collect()
    }

    fn makes(statement: &str, table: &str) -> bool {
        statement.starts_with(&format!("CREATE TABLE {} (", table.to_uppercase()))
    }

    /// Why a statement, after those of the same step, may hurt a program that does not know of it.
    fn harm(statement: &str, before: &[String]) -> Option<&'static str> {
        if statement.starts_with("CREATE TABLE ") || statement.starts_with("CREATE INDEX ") {
            return None;
        }
        let unique = statement.strip_prefix("CREATE UNIQUE INDEX ").and_then(|rest| rest.split_once(" ON "));
        if let Some((_, on)) = unique {
            let table = on.split(' ').next().unwrap_or_default();
            let new = before.iter().any(|earlier| makes(earlier, table));
            return (!new).then_some("refuses what an older program writes");
        }
        let Some((_, column)) = statement.split_once(" ADD COLUMN ").filter(|_| statement.starts_with("ALTER TABLE "))
        else {
            return Some("is no new table, plain index or column");
        };
        let left_out = !column.contains("NOT NULL") || column.contains("DEFAULT");
        (!left_out).then_some("adds a column that an older program cannot leave out")
    }

    #[test]
    fn a_step_that_is_called_additive_only_adds() {
        for step in STEPS.iter().filter(|step| step.change == Change::Additive) {
            let statements = statements(&step.statements.concat());
            for (number, statement) in statements.iter().enumerate() {
                assert_eq!(harm(statement, &statements[..number]), None, "{}: {statement}", step.name);
            }
            for table in step.append_only {
                assert!(statements.iter().any(|s| makes(s, table)), "{}: {table} is not new", step.name);
            }
        }
    }

    #[test]
    fn what_hurts_is_known() {
        for statement in [
            "DROP INDEX A",
            "UPDATE A SET B = 1",
            "CREATE UNIQUE INDEX A ON B (C)",
            "ALTER TABLE A ADD COLUMN B TEXT NOT NULL",
            "ALTER TABLE A DROP COLUMN B",
            "INSERT INTO A SELECT 1",
        ] {
            assert!(harm(statement, &[]).is_some(), "{statement}");
        }
        assert_eq!(harm("ALTER TABLE A ADD COLUMN B TEXT", &[]), None);
        assert_eq!(harm("CREATE UNIQUE INDEX A ON B (C)", &["CREATE TABLE B ( C )".to_owned()]), None);
    }
}
