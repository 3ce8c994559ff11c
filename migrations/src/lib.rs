//! The schema, one file a step, the first with one more for each group of tables; the same steps make it on SQLite and
//! on PostgreSQL.
//!
//! Conventions: instants are microseconds since the epoch, dates are `YYYY-MM-DD` text, credit is in hundredths,
//! JSON is text kept byte for byte.

use sea_orm_migration::prelude::*;

mod dialect;
mod m0001_schema;
mod m0003_people;
mod m0005_typed;
mod m0006_office;
mod m0007_conflicts;
mod m0008_trail;
mod m0009_sessions;
mod m0010_second_factor;
mod m0011_address_and_letters;
mod m0012_disclosures;
mod m0013_discarded;
mod schema;
mod step;

pub use schema::{Schema, make, migrate, schema};
use step::Step;

/// All steps, in order.
const STEPS: &[Step] = &[
    m0001_schema::STEP,
    m0003_people::STEP,
    m0005_typed::STEP,
    m0006_office::STEP,
    m0007_conflicts::STEP,
    m0008_trail::STEP,
    m0009_sessions::STEP,
    m0010_second_factor::STEP,
    m0011_address_and_letters::STEP,
    m0012_disclosures::STEP,
    m0013_discarded::STEP,
];

/// The schema; see [`migrate`] and [`schema`].
#[derive(Clone, Copy, Debug)]
struct Migrator;

#[async_trait::async_trait]
impl MigratorTrait for Migrator {
    fn migrations() -> Vec<Box<dyn MigrationTrait>> {
        STEPS.iter().map(|step| -> Box<dyn MigrationTrait> { Box::new(*step) }).collect()
    }
}
