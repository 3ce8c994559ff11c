//! When a signing key follows another. Pure: whoever calls it writes the changes in one transaction.

use jiff::{SignedDuration, Timestamp};

use super::{KeyRow, KeyState, LEEWAY};

/// How fast keys follow one another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pace {
    /// How long a key signs.
    pub active: SignedDuration,
    /// How long before it signs a key is published; longer than anybody may cache the key set.
    pub lead: SignedDuration,
    /// How long a token is valid: a key that signs no more is kept this long.
    pub token: SignedDuration,
}

/// One change to the stored keys.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Change {
    /// Make a key and store it in this state.
    Generate(KeyState),
    /// Move a key to this state, from now on.
    Move(String, KeyState),
    /// Delete a key: nothing it signed is valid any more.
    Remove(String),
}

/// What is to change now; empty most of the time.
#[must_use]
pub fn plan(keys: &[KeyRow], now: Timestamp, pace: Pace) -> Vec<Change> {
    let age = |key: &KeyRow| now.duration_since(key.since);
    let in_state = |state| keys.iter().find(move |key| key.state == state);
    let mut changes: Vec<Change> = keys
        .iter()
        .filter(|key| key.state == KeyState::Retiring && age(key) > pace.token + LEEWAY)
        .map(|key| Change::Remove(key.kid.clone()))
        .collect();
    let next = in_state(KeyState::Next);
    match (in_state(KeyState::Active), next) {
        (None, None) => changes.push(Change::Generate(KeyState::Active)),
        (None, Some(next)) => changes.push(Change::Move(next.kid.clone(), KeyState::Active)),
        (Some(active), None) if age(active) + pace.lead >= pace.active => {
            changes.push(Change::Generate(KeyState::Next));
        }
        (Some(active), Some(next)) if age(active) >= pace.active && age(next) >= pace.lead => {
            changes.push(Change::Move(active.kid.clone(), KeyState::Retiring));
            changes.push(Change::Move(next.kid.clone(), KeyState::Active));
        }
        _ => {}
    }
    changes
}

#[cfg(test)]
mod tests {
    use super::*;

    const PACE: Pace = Pace {
        active: SignedDuration::from_hours(24 * 30),
        lead: SignedDuration::from_hours(24),
        token: SignedDuration::from_hours(1),
    };

    /// Applies plans every hour for 100 days and checks what must hold at each.
    #[test]
    fn over_a_hundred_days_one_key_signs_and_every_token_stays_verifiable() {
        let start: Timestamp = "2026-01-01T00:00:00Z".parse().unwrap();
        let mut keys: Vec<KeyRow> = Vec::new();
        let (mut made, mut signed): (u32, Vec<(String, Timestamp)>) = (0, Vec::new());
        for hour in 0..24 * 100 {
            let now = start + SignedDuration::from_hours(hour);
            for change in plan(&keys, now, PACE) {
                match change {
                    Change::Generate(state) => {
                        made += 1;
                        keys.push(KeyRow { kid: made.to_string(), state, since: now, pkcs8: Vec::new() });
                    }
                    Change::Move(kid, state) => {
                        let key = keys.iter_mut().find(|key| key.kid == kid).unwrap();
                        assert!(state != KeyState::Active || now.duration_since(key.since) >= PACE.lead);
                        (key.state, key.since) = (state, now);
                    }
                    Change::Remove(kid) => keys.retain(|key| key.kid != kid),
                }
            }
            let active: Vec<_> = keys.iter().filter(|key| key.state == KeyState::Active).collect();
            assert_eq!(active.len(), 1, "at hour {hour}");
            signed.push((active[0].kid.clone(), now));
            signed.retain(|(_, at)| now.duration_since(*at) <= PACE.token);
            assert!(signed.iter().all(|(kid, _)| keys.iter().any(|key| &key.kid == kid)), "at hour {hour}");
            assert!(keys.len() <= 3);
        }
        assert_eq!(made, 4);
    }
}
