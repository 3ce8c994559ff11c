//! Pages of lists: read on from where the last one ended, never by counting rows.

use data_encoding::BASE64URL_NOPAD;
use sea_orm::sea_query::{Expr, ExprTrait, SimpleExpr};
use serde::{Serialize, de::DeserializeOwned};

use super::{Error, column};

/// A page of a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Page<T> {
    /// The rows.
    pub rows: Vec<T>,
    /// Where the next page begins; none at the end. Opaque.
    pub next: Option<String>,
}

impl<T> Page<T> {
    /// A page out of up to one row more than fit; `key` is where a row lies in the order.
    pub(super) fn cut<Key: Serialize>(mut rows: Vec<T>, limit: u16, key: impl Fn(&T) -> Key) -> Result<Self, Error> {
        let more = rows.len() > usize::from(limit);
        rows.truncate(usize::from(limit));
        let last = if more { rows.last() } else { None };
        Ok(Self { next: last.map(|row| cursor(&key(row))).transpose()?, rows })
    }

    /// The page with every row read as something else.
    pub(super) fn try_map<U>(self, read: impl FnMut(T) -> Result<U, Error>) -> Result<Page<U>, Error> {
        Ok(Page { rows: self.rows.into_iter().map(read).collect::<Result<_, _>>()?, next: self.next })
    }
}

/// The cursor of a key.
pub(super) fn cursor<Key: Serialize>(key: &Key) -> Result<String, Error> {
    Ok(BASE64URL_NOPAD.encode(column::to_json(key)?.as_bytes()))
}

/// The key out of a cursor.
pub(super) fn key<Key: DeserializeOwned>(cursor: Option<&str>) -> Result<Option<Key>, Error> {
    cursor
        .map(|text| {
            let json = BASE64URL_NOPAD.decode(text.as_bytes()).ok();
            json.and_then(|json| serde_json::from_slice(&json).ok()).ok_or(Error::BadCursor)
        })
        .transpose()
}

/// Whether a row lies beyond a key, in ascending order of all `columns`.
pub(super) fn after(
    columns: impl IntoIterator<Item = SimpleExpr>,
    key: impl IntoIterator<Item = SimpleExpr>,
) -> SimpleExpr {
    Expr::tuple(columns).gt(Expr::tuple(key))
}

/// Whether a row lies beyond a key, in descending order of all `columns`.
pub(super) fn before(
    columns: impl IntoIterator<Item = SimpleExpr>,
    key: impl IntoIterator<Item = SimpleExpr>,
) -> SimpleExpr {
    Expr::tuple(columns).lt(Expr::tuple(key))
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
    pub(super) fn up_to(most: u64, rows: u64) -> Self {
        if rows > most { Self::MoreThan(most) } else { Self::Exactly(rows) }
    }
}
