//! Pages of lists, and how far they are counted.

/// A page of a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Page<T> {
    /// The rows.
    pub rows: Vec<T>,
    /// Where the next page begins; none at the end. Opaque.
    pub next: Option<String>,
}

/// How many rows there are, counted no further than is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Count {
    /// So many.
    Exactly(u64),
    /// More than that; how many more was not counted.
    MoreThan(u64),
    /// So many among those that were looked at, which are not all.
    AtLeast(u64),
}

impl Count {
    /// How far a list is counted.
    pub const MOST: u64 = 1_000;

    /// Out of rows counted up to one more than [`Count::MOST`].
    #[must_use]
    pub fn of(rows: u64) -> Self {
        Self::up_to(Self::MOST, rows)
    }

    /// Out of rows counted up to one more than `most`.
    #[must_use]
    pub fn up_to(most: u64, rows: u64) -> Self {
        if rows > most { Self::MoreThan(most) } else { Self::Exactly(rows) }
    }
}
