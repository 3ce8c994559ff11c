//! Pages of lists: read on from where the last one ended, never by counting rows.

/// A page of a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Page<T> {
    /// The rows.
    pub rows: Vec<T>,
    /// Where the next page begins; none at the end. Opaque.
    pub next: Option<String>,
}

/// How many rows there are, counted no further than [`Count::MOST`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Count {
    /// So many.
    Exactly(u64),
    /// More than [`Count::MOST`].
    More,
}

impl Count {
    /// How far is counted.
    pub const MOST: u64 = 1_000;
}
