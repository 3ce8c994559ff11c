//! Lists of submissions: the office's queue and one's own work.

mod filter;
mod lane;
mod order;
mod row;

use sea_orm::{ColumnTrait, Condition, Order, QueryFilter, QueryOrder, QuerySelect, QueryTrait, Select};

use self::{
    lane::{Lane, Purpose},
    order::Key,
    row::{Narrow, narrow},
};
use super::{
    Error, ReadTx,
    bounded::{COUNTED, LOOKED_AT},
    entity::submission as table,
    page,
};
use crate::{
    domain::PersonId,
    model::{Count, Page, QueueFilter, QueueRow, QueueSort},
};

/// What was found in a part of a lane, and where that part ends if the lane does not.
struct Stretch {
    rows: Vec<Narrow>,
    end: Option<Key>,
}

impl ReadTx {
    /// A page of the submissions.
    pub async fn queue(
        &self,
        filter: &QueueFilter,
        sort: QueueSort,
        cursor: Option<&str>,
        limit: u16,
    ) -> Result<Page<QueueRow>, Error> {
        let beyond = page::key::<Key>(cursor)?.map(|key| key.beyond(sort)).transpose()?;
        let beyond = beyond.into_iter().fold(Condition::all(), Condition::add);
        let (mut rows, mut end) = (Vec::new(), None);
        for lane in self.lanes(filter, Purpose::Page(sort)).await? {
            let stretch = self.stretch(&lane, &beyond, sort, limit).await?;
            rows.extend(stretch.rows);
            end = end.into_iter().chain(stretch.end).min();
        }
        rows.sort_by_cached_key(|row| Key::of(sort, row));
        // Beyond where one lane was not looked at, rows of the others wait for the next page.
        if let Some(end) = &end {
            rows.retain(|row| Key::of(sort, row) <= *end);
        }
        let page = Page::cut(rows, limit, |row| Key::of(sort, row))?;
        let next = if let (None, Some(end)) = (&page.next, &end) { Some(page::cursor(end)?) } else { page.next };
        Ok(Page { rows: self.dressed(page.rows).await?, next })
    }

    /// What is looked for in a lane, up to a page and one, and no further than so many rows are looked at.
    async fn stretch(&self, lane: &Lane, beyond: &Condition, sort: QueueSort, limit: u16) -> Result<Stretch, Error> {
        let order = if sort == QueueSort::Newest { Order::Desc } else { Order::Asc };
        let read = async |mut query: Select<table::Entity>, most: u64| {
            for column in sort.columns() {
                query = query.order_by(*column, order.clone());
            }
            query = query.order_by(table::Column::Id, order.clone()).limit(most);
            narrow(query).into_model::<Narrow>().all(&self.tx).await
        };
        let most = u64::from(limit) + 1;
        for looked_at in LOOKED_AT {
            let Some(all) = lane.looked_at(beyond.clone()) else { break };
            let Some(last) = read(all.offset(looked_at), 1).await?.pop() else { break };
            let end = Key::of(sort, &last);
            let rows = read(lane.rows(beyond.clone().add(end.upto(sort)?)), most).await?;
            if rows.len() > usize::from(limit) {
                return Ok(Stretch { rows, end: None });
            }
            if Some(&looked_at) == LOOKED_AT.last() {
                return Ok(Stretch { rows, end: Some(end) });
            }
        }
        Ok(Stretch { rows: read(lane.rows(beyond.clone()), most).await?, end: None })
    }

    /// How many the filter finds, counted up to 1,000, and no further than [`COUNTED`] rows of a lane are looked at.
    pub async fn queue_count(&self, filter: &QueueFilter) -> Result<Count, Error> {
        let (mut rows, mut whole) = (0, true);
        for lane in self.lanes(filter, Purpose::Count).await? {
            if rows > Count::MOST {
                break;
            }
            let mut found = lane.rows(Condition::all());
            if let Some(all) = lane.looked_at(Condition::all())
                && !self.are_few(all.clone().into_query(), COUNTED).await?
            {
                whole = false;
                let first = all.select_only().column(table::Column::Id).limit(COUNTED).into_query();
                found = found.filter(table::Column::Id.in_subquery(first));
            }
            rows += self.count_up_to(found.into_query(), Count::MOST).await?;
        }
        Ok(match Count::of(rows) {
            Count::Exactly(rows) if !whole => Count::AtLeast(rows),
            count => count,
        })
    }

    /// A page of a person's own submissions, the last begun first.
    pub async fn submissions_of(
        &self,
        person: PersonId,
        cursor: Option<&str>,
        limit: u16,
    ) -> Result<Page<QueueRow>, Error> {
        let filter = QueueFilter { submitter: Some(person), ..QueueFilter::default() };
        self.queue(&filter, QueueSort::Newest, cursor, limit).await
    }
}
