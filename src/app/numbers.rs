//! Numbers that nobody counts meanwhile: gathered when somebody asks for them.

use std::time::Duration;

use tokio::time::timeout;

use super::{App, ready::Probe};
use crate::{http::Places, http::health::Readiness, numbers, store};

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
        match timeout(PATIENCE, self.queues()).await {
            Ok(Ok(())) => {}
            Ok(Err(error)) => tracing::warn!(cause = %error, "What waits could not be counted"),
            Err(_) => tracing::warn!("What waits could not be counted in time"),
        }
    }

    async fn queues(&self) -> Result<(), store::Error> {
        let view = self.app.context.store.view().await?;
        let now = self.app.context.clock.now();
        for waiting in view.waiting().await? {
            numbers::waiting(&waiting.kind, waiting.jobs, now.duration_since(waiting.first).as_secs());
        }
        numbers::letters_unsent(view.unsent_letters().await?);
        numbers::given_up(view.failed_job_count().await?);
        Ok(())
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
