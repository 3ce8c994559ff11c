//! Whether requests are wanted: every check bounded in time, all at once, and remembered for a moment, so that asking costs
//! nothing.

use std::{sync::Arc, time::Duration};

use tokio::{
    sync::Mutex,
    time::{Instant, timeout},
};

use super::App;
use crate::{
    http::{Places, concurrency_limit::Class, health::Check},
    store,
    usecase::work,
};

/// How long a check may take.
const PATIENCE: Duration = Duration::from_millis(800);
/// Less room on a disk, in bytes, is none.
#[cfg(unix)]
const ROOM: u64 = 128 * 1024;
/// For how long an answer counts.
const FRESH: Duration = Duration::from_secs(1);

/// What `readyz` looks at. Cheap to clone; clones share what was found last.
#[derive(Clone, Debug)]
pub(super) struct Probe {
    app: App,
    places: Places,
    last: Arc<Mutex<Option<Found>>>,
}

/// What was found, and when.
type Found = (Instant, Vec<Check>);

impl Probe {
    pub(super) fn new(app: App, places: Places) -> Self {
        Self { app, places, last: Arc::default() }
    }

    /// What was found just now, or a moment ago.
    pub(super) async fn checks(&self) -> Vec<Check> {
        let mut last = self.last.lock().await;
        if let Some((at, checks)) = &*last
            && at.elapsed() < FRESH
        {
            return checks.clone();
        }
        let (database, documents, work) = tokio::join!(self.database(), self.documents(), self.work());
        let checks = [database, documents, self.workflows(), self.places()].into_iter().chain(work).collect::<Vec<_>>();
        let before = last.as_ref().map(|(_, checks)| checks);
        if before.is_some_and(|before| *before != checks) || (before.is_none() && checks.iter().any(is_worth_a_line)) {
            let said: Vec<String> = checks.iter().filter_map(line).collect();
            if said.is_empty() {
                tracing::info!("What this server depends on is well again");
            } else {
                tracing::warn!(checks = said.join("; "), "What this server depends on is not as it should be");
            }
        }
        *last = Some((Instant::now(), checks.clone()));
        checks
    }

    /// Whether anything can be read and stored.
    async fn database(&self) -> Check {
        const NAME: &str = "database";
        if self.is_full() {
            return Check::fault(NAME, "nothing can be stored: the disk is full");
        }
        match timeout(PATIENCE, self.stored()).await {
            Err(_) => Check::fault(NAME, "no answer within a second"),
            Ok(Ok(())) => Check::good(NAME),
            Ok(Err(fault)) => Check::fault(NAME, fault),
        }
    }

    /// Whether the disk of a database that is a file is full. A row may still find room in what the file has; whatever is
    /// larger does not.
    #[cfg(unix)]
    fn is_full(&self) -> bool {
        let config = &self.app.context.config;
        config.database.expose().starts_with("sqlite:")
            && rustix::fs::statvfs(config.data.as_path())
                .is_ok_and(|disk| disk.f_bavail.saturating_mul(disk.f_frsize) < ROOM)
    }

    #[cfg(not(unix))]
    fn is_full(&self) -> bool {
        false
    }

    async fn stored(&self) -> Result<(), &'static str> {
        let store = &self.app.context.store;
        match store.schema().await {
            Ok(schema) if schema.serves() => {}
            Ok(_) => return Err("the schema is of another version"),
            Err(store::Error::Unavailable(_)) => return Err("away"),
            Err(error) => {
                tracing::warn!(cause = %error, "The schema cannot be read");
                return Err("it cannot be read; the log says why");
            }
        }
        // Why, the store has written into the log.
        store.canary().await.or(Err("nothing can be stored; the log says why"))
    }

    /// Whether documents can be had; without them the rest goes on.
    async fn documents(&self) -> Check {
        const NAME: &str = "documents";
        if !self.app.context.blobs.is_confirmed() {
            return Check::note(NAME, "away since the start; nothing is uploaded before it was seen whose they are");
        }
        match timeout(PATIENCE, self.app.context.blobs.look()).await {
            Err(_) => Check::note(NAME, "no answer within a second"),
            Ok(Ok(())) => Check::good(NAME),
            Ok(Err(error)) => {
                tracing::debug!(cause = %error, "The store of documents is not as it should be");
                Check::note(NAME, "away; nothing is uploaded or downloaded meanwhile")
            }
        }
    }

    /// What does not get done by itself, if anything does not.
    async fn work(&self) -> Option<Check> {
        // Where the database does not answer, its own check says so.
        let notes = timeout(PATIENCE, work::notes(&self.app.context)).await.ok()?.ok()?;
        Some(Check::note("work", notes.into_iter().next()?))
    }

    fn workflows(&self) -> Check {
        const NAME: &str = "workflows";
        let definitions = &self.app.context.definitions;
        if definitions.refused().is_empty() && !self.app.outstanding.definitions() {
            Check::good(NAME)
        } else {
            Check::note(NAME, "a definition was not taken over; `imprimatur doctor` says which and why")
        }
    }

    fn places(&self) -> Check {
        let full = self.places.filled().find(|filled| filled.taken >= filled.most);
        full.map_or_else(
            || Check::good("places"),
            |full| match full.class {
                Class::Page | Class::Api => Check::fault("places", "all are taken"),
                Class::SignIn => Check::note("places", "all are taken for signing in"),
                Class::Upload => Check::note("places", "all are taken for uploads"),
                Class::Download => Check::note("places", "all are taken for downloads"),
            },
        )
    }
}

fn is_worth_a_line(check: &Check) -> bool {
    check.fault.is_some() || check.note.is_some()
}

fn line(check: &Check) -> Option<String> {
    Some(format!("{}: {}", check.name, check.fault.or(check.note)?))
}
