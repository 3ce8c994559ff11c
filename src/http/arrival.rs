//! Waiting for the body of a request before anything else is done for it.
//!
//! Who sends a letter at a time holds the connection, and nothing more: no place, no processor, no database.

use std::{
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    task::Poll,
    time::Duration,
};

use axum::{
    body::{Body, HttpBody as _},
    extract::Request,
    http::StatusCode,
};
use bytes::{Bytes, BytesMut};
use futures_util::{StreamExt as _, stream};
use tokio::{
    sync::{OwnedSemaphorePermit, Semaphore},
    time::{Instant, timeout_at},
};

use super::{Problem, connection::Line, problem::Kind};
use crate::{
    numbers::{self, Turned},
    usecase::Lack,
};

/// A body of so many bytes is awaited whoever sends it: most forms are smaller.
const SMALL: usize = 32 * 1024;
/// The same for a file.
const SMALL_FILE: u64 = 32 * 1024;
/// The largest body that is awaited, as large as the framework takes one; what follows is left to whoever reads it.
const LARGE: usize = 2 * 1024 * 1024;
/// How many bodies beyond [`SMALL`] are awaited at a time: together they take so many times [`LARGE`] bytes.
const LARGE_ONES: usize = 64;
/// How long a body may take that is awaited.
const PATIENCE: Duration = Duration::from_secs(30);

/// The room for bodies that are awaited.
#[derive(Clone, Debug)]
pub(super) struct Room(Arc<Semaphore>);

/// A request whose body is here, or is left to whoever reads it.
#[derive(Debug)]
pub(super) struct Arrived {
    pub(super) request: Request,
    /// All of its body, where it is here.
    pub(super) whole: Option<Bytes>,
    /// The room its body takes.
    _room: Option<OwnedSemaphorePermit>,
}

/// Whether the whole of a file has come in: from then on its sender waits for us, and not we for them.
#[derive(Clone, Debug, Default)]
pub(super) struct Complete(Arc<AtomicBool>);

impl Complete {
    pub(super) fn is_true(&self) -> bool {
        self.0.load(Ordering::Acquire)
    }
}

impl Default for Room {
    fn default() -> Self {
        Self(Arc::new(Semaphore::new(LARGE_ONES)))
    }
}

impl Room {
    /// Waits for the body. A file is waited for only where it is small.
    pub(super) async fn await_body(&self, request: Request, file: bool) -> Result<Arrived, Problem> {
        if request.body().is_end_stream() {
            return Ok(Arrived { request, whole: Some(Bytes::new()), _room: None });
        }
        if file && request.body().size_hint().upper().is_none_or(|most| most > SMALL_FILE) {
            return Ok(Arrived { request: watched(request), whole: None, _room: None });
        }
        // Meanwhile the connection counts as one that asks nothing: where there are too many, it may be closed.
        let line = request.extensions().get::<Arc<Line>>().cloned();
        let _waiting = line.as_ref().map(|line| line.sending());
        let (parts, body) = request.into_parts();
        let mut rest = body.into_data_stream();
        let mut bytes = BytesMut::new();
        let (mut room, end) = (None, Instant::now() + PATIENCE);
        let whole = loop {
            match timeout_at(end, rest.next()).await {
                Ok(None) => break true,
                Ok(Some(Ok(chunk))) => bytes.extend_from_slice(&chunk),
                Ok(Some(Err(_))) => {
                    return Err(Problem::malformed("The request ended before its body did. Send it again."));
                }
                Err(_) => return Err(too_slow()),
            }
            if bytes.len() > SMALL && room.is_none() {
                let Ok(permit) = Arc::clone(&self.0).try_acquire_owned() else {
                    numbers::turned_away("body", Turned::Full);
                    return Err(Problem::lacking(Lack::Turn));
                };
                room = Some(permit);
            }
            if bytes.len() > LARGE {
                break false;
            }
        };
        let bytes = bytes.freeze();
        let (body, whole) = if whole {
            (Body::from(bytes.clone()), Some(bytes))
        } else {
            (Body::from_stream(stream::once(async { Ok(bytes) }).chain(rest)), None)
        };
        Ok(Arrived { request: Request::from_parts(parts, body), whole, _room: room })
    }
}

fn too_slow() -> Problem {
    let detail = "The request did not arrive in time. Send it again over a faster line.";
    Problem::new(Kind::Http, StatusCode::REQUEST_TIMEOUT, "Too slow", detail)
}

/// The request, which knows when its body is complete.
fn watched(mut request: Request) -> Request {
    let complete = Complete::default();
    request.extensions_mut().insert(complete.clone());
    let (parts, body) = request.into_parts();
    // Who reads a form stops at its last boundary and never sees the end of the body.
    let mut left = body.size_hint().exact();
    let mut bytes = body.into_data_stream();
    let bytes = stream::poll_fn(move |cx| {
        let polled = bytes.poll_next_unpin(cx);
        if let (Poll::Ready(Some(Ok(chunk))), Some(left)) = (&polled, &mut left) {
            *left = left.saturating_sub(u64::try_from(chunk.len()).unwrap_or(u64::MAX));
        }
        if left == Some(0) || matches!(polled, Poll::Ready(None | Some(Err(_)))) {
            complete.0.store(true, Ordering::Release);
        }
        polled
    });
    Request::from_parts(parts, Body::from_stream(bytes))
}
