//! Uploads as streams: bounded in pace here, in size where they are stored.
//!
//! The framework's own limit of a body must be off on such a route (`DefaultBodyLimit::disable`).

use std::{io, time::Duration};

use bytes::Bytes;
use futures_util::{Stream, StreamExt, stream};

/// How long a sender may be silent; what trickles more slowly holds a connection for nothing.
pub const SILENCE: Duration = Duration::from_secs(30);

/// The stream as it is, until nothing comes for `silence`; then it ends in an error.
pub fn paced<S, E>(bytes: S, silence: Duration) -> impl Stream<Item = io::Result<Bytes>>
where
    S: Stream<Item = Result<Bytes, E>>,
    E: Into<Box<dyn std::error::Error + Send + Sync>>,
{
    stream::unfold(Some(Box::pin(bytes)), move |state| async move {
        let mut bytes = state?;
        match tokio::time::timeout(silence, bytes.next()).await {
            Ok(None) => None,
            Ok(Some(Ok(chunk))) => Some((Ok(chunk), Some(bytes))),
            Ok(Some(Err(error))) => Some((Err(io::Error::other(error)), None)),
            Err(elapsed) => Some((Err(io::Error::new(io::ErrorKind::TimedOut, elapsed)), None)),
        }
    })
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
}
