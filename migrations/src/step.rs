//! One step of the schema: a name for ever, and statements.

use sea_orm_migration::prelude::*;

use crate::dialect;

/// One step of the schema. What was released is never changed: a new step follows.
pub(crate) struct Step {
    /// The name it is remembered by.
    pub(crate) name: &'static str,
    /// Its statements, in the words of [`dialect`].
    pub(crate) statements: &'static str,
    /// Tables that only grow.
    pub(crate) append_only: &'static [&'static str],
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
        connection.execute_unprepared(&dialect::translate(backend, self.statements)).await?;
        for table in self.append_only {
            connection.execute_unprepared(&dialect::append_only(backend, table)).await?;
        }
        Ok(())
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}
