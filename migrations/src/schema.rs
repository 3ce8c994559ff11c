//! Whether a database fits this program: older, newer, and how much newer.
//!
//! The program that migrates leaves the name of the last step that was not additive, the floor. A program that knows
//! this step may go on serving, whatever else was added since.

use sea_orm_migration::{
    prelude::*,
    sea_orm::{DatabaseConnection, DatabaseTransaction, Statement},
};

use crate::{
    Migrator, STEPS,
    step::{Change, Step},
};

/// How the schema of a database stands to the steps that this program knows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Schema {
    /// It has all of them and no other.
    Current,
    /// Some are missing.
    Behind,
    /// A newer program added to it; what this one knows is as it was.
    Ahead,
    /// A newer program changed what this one relies on.
    Beyond,
}

impl Schema {
    /// Whether this program may serve from the database.
    #[must_use]
    pub fn serves(self) -> bool {
        matches!(self, Self::Current | Self::Ahead)
    }
}

/// The setting that holds the floor.
const FLOOR: &str = "schema_floor";

/// Takes the steps that are missing and leaves the floor, within the caller's transaction. A database that is newer
/// than this program stays as it is.
pub async fn migrate(change: &DatabaseTransaction) -> Result<Schema, DbErr> {
    let found = look(&SchemaManager::new(change)).await?;
    if matches!(found, Schema::Ahead | Schema::Beyond) {
        return Ok(found);
    }
    Migrator::up(change, None).await?;
    let kept = format!(
        "INSERT INTO setting (name, value) VALUES ('{FLOOR}', '\"{}\"') \
         ON CONFLICT (name) DO UPDATE SET value = excluded.value",
        floor(STEPS)
    );
    change.execute_unprepared(&kept).await?;
    Ok(Schema::Current)
}

/// Makes the schema of an empty database, of which some steps are `there`, as far as these steps go and without the
/// settings that [`migrate`] leaves; false where they are not the first ones that this program knows.
pub async fn make(target: &DatabaseConnection, there: &[String], steps: &[String]) -> Result<bool, DbErr> {
    let known = steps.len() <= STEPS.len() && steps.iter().zip(STEPS).all(|(name, step)| name == step.name);
    if !known || !steps.starts_with(there) {
        return Ok(false);
    }
    let wanting = <u32 as TryFrom<usize>>::try_from(steps.len() - there.len())
        .map_err(|error| DbErr::Custom(error.to_string()))?;
    Migrator::up(target, Some(wanting)).await?;
    Ok(true)
}

/// How a database stands to this program; changes nothing.
pub async fn schema(connection: &DatabaseConnection) -> Result<Schema, DbErr> {
    look(&SchemaManager::new(connection)).await
}

async fn look(manager: &SchemaManager<'_>) -> Result<Schema, DbErr> {
    if !manager.has_table("seaql_migrations").await? {
        return Ok(Schema::Behind);
    }
    let applied = texts(manager, "SELECT version FROM seaql_migrations".to_owned()).await?;
    if STEPS.iter().any(|step| applied.iter().all(|name| name != step.name)) {
        return Ok(Schema::Behind);
    }
    if applied.len() == STEPS.len() {
        return Ok(Schema::Current);
    }
    let kept = texts(manager, format!("SELECT value FROM setting WHERE name = '{FLOOR}'")).await?;
    let known = |floor: &String| STEPS.iter().any(|step| floor.trim_matches('"') == step.name);
    Ok(if kept.first().is_some_and(known) { Schema::Ahead } else { Schema::Beyond })
}

/// The only column of every row.
async fn texts(manager: &SchemaManager<'_>, statement: String) -> Result<Vec<String>, DbErr> {
    let statement = Statement::from_string(manager.get_database_backend(), statement);
    let rows = manager.get_connection().query_all_raw(statement).await?;
    rows.iter().map(|row| row.try_get_by_index(0)).collect()
}

/// The last step that a program has to know in order to serve.
fn floor(steps: &[Step]) -> &'static str {
    let breaking = steps.iter().rfind(|step| step.change == Change::Breaking);
    breaking.or(steps.first()).map_or("", |step| step.name)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn step(name: &'static str, change: Change) -> Step {
        Step { name, change, statements: &[], append_only: &[] }
    }

    #[test]
    fn the_floor_is_the_last_step_that_breaks() {
        let steps = [step("one", Change::Additive), step("two", Change::Breaking), step("three", Change::Additive)];
        assert_eq!(floor(&steps), "two");
        assert_eq!(floor(&steps[..1]), "one");
    }
}
