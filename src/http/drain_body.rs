//! What somebody still sends of a request that is answered already: read and thrown away, up to a bound.
//!
//! A connection closed over unread bytes is reset, and a reset can overtake the answer on its way: who was refused for
//! sending too much would see a broken line instead of the reason.

use std::{
    future::poll_fn,
    pin::Pin,
    task::{Context, Poll},
    time::Duration,
};

use hyper::{
    HeaderMap,
    body::{Body, Bytes, Frame, Incoming, SizeHint},
    header,
};

/// Most that is thrown away, in bytes; beyond it the connection is closed.
const MOST: usize = 16 * 1024 * 1024;

/// Longest that it may take.
const PATIENCE: Duration = Duration::from_secs(5);

/// The body of a request. What is not read of it when it is dropped is thrown away beside the answer.
#[derive(Debug)]
pub(super) struct Spilling {
    /// There until it is dropped.
    body: Option<Incoming>,
    /// Whether the sender waits to be told to go on, and was not: then nothing is under way.
    held_back: bool,
}

impl Spilling {
    /// The body that came with these headers.
    pub(super) fn of(headers: &HeaderMap, body: Incoming) -> Self {
        Self { body: Some(body), held_back: headers.contains_key(header::EXPECT) }
    }
}

impl Body for Spilling {
    type Data = Bytes;
    type Error = hyper::Error;

    fn poll_frame(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<hyper::Result<Frame<Bytes>>>> {
        self.held_back = false;
        match &mut self.body {
            Some(body) => Pin::new(body).poll_frame(cx),
            None => Poll::Ready(None),
        }
    }

    fn is_end_stream(&self) -> bool {
        self.body.as_ref().is_none_or(Body::is_end_stream)
    }

    fn size_hint(&self) -> SizeHint {
        self.body.as_ref().map(Body::size_hint).unwrap_or_default()
    }
}

impl Drop for Spilling {
    fn drop(&mut self) {
        let Some(body) = self.body.take().filter(|body| !self.held_back && !body.is_end_stream()) else { return };
        // Without a runtime the server is gone, and the connection with it.
        if let Ok(runtime) = tokio::runtime::Handle::try_current() {
            runtime.spawn(tokio::time::timeout(PATIENCE, thrown_away(body)));
        }
    }
}

/// Reads to the end, to the bound, or until the sender is gone.
async fn thrown_away(mut body: Incoming) {
    let mut room = MOST;
    while let Some(Ok(frame)) = poll_fn(|cx| Pin::new(&mut body).poll_frame(cx)).await {
        let Some(left) = room.checked_sub(frame.data_ref().map_or(0, Bytes::len)) else { return };
        room = left;
    }
}
