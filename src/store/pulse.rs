//! Whether the database answers at all, asked over a connection of its own: all others may be waiting.

use std::{sync::Arc, time::Duration};

use sqlx::{
    PgPool,
    postgres::{PgConnectOptions, PgPoolOptions},
};
use tokio::{
    sync::Mutex,
    time::{Instant, timeout},
};

use super::Error;

/// How long an answer may take.
const PATIENCE: Duration = Duration::from_millis(700);
/// For how long an answer counts.
const FRESH: Duration = Duration::from_millis(250);

/// A way to ask a database server whether it lives. Cheap to clone; clones share what was heard last.
#[derive(Clone, Debug)]
pub(super) struct Pulse {
    pool: PgPool,
    last: Arc<Mutex<Option<(Instant, bool)>>>,
}

impl Pulse {
    /// Asks the server that these options reach; connects when it is first asked.
    pub(super) fn of(options: PgConnectOptions) -> Self {
        let pool = PgPoolOptions::new().max_connections(1).idle_timeout(Duration::from_mins(1));
        Self { pool: pool.acquire_timeout(PATIENCE).connect_lazy_with(options), last: Arc::default() }
    }

    /// Asks, unless somebody has just asked.
    pub(super) async fn feel(&self) -> Result<(), Error> {
        let mut last = self.last.lock().await;
        let lives = match *last {
            Some((at, lives)) if at.elapsed() < FRESH => lives,
            _ => {
                let asked = timeout(PATIENCE, sqlx::raw_sql("SELECT 1").fetch_one(&self.pool)).await;
                let lives = asked.is_ok_and(|row| row.is_ok());
                *last = Some((Instant::now(), lives));
                lives
            }
        };
        drop(last);
        if lives { Ok(()) } else { Err(Error::Unavailable("no answer within a second".to_owned())) }
    }
}
