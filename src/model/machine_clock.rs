//! What the wall clock of a machine and the time since its start said together.

use jiff::{SignedDuration, Timestamp};

/// The clock of a machine, from one start of it to the next.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MachineClock {
    /// Which start of which machine.
    pub boot: String,
    /// When the machine started, by its wall clock as it was trusted.
    pub started: Timestamp,
    /// What the wall clock last said.
    pub seen_at: Timestamp,
    /// How long the machine had been up then.
    pub up: SignedDuration,
    /// By how much the wall clock is ahead of what was to be expected.
    pub ahead: SignedDuration,
    /// By how much it is ahead of the database's clock.
    pub drift: SignedDuration,
    /// The same as it was trusted.
    pub trusted_drift: SignedDuration,
    /// Why deadlines are held back; empty where they are not.
    pub held: Option<String>,
}
