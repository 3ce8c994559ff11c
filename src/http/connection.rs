//! Connections: how many there are at a time, and for how long one may do nothing.
//!
//! A connection between two requests, or in the middle of a head or of a small body, costs a file and nothing else. Where
//! there are too many, the one that has been so for the longest time is closed; whoever is being answered stays.

use std::{
    collections::BTreeMap,
    io,
    pin::Pin,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    task::{Context, Poll, ready},
    time::Duration,
};

use tokio::{
    io::{AsyncRead, AsyncWrite, ReadBuf},
    time::{Instant, Sleep, sleep_until},
};
use tokio_util::sync::CancellationToken;

use super::patience::Patience;
use crate::numbers::{self, Closed};

/// How long the other end may leave an answer lying, beside the time that the pace allows.
const GRACE: Duration = Duration::from_secs(30);
/// The slowest pace at which an answer may be taken, in bytes a second.
const PACE: u32 = 1024;

#[derive(Debug)]
pub(super) struct Line {
    state: Mutex<(Doing, Instant)>,
    cut: CancellationToken,
}

/// What goes on on a connection.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Doing {
    Nothing,
    /// The head of a request comes in.
    Asking,
    /// A small body comes in.
    Sending,
    /// The request is worked on, or its answer goes out.
    Answered,
}

/// While it lives, the request is worked on, or its answer goes out.
#[derive(Debug)]
pub(super) struct Answering(Arc<Line>);

/// While it lives, the body of the request comes in.
#[derive(Debug)]
pub(super) struct Sending<'a>(&'a Line);

impl Line {
    fn new() -> Self {
        Self { state: Mutex::new((Doing::Nothing, Instant::now())), cut: CancellationToken::new() }
    }

    fn state(&self) -> MutexGuard<'_, (Doing, Instant)> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn begins(&self, doing: Doing) {
        *self.state() = (doing, Instant::now());
    }

    pub(super) fn answering(self: &Arc<Self>) -> Answering {
        self.begins(Doing::Answered);
        Answering(Arc::clone(self))
    }

    /// The body of the request is awaited.
    pub(super) fn sending(&self) -> Sending<'_> {
        self.begins(Doing::Sending);
        Sending(self)
    }

    /// Ends when the connection is to be closed.
    pub(super) async fn cut(&self) {
        self.cut.cancelled().await;
    }

    /// Since when it may be closed, if it may.
    fn idle_since(&self) -> Option<Instant> {
        let (doing, since) = *self.state();
        (doing != Doing::Answered).then_some(since)
    }
}

impl Drop for Answering {
    fn drop(&mut self) {
        self.0.begins(Doing::Nothing);
    }
}

impl Drop for Sending<'_> {
    fn drop(&mut self) {
        self.0.begins(Doing::Answered);
    }
}

/// All connections. Cheap to clone; clones share.
#[derive(Clone, Debug, Default)]
pub(super) struct Lines(Arc<Mutex<Open>>);

#[derive(Debug, Default)]
struct Open {
    last: u64,
    lines: BTreeMap<u64, Arc<Line>>,
}

/// A connection among the others, until it is dropped.
#[derive(Debug)]
pub(super) struct Entry {
    number: u64,
    lines: Lines,
    pub(super) line: Arc<Line>,
}

impl Lines {
    fn open(&self) -> MutexGuard<'_, Open> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Takes one more in; where there are `most`, at the expense of the one that has been idle longest. None where all
    /// of them are being answered.
    pub(super) fn enter(&self, most: usize) -> Option<Entry> {
        let full = self.open().lines.len() >= most;
        if full && !self.close_oldest() {
            return None;
        }
        let line = Arc::new(Line::new());
        let mut open = self.open();
        open.last += 1;
        let number = open.last;
        open.lines.insert(number, Arc::clone(&line));
        numbers::connections(open.lines.len());
        Some(Entry { number, lines: self.clone(), line })
    }

    /// Closes the one that has been idle longest; whether there was one.
    pub(super) fn close_oldest(&self) -> bool {
        let mut open = self.open();
        let idle = open.lines.iter().filter_map(|(number, line)| Some((line.idle_since()?, *number)));
        let Some(line) = idle.min().and_then(|(_, number)| open.lines.remove(&number)) else { return false };
        numbers::closed(Closed::Crowded);
        line.cut.cancel();
        true
    }

    /// Closes those that have done nothing, or have been asking, for too long.
    pub(super) fn close_idle(&self, patience: &Patience) {
        for line in self.open().lines.values() {
            let (doing, since) = *line.state();
            let (most, why) = match doing {
                Doing::Nothing => (patience.idle, Closed::Idle),
                Doing::Asking => (patience.head, Closed::Slow),
                Doing::Sending | Doing::Answered => continue,
            };
            if since.elapsed() >= most && !line.cut.is_cancelled() {
                numbers::closed(why);
                line.cut.cancel();
            }
        }
    }

    pub(super) fn count(&self) -> usize {
        self.open().lines.len()
    }
}

impl Drop for Entry {
    fn drop(&mut self) {
        let mut open = self.lines.open();
        open.lines.remove(&self.number);
        numbers::connections(open.lines.len());
    }
}

/// The bytes of a connection: notes when a request begins, and gives up on who does not take the answer.
pub(super) struct Watched<S> {
    stream: S,
    line: Arc<Line>,
    /// Since when the other end takes nothing, and until when it may.
    stuck: Option<(Instant, Pin<Box<Sleep>>)>,
    /// For how long it took nothing, since it last kept the pace.
    waited: Duration,
    written: u64,
}

impl<S> Watched<S> {
    pub(super) fn new(stream: S, line: Arc<Line>) -> Self {
        Self { stream, line, stuck: None, waited: Duration::ZERO, written: 0 }
    }

    fn paced(&mut self, cx: &mut Context<'_>, polled: Poll<io::Result<usize>>) -> Poll<io::Result<usize>> {
        if let Poll::Ready(done) = polled {
            if let Some((since, _)) = self.stuck.take() {
                self.waited += since.elapsed();
            }
            self.written += done.as_ref().map_or(0, |bytes| u64::try_from(*bytes).unwrap_or(u64::MAX));
            if self.waited <= self.earned() {
                (self.waited, self.written) = (Duration::ZERO, 0);
            }
            return Poll::Ready(done);
        }
        let left = (GRACE + self.earned()).saturating_sub(self.waited);
        let (_, end) = self.stuck.get_or_insert_with(|| {
            let now = Instant::now();
            (now, Box::pin(sleep_until(now + left)))
        });
        ready!(end.as_mut().poll(cx));
        numbers::closed(Closed::Slow);
        Poll::Ready(Err(io::Error::from(io::ErrorKind::TimedOut)))
    }

    /// The time that what was written may have taken.
    fn earned(&self) -> Duration {
        Duration::from_secs(self.written / u64::from(PACE))
    }
}

impl<S: AsyncRead + Unpin> AsyncRead for Watched<S> {
    fn poll_read(mut self: Pin<&mut Self>, cx: &mut Context<'_>, buffer: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        let before = buffer.filled().len();
        let polled = Pin::new(&mut self.stream).poll_read(cx, buffer);
        if buffer.filled().len() > before {
            let mut state = self.line.state();
            if state.0 == Doing::Nothing {
                *state = (Doing::Asking, Instant::now());
            }
        }
        polled
    }
}

impl<S: AsyncWrite + Unpin> AsyncWrite for Watched<S> {
    fn poll_write(mut self: Pin<&mut Self>, cx: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        let polled = Pin::new(&mut self.stream).poll_write(cx, bytes);
        self.paced(cx, polled)
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        bytes: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        let polled = Pin::new(&mut self.stream).poll_write_vectored(cx, bytes);
        self.paced(cx, polled)
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_flush(cx)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(cx)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn where_there_are_too_many_the_one_that_was_idle_longest_goes_and_nobody_who_is_answered() {
        let lines = Lines::default();
        let first = lines.enter(3).unwrap();
        let second = lines.enter(3).unwrap();
        let third = lines.enter(3).unwrap();
        let answering = first.line.answering();
        let fourth = lines.enter(3).unwrap();
        assert!(second.line.cut.is_cancelled(), "it was idle longest");
        assert!(!first.line.cut.is_cancelled() && !third.line.cut.is_cancelled());
        drop(second);
        assert_eq!(lines.count(), 3);
        // Who sends a body letter by letter is as good as idle.
        let asked = third.line.answering();
        let sending = third.line.sending();
        let _also = fourth.line.answering();
        let fifth = lines.enter(3).unwrap();
        assert!(third.line.cut.is_cancelled());
        drop((sending, asked));
        let _asked = fifth.line.answering();
        assert!(lines.enter(3).is_none(), "all of them are being answered");
        drop(answering);
        assert!(lines.enter(3).is_some());
    }
}
