//! What of the queue wants the office's attention: what has nobody, what is late, and for how long.

use jiff::Timestamp;

use super::list::{oversees, visible};
use crate::{
    model::{Attention, Count, Life, QueueFilter, QueueRow, QueueSort},
    usecase::{Call, Error},
};

/// Rows of each kind that are shown at once.
const SHOWN: u16 = 6;

/// What wants the office's attention.
#[derive(Clone, Debug)]
pub struct Wanting {
    /// What is open.
    pub open: Count,
    /// What nobody has in person.
    pub unassigned: Count,
    /// What is late.
    pub late: Count,
    /// Since when what is late longest is late; where nothing is, since when what has nobody longest is where it stands.
    pub oldest: Option<Timestamp>,
    /// The first of both, what is late before the rest.
    pub rows: Vec<QueueRow>,
}

/// What wants the office's attention, for those who run or audit it.
pub async fn wanting(call: &Call) -> Result<Wanting, Error> {
    oversees(&call.caller)?;
    let view = call.context.store.view().await?;
    let open = QueueFilter { life: Some(Life::Open), ..QueueFilter::default() };
    let open = visible(&view, &open, &call.caller).await?;
    let late = QueueFilter { attention: Some(Attention::OverdueAt(call.now)), ..open.clone() };
    let alone = QueueFilter { attention: Some(Attention::Unassigned), ..open.clone() };
    let mut rows = view.queue(&late, QueueSort::DueFirst, None, SHOWN).await?.rows;
    let first_late = rows.first().and_then(|row| row.due);
    let nobodys = view.queue(&alone, QueueSort::Oldest, None, SHOWN).await?.rows;
    let oldest = first_late.or_else(|| nobodys.first().map(|row| row.state_since));
    let known: Vec<_> = rows.iter().map(|row| row.id).collect();
    rows.extend(nobodys.into_iter().filter(|row| !known.contains(&row.id)));
    Ok(Wanting {
        open: view.queue_count(&open).await?,
        unassigned: view.queue_count(&alone).await?,
        late: view.queue_count(&late).await?,
        oldest,
        rows,
    })
}
