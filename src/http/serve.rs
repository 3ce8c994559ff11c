//! Listening, and stopping in time.

use std::{convert::Infallible, future::Future, net::IpAddr, pin::Pin, sync::Arc, task, time::Duration};

use axum::{
    Router,
    body::{Body, HttpBody},
    http::{HeaderValue, header},
};
use bytes::Bytes;
use hyper::{
    Request,
    body::{Frame, Incoming, SizeHint},
    server::conn::http1,
    service::service_fn,
};
use hyper_util::{
    rt::{TokioIo, TokioTimer},
    server::graceful::GracefulShutdown,
};
use tokio::time::{Instant, interval, sleep, timeout_at};
use tower::ServiceExt as _;

use super::{
    client::Peer,
    connection::{Answering, Entry, Lines, Watched},
    drain_body::Spilling,
    health::Readiness,
    listen::{Listener, Stream, accept},
    patience::Patience,
};
use crate::numbers::{self, Turned};

/// How long to rest when no connection can be taken: mostly because too many files are open.
const REST: Duration = Duration::from_millis(100);

/// How much of a request may wait in memory, for each connection; no head is longer.
const BUFFER: usize = 64 * 1024;

/// How long the connections that are open may still ask after the listener was closed. Who finds it closed knows by then
/// to go elsewhere; a request that is on its way over an open line is answered.
const LINGER: Duration = Duration::from_millis(500);

/// For how long connections are taken at most that wait when the listener is closed.
const QUEUED: Duration = Duration::from_millis(200);

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stopped {
    Answered,
    /// The deadline came first; what was still open is cut.
    Cut,
}

/// Answers connections, one by one: the framework's own way of serving has no bounds on them.
#[derive(Debug)]
pub struct Server {
    lines: Lines,
    open: GracefulShutdown,
    readiness: Readiness,
    patience: Patience,
}

/// Serves until `stop`, then drains and stops.
pub async fn serve(
    listener: impl Into<Listener>,
    router: Router,
    stop: impl Future<Output = ()> + Send,
    readiness: Readiness,
    patience: Patience,
) -> Stopped {
    let server = Server::new(readiness, patience);
    let listeners = vec![listener.into()];
    server.answer(&listeners, &router, stop).await;
    server.stop(listeners, &router, patience.drain).await
}

impl Server {
    #[must_use]
    pub fn new(readiness: Readiness, patience: Patience) -> Self {
        Self { lines: Lines::default(), open: GracefulShutdown::new(), readiness, patience }
    }

    /// Takes and answers connections until something comes; gives what came.
    pub async fn answer<T>(&self, listeners: &[Listener], router: &Router, until: impl Future<Output = T>) -> T {
        let mut until = std::pin::pin!(until);
        let soon = (self.patience.head.min(self.patience.idle) / 4).clamp(REST / 10, Duration::from_secs(1));
        let mut tidy = interval(soon);
        loop {
            tokio::select! {
                came = &mut until => return came,
                accepted = accept(listeners) => match accepted {
                    Ok((stream, from)) => self.take(stream, from, router),
                    Err(error) => {
                        tracing::warn!(cause = %error, "A connection could not be taken");
                        self.lines.close_oldest();
                        sleep(REST).await;
                    }
                },
                _ = tidy.tick() => self.lines.close_idle(&self.patience),
            }
        }
    }

    /// Takes the connections that the system has accepted for the listeners already: closing those would reset them, with a
    /// request that may be on its way.
    async fn answer_queued(&self, listeners: &[Listener], router: &Router) {
        let end = Instant::now() + QUEUED;
        while let Ok(Ok((stream, from))) = timeout_at(end.min(Instant::now() + QUEUED / 10), accept(listeners)).await {
            self.take(stream, from, router);
        }
    }

    /// Stops: says that it does, goes on for the time of a drain, closes the listeners, answers what is under way, and
    /// cuts what is left when its time is over.
    pub async fn stop(self, listeners: Vec<Listener>, router: &Router, drain: Duration) -> Stopped {
        let deadline = Instant::now() + self.patience.stop;
        self.readiness.stop();
        self.answer(&listeners, router, sleep(drain.min(self.patience.stop / 2))).await;
        self.answer_queued(&listeners, router).await;
        drop(listeners);
        if self.lines.count() > 0 {
            sleep(LINGER.min(self.patience.stop / 4)).await;
        }
        match timeout_at(deadline, self.open.shutdown()).await {
            Ok(()) => Stopped::Answered,
            Err(_) => Stopped::Cut,
        }
    }

    /// Answers what comes over one connection, beside all others.
    fn take(&self, stream: Stream, from: Option<IpAddr>, router: &Router) {
        let Some(entry) = self.lines.enter(self.patience.connections) else {
            return numbers::turned_away("connection", Turned::Full);
        };
        let (router, readiness, line) = (router.clone(), self.readiness.clone(), Arc::clone(&entry.line));
        let service = service_fn(move |mut request: Request<Incoming>| {
            let answering = line.answering();
            request.extensions_mut().insert(Peer(from));
            request.extensions_mut().insert(Arc::clone(&line));
            let (parts, body) = request.into_parts();
            let body = Body::new(Spilling::of(&parts.headers, body));
            let answer = router.clone().oneshot(Request::from_parts(parts, body));
            let readiness = readiness.clone();
            async move {
                let mut answer = answer.await?;
                if readiness.is_stopping() {
                    answer.headers_mut().insert(header::CONNECTION, HeaderValue::from_static("close"));
                }
                Ok::<_, Infallible>(answer.map(|body| Tracked { body, _answering: answering }))
            }
        });
        let mut server = http1::Builder::new();
        // The time of a head is bounded together with that of an idle connection, by `Lines::close_idle`.
        server.timer(TokioTimer::new()).header_read_timeout(None::<Duration>).max_buf_size(BUFFER);
        let stream = Watched::new(stream, Arc::clone(&entry.line));
        let connection = self.open.watch(server.serve_connection(TokioIo::new(stream), service));
        tokio::spawn(until_cut(entry, connection));
    }
}

/// Answers until the other end is done, or there is no room for it any more.
async fn until_cut(entry: Entry, connection: impl Future<Output = hyper::Result<()>>) {
    tokio::select! {
        ended = connection => if let Err(error) = ended {
            // The other end hung up, or was too slow: its own affair.
            tracing::debug!(cause = %error, "A connection ended early");
        },
        () = entry.line.cut() => {}
    }
}

/// The body of an answer: while it goes out, its connection is not idle.
#[derive(Debug)]
struct Tracked {
    body: Body,
    _answering: Answering,
}

impl HttpBody for Tracked {
    type Data = Bytes;
    type Error = axum::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        cx: &mut task::Context<'_>,
    ) -> task::Poll<Option<Result<Frame<Bytes>, axum::Error>>> {
        Pin::new(&mut self.body).poll_frame(cx)
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}
