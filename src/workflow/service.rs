//! The office's service clock: what counts against the office, and what does not.

use jiff::Timestamp;

use super::{Definition, Event, EventKind, definition::State};

/// A stretch of time during which the office had an item.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Service {
    /// Since when.
    pub from: Timestamp,
    /// Until when; nothing while it lasts.
    pub until: Option<Timestamp>,
}

impl Definition {
    /// Whether the office's clock runs in a state: not in the draft, not at the end, and not while it waits for the
    /// author in a state that says `clock: paused`.
    #[must_use]
    pub fn clock_runs(&self, state: &str) -> bool {
        self.states.get(state).is_some_and(State::is_with_the_office)
    }

    /// The stretches during which the clock ran, oldest first: between them the item was elsewhere.
    #[must_use]
    pub fn service(&self, events: &[Event]) -> Vec<Service> {
        let mut stretches: Vec<Service> = Vec::new();
        for event in events {
            let EventKind::Moved { to, .. } = &event.what else { continue };
            let runs = stretches.last().is_some_and(|stretch| stretch.until.is_none());
            match (runs, self.clock_runs(to)) {
                (false, true) => stretches.push(Service { from: event.at, until: None }),
                (true, false) => {
                    if let Some(stretch) = stretches.last_mut() {
                        stretch.until = Some(event.at);
                    }
                }
                _ => {}
            }
        }
        stretches
    }
}
