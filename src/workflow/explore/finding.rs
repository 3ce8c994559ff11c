//! What an exploration found wrong.

use super::{invariants, successors::Move};

/// One thing wrong with a definition, and where in the exploration it shows.
#[derive(Debug)]
pub(super) struct Finding {
    pub(super) rule: &'static str,
    /// Where in the file.
    pub(super) path: Vec<String>,
    /// One sentence.
    pub(super) message: String,
    pub(super) shown: Shown,
}

/// What shows it.
#[derive(Debug)]
pub(super) enum Shown {
    /// Nothing: something never happens.
    Nowhere,
    /// That this configuration can be reached.
    At(usize),
    /// This move in this configuration.
    Then(usize, Move, invariants::Fault),
    /// A way that leads back to where it began.
    Round(Vec<usize>),
}

impl Finding {
    pub(super) fn of(rule: &'static str, path: &[&str], message: String) -> Self {
        let path = path.iter().map(|step| (*step).to_owned()).collect();
        Self { rule, path, message, shown: Shown::Nowhere }
    }

    pub(super) fn at(self, at: usize) -> Self {
        Self { shown: Shown::At(at), ..self }
    }

    pub(super) fn then(self, tried: Move, fault: invariants::Fault) -> Self {
        match self.shown {
            Shown::At(at) => Self { shown: Shown::Then(at, tried, fault), ..self },
            _ => self,
        }
    }

    pub(super) fn round(self, round: Vec<usize>) -> Self {
        Self { shown: Shown::Round(round), ..self }
    }
}
