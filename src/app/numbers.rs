//! Numbers that nobody counts meanwhile: gathered when somebody asks for them.

use std::time::Duration;

use tokio::time::timeout;

use super::{App, ready::Probe};
use crate::{http::Places, http::health::Readiness, jobs, numbers};

/// How long the database may take.
const PATIENCE: Duration = Duration::from_secs(2);

/// What is gathered from.
#[derive(Clone, Debug)]
pub(super) struct Gathering {
    pub(super) app: App,
    pub(super) places: Places,
    pub(super) probe: Probe,
    pub(super) readiness: Readiness,
}

impl Gathering {
    /// Brings all of them up to date, as far as that can be.
    pub(super) async fn gather(self) {
        for filled in self.places.filled() {
            numbers::places(filled.class.name(), filled.taken, filled.most);
        }
        for pool in self.app.context.store.pools() {
            numbers::pool(pool.name, pool.open, pool.idle, pool.most);
        }
        self.disk();
        let checks = self.probe.checks().await;
        let _sets_a_number = self.readiness.answer(&checks);
        if timeout(PATIENCE, jobs::count_waiting(&self.app.context)).await.is_err() {
            tracing::warn!("What waits could not be counted in time");
        }
    }

    #[cfg(unix)]
    fn disk(&self) {
        match rustix::fs::statvfs(self.app.context.config.data.as_path()) {
            Ok(disk) => {
                numbers::disk(disk.f_bavail.saturating_mul(disk.f_frsize), disk.f_blocks.saturating_mul(disk.f_frsize));
            }
            Err(error) => tracing::warn!(cause = %error, "The disk of the data directory cannot be measured"),
        }
    }

    #[cfg(not(unix))]
    fn disk(&self) {}
}
