//! The way one item went through the picture.

use std::collections::BTreeSet;

use crate::workflow::{Event, EventKind};

/// Where an item is, and how it came there.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Trail {
    /// Id of the state it is in.
    pub here: String,
    /// States it was in.
    pub states: BTreeSet<String>,
    /// State and transition by which it left that state.
    pub taken: BTreeSet<(String, String)>,
}

impl Trail {
    /// The trail of a history.
    #[must_use]
    pub fn of<'a>(history: impl IntoIterator<Item = &'a Event>) -> Self {
        let mut trail = Self::default();
        for event in history {
            match &event.what {
                EventKind::Begun { state } => trail.reach(state),
                EventKind::Moved { transition, from, to, .. } => {
                    trail.taken.insert((from.clone(), transition.clone()));
                    trail.reach(to);
                }
                _ => {}
            }
        }
        trail
    }

    fn reach(&mut self, state: &str) {
        state.clone_into(&mut self.here);
        self.states.insert(state.to_owned());
    }
}
