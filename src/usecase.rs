//! Use cases: load, ask the core, save, in one transaction.

mod error;

pub use error::Error;
