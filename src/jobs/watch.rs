//! Whether the wall clock can be trusted with deadlines.
//!
//! Nothing here reads time twice and hopes. A clock that was moved is seen by what does not move: the time since the
//! machine started, told by its kernel, together with what both said when somebody last looked; and by the clock of the
//! database. A server that was stopped for weeks is no jump, since the machine's time went on alike. Where the machine
//! itself was started anew nothing can tell the two apart: then deadlines wait a few minutes for the clock to be set.

use std::{
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicI64, Ordering},
    },
    time::Duration,
};

use jiff::{SignedDuration, Timestamp};
use tokio::time::Instant;
use tokio_util::sync::CancellationToken;

use super::{Worker, lane::bounded};
use crate::{
    clock::{Clock, Uptime},
    model::MachineClock,
    usecase::{
        Error,
        work::{self, Clocks},
    },
};

/// What clocks may differ by.
const TOLERANCE: SignedDuration = SignedDuration::from_mins(10);
/// After a new start of the machine it counts as away when it was not seen for so long.
const AWAY: SignedDuration = SignedDuration::from_hours(24);
/// How long deadlines wait then.
const NOTICE: Duration = Duration::from_mins(10);
/// How often what was seen is kept.
const KEEP: Duration = Duration::from_mins(1);
/// How often the clocks are compared.
const LOOK: Duration = Duration::from_secs(5);
/// How long comparing may take.
const AT_MOST: Duration = Duration::from_secs(30);

/// Whether the wall clock can be trusted; clones agree.
#[derive(Clone, Debug, Default)]
pub struct Watch {
    seen: Arc<Seen>,
}

#[derive(Debug, Default)]
struct Seen {
    /// When the machine started by a wall clock that is trusted, in microseconds; zero before the first look.
    trusted: AtomicI64,
    /// Deadlines are held back.
    held: AtomicBool,
}

/// What is compared.
#[derive(Clone, Debug)]
struct Reading {
    wall: Timestamp,
    uptime: Uptime,
    database: Timestamp,
}

/// What this process remembers from one look to the next.
#[derive(Clone, Debug, Default)]
struct Memory {
    /// Until when deadlines wait after a new start of the machine, and for how long it was away.
    notice: Option<(Instant, SignedDuration)>,
    /// When what was seen was last kept.
    kept: Option<Instant>,
    /// What was last said in the log.
    said: Option<String>,
}

impl Watch {
    /// Until the first look nobody knows.
    pub(super) fn begin(&self) {
        self.seen.held.store(true, Ordering::Release);
    }

    /// Whether deadlines are to wait. Asked just before they fire, so that a jump is seen before it does harm.
    #[must_use]
    pub fn is_in_doubt(&self) -> bool {
        if self.seen.held.load(Ordering::Acquire) {
            return true;
        }
        let trusted = self.seen.trusted.load(Ordering::Acquire);
        trusted != 0 && started(Clock::system().now(), &Uptime::now()).as_microsecond() - trusted > tolerance()
    }
}

fn tolerance() -> i64 {
    TOLERANCE.as_secs() * 1_000_000
}

/// When the machine started, by a wall clock.
fn started(wall: Timestamp, uptime: &Uptime) -> Timestamp {
    wall.saturating_sub(uptime.up).unwrap_or(Timestamp::MIN)
}

/// Compares until told to stop.
pub(super) async fn run(worker: Arc<Worker>, stop: CancellationToken) {
    let mut memory = Memory::default();
    while !stop.is_cancelled() {
        if let Err(error) = bounded(AT_MOST, async { Ok(look(&worker, &mut memory).await?) }).await {
            tracing::warn!(cause = format!("{error:#}"), "The clocks could not be compared");
        }
        tokio::select! {
            () = stop.cancelled() => {}
            () = tokio::time::sleep(LOOK) => {}
        }
    }
}

async fn look(worker: &Worker, memory: &mut Memory) -> Result<(), Error> {
    let uptime = Uptime::now();
    let Clocks { database, known, last_seen } = work::clocks(&worker.context, &uptime.boot).await?;
    let reading = Reading { wall: worker.context.clock.real(), uptime: Uptime::now(), database };
    let clock = match &known {
        Some(known) if known.up <= reading.uptime.up => compared(&reading, known, memory),
        // A container may count its time anew under the name of a machine that goes on.
        _ => met(&reading, last_seen, memory),
    };
    let news = known.is_none_or(|known| known.held != clock.held || known.ahead != clock.ahead);
    if news || memory.kept.is_none_or(|last| last.elapsed() >= KEEP) {
        work::keep_clock(&worker.context, &clock).await?;
        memory.kept = Some(Instant::now());
    }
    let seen = &worker.watch.seen;
    seen.trusted.store(clock.started.as_microsecond(), Ordering::Release);
    seen.held.store(clock.held.is_some(), Ordering::Release);
    say(&clock, memory);
    Ok(())
}

/// A machine that was not seen since it started.
fn met(reading: &Reading, last_seen: Option<Timestamp>, memory: &mut Memory) -> MachineClock {
    let begun = started(reading.wall, &reading.uptime);
    let away = last_seen.map_or(SignedDuration::ZERO, |last| reading.wall.duration_since(last));
    if away > AWAY {
        memory.notice = Some((Instant::now() + NOTICE, away));
    }
    // Time does not go back: what was seen counts until somebody says otherwise.
    let ahead = if away < -TOLERANCE { away } else { SignedDuration::ZERO };
    let trusted = begun.saturating_sub(ahead).unwrap_or(begun);
    judged(reading, trusted, ahead, SignedDuration::ZERO, memory)
}

/// A machine that was seen since it started: its own time says how much has passed.
fn compared(reading: &Reading, known: &MachineClock, memory: &mut Memory) -> MachineClock {
    if known.held.is_none() {
        // Somebody said that the clock is right.
        memory.notice = None;
    }
    let begun = started(reading.wall, &reading.uptime);
    let ahead = begun.duration_since(known.started);
    let agrees = ahead.abs() <= TOLERANCE;
    // Small differences are the clock being set as clocks are.
    let (trusted, ahead) = if agrees { (begun, SignedDuration::ZERO) } else { (known.started, ahead) };
    judged(reading, trusted, ahead, known.trusted_drift, memory)
}

fn judged(
    reading: &Reading,
    started: Timestamp,
    ahead: SignedDuration,
    trusted_drift: SignedDuration,
    memory: &mut Memory,
) -> MachineClock {
    memory.notice = memory.notice.filter(|(until, _)| *until > Instant::now());
    let drift = reading.wall.duration_since(reading.database);
    let held = if ahead > TOLERANCE {
        Some(format!("the clock of this machine has jumped ahead by {}", worded(ahead)))
    } else if (drift - trusted_drift).abs() > TOLERANCE {
        Some(format!("the clocks of this machine and of the database differ by {}", worded(drift.abs())))
    } else {
        memory.notice.map(|(_, away)| {
            format!(
                "nothing served for {}, and the machine was started anew: the clock may not be set yet",
                worded(away)
            )
        })
    };
    let uptime = reading.uptime.clone();
    MachineClock { boot: uptime.boot, started, seen_at: reading.wall, up: uptime.up, ahead, drift, trusted_drift, held }
}

/// Says in the log what has changed.
fn say(clock: &MachineClock, memory: &mut Memory) {
    let behind = || format!("the clock of this machine has gone back by {}", worded(clock.ahead.abs()));
    let now = clock.held.clone().or_else(|| (clock.ahead < SignedDuration::ZERO).then(behind));
    if now == memory.said {
        return;
    }
    match (&now, &clock.held) {
        (Some(cause), Some(_)) => tracing::error!(
            cause,
            "Deadlines and housekeeping are held back; set the clock, or confirm it with `imprimatur job retry clock`"
        ),
        (Some(cause), None) => {
            tracing::warn!(cause, "Deadlines come later; confirm it with `imprimatur job retry clock`");
        }
        (None, _) => tracing::info!("The clock is trusted again; deadlines go on"),
    }
    memory.said = now;
}

fn worded(length: SignedDuration) -> String {
    // To the nearest hour: two clocks that are read one after the other never differ by whole days.
    match (length.as_mins() + 30) / 60 {
        hours @ 48.. => format!("{} days", hours / 24),
        hours @ 2.. => format!("{hours} hours"),
        _ => format!("{} minutes", length.as_mins()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const DAY: SignedDuration = SignedDuration::from_hours(24);

    /// What a machine with a right clock says when it has been up so long.
    fn reading(up: SignedDuration) -> Reading {
        let start: Timestamp = "2026-03-01T08:00:00Z".parse().unwrap();
        let wall = start + up;
        Reading { wall, uptime: Uptime { boot: "one".to_owned(), up }, database: wall }
    }

    fn moved(by: SignedDuration, reading: Reading) -> Reading {
        Reading { wall: reading.wall + by, database: reading.database + by, ..reading }
    }

    fn known() -> MachineClock {
        met(&reading(SignedDuration::from_mins(1)), None, &mut Memory::default())
    }

    #[test]
    fn a_jump_holds_and_the_clocks_return_or_a_word_lets_go() {
        let (mut memory, known) = (Memory::default(), known());
        assert_eq!((&known.held, known.ahead), (&None, SignedDuration::ZERO));
        let jumped = moved(DAY * 90, reading(SignedDuration::from_hours(1)));
        let held = compared(&jumped, &known, &mut memory);
        assert_eq!(held.held.as_deref(), Some("the clock of this machine has jumped ahead by 90 days"));
        // It stays held however long it lasts, and over a start of the server.
        let later = moved(DAY * 90, reading(DAY * 40));
        assert!(compared(&later, &held, &mut Memory::default()).held.is_some());
        let back = compared(&reading(SignedDuration::from_hours(2)), &held, &mut memory);
        assert_eq!((back.held, back.ahead), (None, SignedDuration::ZERO));
        let trusted = MachineClock { started: held.started + held.ahead, held: None, ..held };
        let confirmed = compared(&jumped, &trusted, &mut memory);
        assert_eq!((confirmed.held, confirmed.ahead), (None, SignedDuration::ZERO));
    }

    #[test]
    fn a_server_that_was_stopped_or_slept_for_weeks_is_no_jump() {
        assert_eq!(compared(&reading(DAY * 21), &known(), &mut Memory::default()).held, None);
    }

    #[test]
    fn a_clock_that_is_set_a_little_or_drifts_for_years_is_no_jump() {
        let mut known = known();
        for week in 1..500 {
            let drifted = moved(SignedDuration::from_mins(i64::from(week)), reading(DAY * 7 * week));
            known = compared(&drifted, &known, &mut Memory::default());
            assert_eq!((&known.held, known.ahead), (&None, SignedDuration::ZERO));
        }
    }

    #[test]
    fn after_a_new_start_of_the_machine_a_long_absence_is_noticed_before_deadlines_fire() {
        let mut memory = Memory::default();
        let reading = reading(SignedDuration::from_mins(1));
        let noticed = met(&reading, Some(reading.wall - DAY * 21), &mut memory);
        assert!(noticed.held.as_ref().unwrap().contains("nothing served for 21 days"), "{noticed:?}");
        assert!(compared(&reading, &noticed, &mut memory).held.is_some());
        let over = Memory { notice: Some((Instant::now(), DAY)), ..memory.clone() };
        assert_eq!(compared(&reading, &noticed, &mut { over }).held, None);
        let confirmed = MachineClock { held: None, ..noticed };
        assert_eq!(compared(&reading, &confirmed, &mut memory).held, None);
        let short = met(&reading, Some(reading.wall - SignedDuration::from_hours(3)), &mut Memory::default());
        assert_eq!(short.held, None);
    }

    #[test]
    fn a_clock_that_goes_back_is_told_and_holds_nothing() {
        let known = known();
        let back = compared(&moved(DAY * -90, reading(DAY)), &known, &mut Memory::default());
        assert_eq!((&back.held, back.ahead), (&None, DAY * -90));
        // When it returns all is well; the way back is no jump ahead.
        assert_eq!(compared(&reading(DAY * 2), &back, &mut Memory::default()).held, None);
        let anew = met(&reading(DAY), Some(reading(DAY * 30).wall), &mut Memory::default());
        assert_eq!((&anew.held, anew.ahead), (&None, DAY * -29));
    }

    #[test]
    fn clocks_of_server_and_database_that_differ_hold() {
        let apart = Reading { database: reading(DAY).wall - DAY, ..reading(DAY) };
        let held = compared(&apart, &known(), &mut Memory::default());
        assert_eq!(held.held.as_deref(), Some("the clocks of this machine and of the database differ by 24 hours"));
        let trusted = MachineClock { trusted_drift: held.drift, held: None, ..held };
        assert_eq!(compared(&apart, &trusted, &mut Memory::default()).held, None);
    }
}
