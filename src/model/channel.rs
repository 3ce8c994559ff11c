//! A way out of the house that does not work for now.

use jiff::Timestamp;

/// A way out that does not work, or that refuses one thing after another. One that works has no entry.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Channel {
    /// Its name.
    pub name: String,
    /// Since when.
    pub since: Timestamp,
    /// Pauses so far, one after the other; none where it is not paused.
    pub failures: u32,
    /// Refusals of one thing after another with nothing taken in between.
    pub strikes: u32,
    /// When it is tried again.
    pub resume_at: Timestamp,
    /// What it last said.
    pub error: String,
}
