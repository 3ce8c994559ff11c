//! Whether the database answers at all, asked over a connection of its own: all others may be waiting.

use std::{io, sync::Arc, time::Duration};

use sqlx::{
    Connection as _, PgConnection, PgPool,
    postgres::{PgConnectOptions, PgPoolOptions},
};
use tokio::{
    sync::Mutex,
    time::{Instant, timeout},
};

use super::Error;

/// How long an answer may take.
const PATIENCE: Duration = Duration::from_millis(400);
/// For how long an answer counts.
const FRESH: Duration = Duration::from_millis(250);
/// So many answers in a row have to be missing: a busy machine may well miss one.
const MISSED: u32 = 2;

/// A connection that is silent for so long has lost its other end, which went away without a word.
pub(super) const GONE: Duration = Duration::from_secs(2);

/// A way to ask a database server whether it lives. Cheap to clone; clones share what was heard last.
#[derive(Clone, Debug)]
pub(super) struct Pulse {
    pool: PgPool,
    last: Arc<Mutex<Option<Heard>>>,
}

/// When it was last asked, and how many answers in a row are missing.
type Heard = (Instant, u32);

impl Pulse {
    /// Asks the server that these options reach; connects when it is first asked.
    pub(super) fn of(options: PgConnectOptions) -> Self {
        let pool = PgPoolOptions::new().max_connections(1).idle_timeout(Duration::from_mins(1));
        let pool = pool.after_release(|connection, _| Box::pin(usable(connection)));
        Self { pool: pool.acquire_timeout(PATIENCE).connect_lazy_with(options), last: Arc::default() }
    }

    /// Asks, unless somebody has just asked.
    pub(super) async fn feel(&self) -> Result<(), Error> {
        let mut last = self.last.lock().await;
        let before = last.map_or(0, |(_, missed)| missed);
        let missed = match *last {
            Some((at, missed)) if at.elapsed() < FRESH => missed,
            _ => {
                let asked = timeout(PATIENCE, sqlx::raw_sql("SELECT 1").fetch_one(&self.pool)).await;
                let missed = if asked.is_ok_and(|row| row.is_ok()) { 0 } else { before.saturating_add(1) };
                *last = Some((Instant::now(), missed));
                missed
            }
        };
        drop(last);
        if missed < MISSED { Ok(()) } else { Err(Error::Unavailable("it does not answer".to_owned())) }
    }
}

/// Whether a connection answers after its user has gone. One whose other end went away without a word never would, and
/// would keep its place in the pool until the network gives up.
pub(super) async fn usable(connection: &mut PgConnection) -> Result<bool, sqlx::Error> {
    let answered = timeout(GONE, connection.ping()).await;
    answered.unwrap_or_else(|late| Err(io::Error::from(late).into())).map(|()| true)
}
