//! Where an item stands, as another engine is asked it.

use imprimatur::workflow::{Item, definition::Verdict};
use serde_json::{Map, Value, json};

/// State, tracks and counters; a track never opened and a counter never raised are left out.
pub(super) fn of(item: &Item) -> Value {
    let tracks: Map<String, Value> = item
        .tracks
        .iter()
        .map(|(name, progress)| {
            let seated = progress.seats.iter().filter(|seat| !seat.voided).count();
            let counts = json!({
                "seated": seated,
                "approve": progress.count(Verdict::Approve),
                "revise": progress.count(Verdict::Revise),
                "reject": progress.count(Verdict::Reject),
                "complete": progress.complete(),
            });
            (name.clone(), counts)
        })
        .collect();
    json!({"state": item.state, "closed": item.closed, "tracks": tracks, "counters": item.counters})
}
