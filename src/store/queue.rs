//! Lists of submissions: the office's queue and one's own work.

mod filter;
mod lane;
mod order;
mod row;

pub use filter::{Attention, Life, QueueFilter};
pub use order::QueueSort;
pub use row::{HolderName, QueueRow};
use sea_orm::{Order, QueryOrder, QuerySelect, QueryTrait};

use self::{
    lane::Purpose,
    order::Key,
    row::{Narrow, narrow},
};
use super::{Count, Error, Page, View, entity::submission as table, page};
use crate::domain::{OrganisationId, PersonId};

impl View {
    /// A page of the organisation's submissions.
    #[expect(clippy::too_many_arguments, reason = "whose, which, in which order, and which page")]
    pub async fn queue(
        &self,
        organisation: OrganisationId,
        filter: &QueueFilter,
        sort: QueueSort,
        cursor: Option<&str>,
        limit: u16,
    ) -> Result<Page<QueueRow>, Error> {
        let key = page::key::<Key>(cursor)?;
        let beyond = key.map(|key| key.beyond(sort)).transpose()?;
        let order = if sort == QueueSort::Newest { Order::Desc } else { Order::Asc };
        let mut rows = Vec::new();
        for lane in self.lanes(organisation, filter, Purpose::Page(sort)).await? {
            let mut query = lane.rows(beyond.clone());
            for column in sort.columns() {
                query = query.order_by(*column, order.clone());
            }
            query = query.order_by(table::Column::Id, order.clone()).limit(u64::from(limit) + 1);
            rows.extend(narrow(query).into_model::<Narrow>().all(&self.tx).await?);
        }
        rows.sort_by_cached_key(|row| Key::of(sort, row));
        let page = Page::cut(rows, limit, |row| Key::of(sort, row))?;
        Ok(Page { rows: self.dressed(organisation, page.rows).await?, next: page.next })
    }

    /// How many the filter finds, counted up to 1,000.
    pub async fn queue_count(&self, organisation: OrganisationId, filter: &QueueFilter) -> Result<Count, Error> {
        let mut rows = 0;
        for lane in self.lanes(organisation, filter, Purpose::Count).await? {
            if rows <= Count::MOST {
                rows += self.count_up_to(lane.rows(None).into_query(), Count::MOST).await?;
            }
        }
        Ok(Count::of(rows))
    }

    /// A page of a person's own submissions, the last begun first.
    pub async fn submissions_of(
        &self,
        organisation: OrganisationId,
        person: PersonId,
        cursor: Option<&str>,
        limit: u16,
    ) -> Result<Page<QueueRow>, Error> {
        let filter = QueueFilter { submitter: Some(person), ..QueueFilter::default() };
        self.queue(organisation, &filter, QueueSort::Newest, cursor, limit).await
    }
}
