//! What a service manager is told, where one listens (`NOTIFY_SOCKET`).

#[cfg(unix)]
use sd_notify::NotifyState;

/// Requests are answered from now on.
pub fn ready() {
    #[cfg(unix)]
    tell(&[NotifyState::Ready, NotifyState::Status("serving")]);
}

/// The database lets nobody in yet; what can be answered without it is.
pub fn waiting() {
    #[cfg(unix)]
    tell(&[NotifyState::Ready, NotifyState::Status("waiting for the database")]);
}

/// Settings are read again.
pub fn reloading() {
    #[cfg(unix)]
    match NotifyState::monotonic_usec_now() {
        Ok(now) => tell(&[NotifyState::Reloading, now]),
        Err(error) => tracing::warn!(cause = %error, "The service manager cannot be told that settings are read again"),
    }
}

/// No more requests are wanted.
pub fn stopping() {
    #[cfg(unix)]
    tell(&[NotifyState::Stopping, NotifyState::Status("stopping")]);
}

/// Says again and again that the program lives, as often as the service manager asks for it; never ends.
pub async fn watchdog() -> std::convert::Infallible {
    #[cfg(unix)]
    if let Some(patience) = sd_notify::watchdog_enabled() {
        let mut beat = tokio::time::interval(patience / 3);
        loop {
            beat.tick().await;
            tell(&[NotifyState::Watchdog]);
        }
    }
    std::future::pending().await
}

#[cfg(unix)]
fn tell(state: &[NotifyState<'_>]) {
    if let Err(error) = sd_notify::notify(state) {
        tracing::warn!(cause = %error, "The service manager cannot be told");
    }
}
