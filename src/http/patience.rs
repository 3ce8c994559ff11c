//! What a server puts up with, and for how long.

use std::time::Duration;

/// How long the other end may take, and how many ends there may be.
#[derive(Clone, Copy, Debug)]
pub struct Patience {
    /// For the head of a request, from its first letter.
    pub head: Duration,
    /// For the next request on a connection. Longer than proxies keep one, so that it is theirs to close it.
    pub idle: Duration,
    /// For others to notice that the server is about to stop. It is part of `stop`, and at most half of it.
    pub drain: Duration,
    /// For a stop in all.
    pub stop: Duration,
    /// Most connections at a time.
    pub connections: usize,
}

impl Default for Patience {
    fn default() -> Self {
        Self {
            head: Duration::from_secs(15),
            idle: Duration::from_secs(75),
            drain: Duration::ZERO,
            stop: Duration::from_secs(20),
            connections: 4096,
        }
    }
}
