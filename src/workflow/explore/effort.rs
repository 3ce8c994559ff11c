//! What an exploration may cost. It is counted and not timed, so that a file is judged the same on every machine.

use std::sync::atomic::{AtomicUsize, Ordering};

use super::Limits;

/// Tries for each configuration that may be kept: the workflows of practice take some ten.
const TRIES: usize = 24;
/// So many persons cost as much as a configuration without any.
const PERSONS: usize = 16;

/// There is more than may be looked at, so that nothing is proved: one sentence with what to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct TooLarge(pub(super) String);

impl TooLarge {
    /// There are more configurations than may be kept.
    pub(super) fn configurations(most: usize) -> Self {
        Self(format!(
            "there are more than {most} configurations, so nothing is proved; lower a limit, split a state with many \
             seats, or raise workflow.most_configurations"
        ))
    }

    /// There are more ways than may be tried.
    pub(super) fn ways() -> Self {
        let message = "the answers that conditions read can go together in too many ways, so nothing is proved; let fewer \
                       answers decide in one transition, or raise workflow.most_configurations";
        Self(message.to_owned())
    }
}

/// What was tried, by all threads together.
#[derive(Debug)]
pub(super) struct Effort {
    tried: AtomicUsize,
    most: usize,
}

impl Effort {
    pub(super) fn within(limits: Limits) -> Self {
        Self { tried: AtomicUsize::new(0), most: limits.configurations.saturating_mul(TRIES) }
    }

    /// Notes that something is tried among so many persons; false where no more may be.
    pub(super) fn tries(&self, persons: usize) -> bool {
        self.tried.fetch_add(weight(persons), Ordering::Relaxed) < self.most
    }

    pub(super) fn is_spent(&self) -> bool {
        self.tried.load(Ordering::Relaxed) >= self.most
    }

    /// What was found is told from here on: that is tried anew.
    pub(super) fn begin_again(&self) {
        self.tried.store(0, Ordering::Relaxed);
    }
}

/// How many configurations with so many persons may be kept, where so many could be with few.
pub(super) fn most_configurations(most: usize, persons: usize) -> usize {
    most / weight(persons)
}

fn weight(persons: usize) -> usize {
    1 + persons / PERSONS
}
