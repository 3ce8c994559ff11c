//! Pages of lists: read on from where the last one ended, never by counting rows.

use data_encoding::BASE64URL_NOPAD;
use sea_orm::sea_query::{Expr, ExprTrait, SimpleExpr};
use serde::{Serialize, de::DeserializeOwned};

use super::{Error, column};
use crate::model::Page;

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
