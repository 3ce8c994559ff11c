//! An item as far as it matters: what differs in nothing else is one configuration.

use super::person::Signature;

/// Where an explored item stands. Persons are interchangeable: only how many of each kind there are counts.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) struct Configuration {
    /// The state, by its place in the file.
    pub(super) state: u16,
    /// How many conflicts of interest were found.
    pub(super) conflicts: u8,
    /// Timers of the state that fired without effect, a bit each.
    pub(super) spent: u32,
    /// Awards that stand, a bit for each state that awards.
    pub(super) awarded: u32,
    /// Questions of decisions that were answered, a bit for each variable.
    pub(super) asked: u32,
    /// Counters, up to one more than anything compares them with.
    pub(super) counters: Box<[u8]>,
    /// How often each bounded transition was taken.
    pub(super) taken: Box<[u8]>,
    /// What is known of the answers, a cell for each variable.
    pub(super) cells: Box<[u8]>,
    /// The quorum of each track that is open, 0 where none is.
    pub(super) quorums: Box<[u8]>,
    /// What the author did.
    pub(super) author: Signature,
    /// What everybody else did, sorted.
    pub(super) persons: Box<[Signature]>,
}
