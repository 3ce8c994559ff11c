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
mod step;

/// All steps, in order.
#[derive(Clone, Copy, Debug)]
pub struct Migrator;

#[async_trait::async_trait]
impl MigratorTrait for Migrator {
    fn migrations() -> Vec<Box<dyn MigrationTrait>> {
        vec![
            Box::new(m0001_people::STEP),
            Box::new(m0002_submission::STEP),
            Box::new(m0003_credit::STEP),
            Box::new(m0004_outbox::STEP),
            Box::new(m0005_versions::STEP),
            Box::new(m0006_calendar::STEP),
            Box::new(m0007_award::STEP),
            Box::new(m0008_away::STEP),
            Box::new(m0009_proof::STEP),
            Box::new(m0010_named::STEP),
        ]
    }
}
