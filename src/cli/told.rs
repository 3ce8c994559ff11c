//! What signals tell the process.

use std::{sync::Arc, time::Duration};

use tokio::sync::Notify;
use tokio_util::sync::CancellationToken;

/// What signals told the process so far. Clones hear the same.
#[derive(Clone, Debug, Default)]
pub(super) struct Told {
    /// To stop, by a service manager: others are to notice first.
    terminate: CancellationToken,
    /// To stop, by a hand at a keyboard.
    interrupt: CancellationToken,
    /// To stop, for the second time.
    again: CancellationToken,
    /// To read its settings again.
    reload: Arc<Notify>,
}

impl Told {
    /// Ends when the process is told to stop; gives for how long to drain.
    pub(super) async fn stop(&self, drain: Duration) -> Duration {
        tokio::select! {
            () = self.terminate.cancelled() => drain,
            () = self.interrupt.cancelled() => Duration::ZERO,
        }
    }

    /// Ends when the process is told to stop for the second time.
    pub(super) async fn stop_at_once(&self) {
        self.again.cancelled().await;
    }

    /// Ends when the process is told to read its settings again.
    pub(super) async fn reload(&self) {
        self.reload.notified().await;
    }

    fn hears(&self, stop: &CancellationToken) {
        if self.interrupt.is_cancelled() || self.terminate.is_cancelled() {
            self.again.cancel();
        }
        stop.cancel();
    }

    /// Listens from now on: call it before saying that the server is up, or a stop that comes at once ends the process
    /// half-way.
    #[cfg(unix)]
    pub(super) fn listen() -> anyhow::Result<Self> {
        use tokio::signal::unix::{SignalKind, signal};
        let (mut interrupt, mut terminate) = (signal(SignalKind::interrupt())?, signal(SignalKind::terminate())?);
        let mut hang_up = signal(SignalKind::hangup())?;
        let told = Self::default();
        let hearing = told.clone();
        tokio::spawn(async move {
            loop {
                tokio::select! {
                    _ = interrupt.recv() => hearing.hears(&hearing.interrupt),
                    _ = terminate.recv() => hearing.hears(&hearing.terminate),
                    _ = hang_up.recv() => hearing.reload.notify_one(),
                }
            }
        });
        Ok(told)
    }

    /// The same where there is only a keyboard.
    #[cfg(not(unix))]
    pub(super) fn listen() -> anyhow::Result<Self> {
        let told = Self::default();
        let hearing = told.clone();
        tokio::spawn(async move {
            while tokio::signal::ctrl_c().await.is_ok() {
                hearing.hears(&hearing.interrupt);
            }
        });
        Ok(told)
    }
}
