//! How often something failed lately, so that guessing gets slow.

use jiff::Timestamp;

/// Failures of one bucket within its window.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Throttle {
    /// What is counted, as in `sign-in:name@example.org`.
    pub bucket: String,
    /// How often it failed since the window began.
    pub failures: u32,
    /// When the window began.
    pub window_start: Timestamp,
    /// Closed until then.
    pub until: Option<Timestamp>,
}
