//! In which order a list stands, and where a page of it ends.

use std::cmp::Reverse;

use sea_orm::sea_query::{Expr, ExprTrait, SimpleExpr};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::Narrow;
use crate::{
    model::QueueSort,
    store::{Error, entity::submission as table, page},
};

/// Where a row lies in an order; what comes first is the lesser.
#[derive(PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Key {
    Oldest(bool, i64, Uuid),
    Newest(Reverse<Uuid>),
    DueFirst(i64, Uuid),
    Title(String, Uuid),
}

impl Key {
    pub(super) fn of(sort: QueueSort, row: &Narrow) -> Self {
        match sort {
            QueueSort::Oldest => Self::Oldest(row.away, row.state_since, row.id),
            QueueSort::Newest => Self::Newest(Reverse(row.id)),
            QueueSort::DueFirst => Self::DueFirst(row.due, row.id),
            QueueSort::Title => Self::Title(row.title_key.clone(), row.id),
        }
    }

    /// Whether a row comes after this one; a key of another order is refused.
    pub(super) fn beyond(&self, sort: QueueSort) -> Result<SimpleExpr, Error> {
        let (columns, key) = self.compared(sort)?;
        Ok(if sort == QueueSort::Newest { page::before(columns, key) } else { page::after(columns, key) })
    }

    /// Whether a row comes no later than this one.
    pub(super) fn upto(&self, sort: QueueSort) -> Result<SimpleExpr, Error> {
        let (columns, key) = self.compared(sort)?;
        let (columns, key) = (Expr::tuple(columns), Expr::tuple(key));
        Ok(if sort == QueueSort::Newest { columns.gte(key) } else { columns.lte(key) })
    }

    /// The columns of an order, and what they are in this row.
    fn compared(&self, sort: QueueSort) -> Result<(Vec<SimpleExpr>, Vec<SimpleExpr>), Error> {
        let key = match (sort, self) {
            (QueueSort::Newest, Self::Newest(Reverse(id))) => vec![Expr::value(*id)],
            (QueueSort::Oldest, Self::Oldest(away, since, id)) => {
                vec![Expr::value(*away), Expr::value(*since), Expr::value(*id)]
            }
            (QueueSort::DueFirst, Self::DueFirst(due, id)) => vec![Expr::value(*due), Expr::value(*id)],
            (QueueSort::Title, Self::Title(title, id)) => vec![Expr::value(title.as_str()), Expr::value(*id)],
            _ => return Err(Error::BadCursor),
        };
        let columns = sort.columns().iter().chain([&table::Column::Id]).map(|column| Expr::col(*column));
        Ok((columns.collect(), key))
    }
}

impl QueueSort {
    /// What rows are ordered by before their id.
    pub(super) fn columns(self) -> &'static [table::Column] {
        match self {
            Self::Oldest => &[table::Column::Away, table::Column::StateSince],
            Self::Newest => &[],
            Self::DueFirst => &[table::Column::Due],
            Self::Title => &[table::Column::TitleKey],
        }
    }
}
