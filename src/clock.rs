//! Time, identifiers and randomness: the one place they come from.
//!
//! Everything else takes them as arguments (`clippy.toml` bans the rest), so that the demo and the tests can move time on.

use std::{
    sync::{
        Arc, OnceLock,
        atomic::{AtomicI64, Ordering},
    },
    time::Instant,
};

use jiff::{SignedDuration, Timestamp};
use uuid::Uuid;

/// What time it is. Cheap to clone; clones agree.
#[derive(Clone, Debug, Default)]
pub struct Clock {
    /// Microseconds ahead of the system's clock; none where time cannot be moved.
    ahead: Option<Arc<AtomicI64>>,
    /// Where it stands instead of going with the system's clock.
    standing: Option<Timestamp>,
}

impl Clock {
    /// The system's clock.
    #[must_use]
    pub fn system() -> Self {
        Self::default()
    }

    /// The system's clock plus `ahead` microseconds, which whoever shares the number may change.
    #[must_use]
    pub fn shifted(ahead: Arc<AtomicI64>) -> Self {
        Self { ahead: Some(ahead), standing: None }
    }

    /// An instant plus `ahead` microseconds, for what has to read the same on every day that it is looked at.
    #[must_use]
    pub fn standing(at: Timestamp, ahead: Arc<AtomicI64>) -> Self {
        Self { ahead: Some(ahead), standing: Some(at) }
    }

    /// The instant, in whole microseconds: what the database can hold.
    #[must_use]
    pub fn now(&self) -> Timestamp {
        #[expect(clippy::disallowed_methods, reason = "this is where time comes from")]
        let now = self.standing.unwrap_or_else(Timestamp::now);
        let ahead = self.ahead.as_ref().map_or(0, |ahead| ahead.load(Ordering::Acquire));
        let moved = now.saturating_add(SignedDuration::from_micros(ahead)).unwrap_or(now);
        Timestamp::from_microsecond(moved.as_microsecond()).unwrap_or(moved)
    }

    /// What the system's clock says, also where time is moved.
    #[must_use]
    pub fn real(&self) -> Timestamp {
        Self::system().now()
    }

    /// Moves time by `by`; whether this clock can be moved at all.
    #[must_use]
    pub fn advance(&self, by: SignedDuration) -> bool {
        let Some(ahead) = &self.ahead else { return false };
        ahead.fetch_add(i64::try_from(by.as_micros()).unwrap_or(0), Ordering::AcqRel);
        true
    }
}

/// Which start of which machine this is, and how long ago: what is left to go by when the wall clock is in doubt.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Uptime {
    /// Names the start; of this process where the system does not tell.
    pub boot: String,
    /// How long ago it was, with the time that the machine slept.
    pub up: SignedDuration,
}

impl Uptime {
    /// As it is now.
    #[must_use]
    pub fn now() -> Self {
        Self::of_machine().unwrap_or_else(Self::of_process)
    }

    /// As Linux tells.
    fn of_machine() -> Option<Self> {
        let boot = std::fs::read_to_string("/proc/sys/kernel/random/boot_id").ok()?;
        let up = std::fs::read_to_string("/proc/uptime").ok()?;
        let seconds: f64 = up.split(' ').next()?.parse().ok()?;
        Some(Self { boot: boot.trim().to_owned(), up: SignedDuration::try_from_secs_f64(seconds).ok()? })
    }

    fn of_process() -> Self {
        static START: OnceLock<(Instant, String)> = OnceLock::new();
        let (start, name) = START.get_or_init(|| (Instant::now(), new_id().to_string()));
        Self { boot: name.clone(), up: SignedDuration::try_from(start.elapsed()).unwrap_or(SignedDuration::MAX) }
    }
}

/// A fresh identifier: UUID v7, in the order of creation within this process.
///
/// Its time is the system's, also where the clock is shifted: identifiers order rows, nobody reads time from them.
#[must_use]
pub fn new_id() -> Uuid {
    #[expect(clippy::disallowed_methods, reason = "this is where identifiers come from")]
    Uuid::now_v7()
}

/// 256 random bits, for session ids and one-time links.
///
/// # Panics
///
/// When the operating system gives no randomness: without it nothing may go on.
#[must_use]
pub fn random() -> [u8; 32] {
    let mut bytes = [0; 32];
    #[expect(clippy::expect_used, reason = "documented")]
    aws_lc_rs::rand::fill(&mut bytes).expect("the operating system gives random bytes");
    bytes
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn clones_of_a_shifted_clock_move_together() {
        let clock = Clock::shifted(Arc::default());
        let before = clock.now();
        assert!(clock.clone().advance(SignedDuration::from_hours(24 * 7)));
        assert!(clock.now().duration_since(before) >= SignedDuration::from_hours(24 * 7));
        assert!(clock.now().duration_since(before) < SignedDuration::from_hours(24 * 7 + 1));
    }

    #[test]
    fn the_time_since_the_start_goes_on_and_keeps_its_name() {
        let (first, second) = (Uptime::now(), Uptime::now());
        assert!(first.boot == second.boot && first.up <= second.up, "{first:?} {second:?}");
        let (first, second) = (Uptime::of_process(), Uptime::of_process());
        assert!(first.boot == second.boot && first.up <= second.up, "{first:?} {second:?}");
    }

    #[test]
    fn the_system_clock_cannot_be_moved() {
        assert!(!Clock::system().advance(SignedDuration::from_secs(1)));
    }

    #[test]
    fn identifiers_ascend_and_random_bytes_differ() {
        let ids: Vec<Uuid> = (0..1000).map(|_| new_id()).collect();
        assert!(ids.is_sorted());
        assert_ne!(random(), random());
    }
}
