//! What grows with time and goes with it.

/// What grows with time and goes with it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Aged {
    /// Letters that were sent, or let go.
    Letters,
    /// One-time links that ended.
    Links,
    /// Sessions that ended.
    Sessions,
    /// Failed attempts in buckets that are not closed.
    Attempts,
    /// Jobs that are done, or were let go.
    Work,
    /// Answers to requests that may be repeated.
    Answers,
    /// Lines of the log, up to its recorded end.
    Log,
}
