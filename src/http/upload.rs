//! Uploads as streams: bounded in pace here, in size where they are stored.
//!
//! The framework's own limit of a body must be off on such a route (`DefaultBodyLimit::disable`).

use std::{io, time::Duration};

use bytes::Bytes;
use futures_util::{Stream, StreamExt, stream};
use tokio::time::{Instant, timeout_at};

use super::Problem;
use crate::usecase::Error;

/// How long a sender may be silent, and how much later than the pace allows they may be.
pub const SILENCE: Duration = Duration::from_secs(30);
/// The slowest pace at which a file may come in, in bytes a second.
const PACE: u32 = 1024;

/// The stream as it is, until nothing comes for `silence`, or until it falls behind the slowest pace by as much; then it
/// ends in an error.
pub fn paced<S, E>(bytes: S, silence: Duration) -> impl Stream<Item = io::Result<Bytes>>
where
    S: Stream<Item = Result<Bytes, E>>,
    E: Into<Box<dyn std::error::Error + Send + Sync>>,
{
    let begun = (Box::pin(bytes), Duration::ZERO, 0_u64);
    stream::unfold(Some(begun), move |state| async move {
        let (mut bytes, waited, received) = state?;
        // Only waiting for the sender counts: how long we take for what came is not theirs.
        let since = Instant::now();
        let earned = Duration::from_secs(received / u64::from(PACE));
        let left = silence.min((silence + earned).saturating_sub(waited));
        match timeout_at(since + left, bytes.next()).await {
            Ok(None) => None,
            Ok(Some(Ok(chunk))) => {
                let received = received + u64::try_from(chunk.len()).unwrap_or(u64::MAX);
                Some((Ok(chunk), Some((bytes, waited + since.elapsed(), received))))
            }
            Ok(Some(Err(error))) => Some((Err(io::Error::other(error)), None)),
            Err(elapsed) => Some((Err(io::Error::new(io::ErrorKind::TimedOut, elapsed)), None)),
        }
    })
}

/// Why a file was not taken.
pub(super) fn refused(error: Error) -> Problem {
    Problem::from(error).of_upload()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_silent_sender_is_cut_off() {
        let words = || stream::iter([Ok::<_, io::Error>(Bytes::from_static(b"a")), Ok(Bytes::from_static(b"b"))]);
        let whole: Vec<_> = paced(words(), SILENCE).collect().await;
        assert_eq!(whole.iter().flatten().count(), 2);
        assert_eq!(whole.len(), 2);
        let silent: Vec<_> = paced(words().chain(stream::pending()), Duration::from_millis(20)).collect().await;
        assert_eq!(silent.len(), 3);
        assert_eq!(silent[2].as_ref().unwrap_err().kind(), io::ErrorKind::TimedOut);
    }

    /// With a bound on silence alone the trickle goes on to its last letter.
    #[tokio::test]
    async fn who_sends_a_letter_now_and_then_is_cut_off_and_who_keeps_the_pace_is_not() {
        const NOW_AND_THEN: Duration = Duration::from_millis(120);
        let every = |size: usize| {
            stream::iter(0..20).then(move |_| async move {
                tokio::time::sleep(NOW_AND_THEN).await;
                Ok::<_, io::Error>(Bytes::from(vec![0; size]))
            })
        };
        let trickle: Vec<_> = paced(Box::pin(every(1)), NOW_AND_THEN * 5).collect().await;
        assert!(trickle.len() < 8, "{} letters", trickle.len());
        assert_eq!(trickle.last().unwrap().as_ref().unwrap_err().kind(), io::ErrorKind::TimedOut);
        let steady: Vec<_> = paced(Box::pin(every(30_000)), NOW_AND_THEN * 5).collect().await;
        assert_eq!((steady.len(), steady.iter().flatten().count()), (20, 20));
    }
}
