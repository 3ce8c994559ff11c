//! Listening, and stopping in time.

use std::{future::Future, io, net::SocketAddr, time::Duration};

use axum::Router;
use tokio::{net::TcpListener, sync::oneshot};

use super::health::Readiness;

/// How serving ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stopped {
    /// Every request was answered.
    Answered,
    /// The deadline came first; what was still open is cut.
    Cut,
}

/// Serves until `stop`, then takes no new connections, and waits at most `deadline` for those that are open.
///
/// The deadline is needed: a client that keeps a connection open without asking anything would hold the process for ever.
pub async fn serve(
    listener: TcpListener,
    router: Router,
    stop: impl Future<Output = ()> + Send + 'static,
    readiness: Readiness,
    deadline: Duration,
) -> io::Result<Stopped> {
    let (stopping, stopped) = oneshot::channel();
    let signal = async move {
        stop.await;
        readiness.stop();
        // The other end is gone only if serving has failed already.
        let _ = stopping.send(());
    };
    let service = router.into_make_service_with_connect_info::<SocketAddr>();
    let serving = axum::serve(listener, service).with_graceful_shutdown(signal);
    let overdue = async {
        if stopped.await.is_err() {
            std::future::pending::<()>().await;
        }
        tokio::time::sleep(deadline).await;
    };
    tokio::select! {
        served = serving => served.map(|()| Stopped::Answered),
        () = overdue => Ok(Stopped::Cut),
    }
}
