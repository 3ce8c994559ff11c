//! Listening, and stopping in time.

use std::{future::Future, net::SocketAddr, pin::pin, time::Duration};

use axum::{Router, body::Body, extract::ConnectInfo};
use hyper::{Request, body::Incoming, server::conn::http1, service::service_fn};
use hyper_util::{
    rt::{TokioIo, TokioTimer},
    server::graceful::GracefulShutdown,
};
use tokio::net::{TcpListener, TcpStream};
use tower::ServiceExt as _;

use super::{health::Readiness, leftover::Spilling};

/// How long to rest when no connection can be taken: mostly because too many files are open.
const REST: Duration = Duration::from_secs(1);

/// How much of a request may wait in memory, for each connection; no head is longer.
const BUFFER: usize = 64 * 1024;

/// How long the other end may take.
#[derive(Clone, Copy, Debug)]
pub struct Patience {
    /// For the head of a request, from the first moment the connection waits for one. What keeps a connection open and
    /// asks nothing, or asks a letter at a time, holds it no longer than this.
    pub head: Duration,
    /// For requests in flight when the server stops.
    pub stop: Duration,
}

/// How serving ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stopped {
    /// Every request was answered.
    Answered,
    /// The deadline came first; what was still open is cut.
    Cut,
}

/// Serves until `stop`, then takes no new connections, and waits for those that are open, though not for ever.
///
/// The framework's own way of serving has no bound on the time for a head, so connections are served one by one here.
pub async fn serve(
    listener: TcpListener,
    router: Router,
    stop: impl Future<Output = ()> + Send,
    readiness: Readiness,
    patience: Patience,
) -> Stopped {
    let open = GracefulShutdown::new();
    let mut stop = pin!(stop);
    loop {
        tokio::select! {
            accepted = listener.accept() => match accepted {
                Ok(connection) => answer(connection, router.clone(), &open, patience.head),
                Err(error) => {
                    tracing::warn!(cause = %error, "A connection could not be taken");
                    tokio::time::sleep(REST).await;
                }
            },
            () = &mut stop => break,
        }
    }
    readiness.stop();
    drop(listener);
    tokio::select! {
        () = open.shutdown() => Stopped::Answered,
        () = tokio::time::sleep(patience.stop) => Stopped::Cut,
    }
}

/// Answers what comes over one connection, beside all others.
fn answer((stream, peer): (TcpStream, SocketAddr), router: Router, open: &GracefulShutdown, head: Duration) {
    let service = service_fn(move |mut request: Request<Incoming>| {
        request.extensions_mut().insert(ConnectInfo(peer));
        let (parts, body) = request.into_parts();
        let body = Body::new(Spilling::of(&parts.headers, body));
        router.clone().oneshot(Request::from_parts(parts, body))
    });
    let mut server = http1::Builder::new();
    server.timer(TokioTimer::new()).header_read_timeout(head).max_buf_size(BUFFER);
    let connection = open.watch(server.serve_connection(TokioIo::new(stream), service));
    tokio::spawn(async move {
        // The other end hung up, or was too slow: its own affair.
        if let Err(error) = connection.await {
            tracing::debug!(%peer, cause = %error, "A connection ended early");
        }
    });
}
