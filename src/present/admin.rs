//! People, groups and settings of the organisation.

pub mod erasure;
pub mod organisation;
pub mod person;
