//! The schema, one file a step; the same steps make it on SQLite and on PostgreSQL.
//!
//! Conventions: instants are microseconds since the epoch, dates are `YYYY-MM-DD` text, credit is in hundredths,
//! JSON is text kept byte for byte. What belongs to an organisation refers to it together with the organisation,
//! so that a reference across the border cannot be stored.

use sea_orm_migration::prelude::*;

mod dialect;
mod m0001_people;
mod m0002_submission;
mod m0003_credit;
mod m0004_outbox;
mod m0005_versions;
mod m0006_calendar;
mod m0007_award;
mod m0008_away;
mod m0009_proof;
mod m0010_named;
mod m0011_sealed;
mod m0012_scale;
mod m0013_documents;
mod m0014_worker;
mod m0016_retention;
mod m0017_own;
mod m0018_look_back;
mod schema;
mod step;

pub use schema::{Schema, make, migrate, schema};
use step::Step;

/// All steps, in order.
const STEPS: &[Step] = &[
    m0001_people::STEP,
    m0002_submission::STEP,
    m0003_credit::STEP,
    m0004_outbox::STEP,
    m0005_versions::STEP,
    m0006_calendar::STEP,
    m0007_award::STEP,
    m0008_away::STEP,
    m0009_proof::STEP,
    m0010_named::STEP,
    m0011_sealed::STEP,
    m0012_scale::STEP,
    m0013_documents::STEP,
    m0014_worker::STEP,
    m0016_retention::STEP,
    m0017_own::STEP,
    m0018_look_back::STEP,
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
