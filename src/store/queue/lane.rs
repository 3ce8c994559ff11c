//! The lanes that a list is read along: each is an index in the order of the list, so that a page costs what is on it.

use std::collections::BTreeSet;

use sea_orm::{
    ColumnTrait, Condition, EntityTrait, IntoActiveModel, QueryFilter, QuerySelect, QueryTrait, Select,
    sea_query::{OnConflict, SelectStatement, UnionType},
};

use super::filter::{besides, held};
use crate::{
    model::{Attention, Life, QueueFilter, QueueSort},
    store::{
        Error, ReadTx, Tx,
        bounded::{COUNTED, FEW, asked, begun_with},
        column,
        entity::{lane, submission as table},
        word,
    },
};

/// Where a list is read, and what every row is asked there.
pub(super) struct Lane {
    /// What an index finds.
    along: Condition,
    /// What a row must be besides.
    besides: Condition,
    /// Whether a page goes on along the index.
    ordered: bool,
    /// Whether few rows of many may be what is looked for.
    sparse: bool,
}

impl Lane {
    /// Rows of the lane within a range of keys.
    pub(super) fn rows(&self, range: Condition) -> Select<table::Entity> {
        let (along, besides) = (self.along.clone(), self.besides.clone());
        let (along, besides) = if self.ordered { (along.add(range), besides) } else { (along, besides.add(range)) };
        table::Entity::find().filter(along.add(asked(besides)))
    }

    /// All rows of the lane within a range of keys, whether they are looked for or not, where a page or a count might have
    /// to look at many of them.
    pub(super) fn looked_at(&self, range: Condition) -> Option<Select<table::Entity>> {
        self.sparse.then(|| table::Entity::find().filter(self.along.clone().add(range)))
    }
}

/// What a list is read for.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Purpose {
    /// For a page in an order.
    Page(QueueSort),
    /// To be counted, in no order.
    Count,
}

impl Purpose {
    /// How many rows are looked up one by one for it.
    fn few(self) -> u64 {
        if self == Self::Count { COUNTED } else { FEW }
    }
}

impl ReadTx {
    /// The lanes on which a filter finds everything that it finds.
    pub(super) async fn lanes(&self, filter: &QueueFilter, purpose: Purpose) -> Result<Vec<Lane>, Error> {
        let sought = filter.sought();
        if sought.as_ref().is_some_and(BTreeSet::is_empty) {
            return Ok(Vec::new());
        }
        let besides = besides(filter, sought.as_ref());
        let mut sparse = sought.is_some() || filter.holder.is_some();
        if let (Some(author), Purpose::Page(QueueSort::Newest) | Purpose::Count) = (filter.submitter, purpose) {
            let along = Condition::all().add(table::Column::Submitter.eq(author.0));
            sparse |= filter.attention.is_some();
            return Ok(vec![Lane { along, besides, ordered: true, sparse }]);
        }
        if let Some(few) = self.few(filter, sought.as_ref(), purpose).await? {
            let along = Condition::all().add(table::Column::Id.in_subquery(begun_with(few, purpose.few())));
            return Ok(vec![Lane { along, besides, ordered: false, sparse: false }]);
        }
        let mut all = Condition::all();
        sparse |= filter.submitter.is_some();
        match (filter.attention, purpose) {
            (Some(Attention::OverdueAt(now)), Purpose::Page(QueueSort::DueFirst) | Purpose::Count) => {
                all = all.add(table::Column::Due.lt(column::micros(now)));
            }
            (Some(Attention::OverdueAt(_)), Purpose::Page(_)) => sparse = true,
            (Some(Attention::Unassigned) | None, _) => {}
        }
        let ordered = |along: Condition| Lane { along, besides: besides.clone(), ordered: true, sparse };
        let narrowed = filter.workflow.is_some()
            || filter.state.is_some()
            || matches!(filter.attention, Some(Attention::Unassigned));
        if narrowed {
            let lanes = self.narrowed(filter).await?;
            return Ok(lanes.into_iter().map(|lane| ordered(all.clone().add(within(&lane)))).collect());
        }
        let life = |life| ordered(all.clone().add(table::Column::Life.eq(column::to_word(life))));
        Ok(lives(filter).into_iter().map(life).collect())
    }

    async fn narrowed(&self, filter: &QueueFilter) -> Result<Vec<lane::Model>, Error> {
        let mut lanes = lane::Entity::find();
        if let Some(workflow) = &filter.workflow {
            lanes = lanes.filter(lane::Column::Workflow.eq(workflow));
        }
        if let Some(state) = &filter.state {
            lanes = lanes.filter(lane::Column::State.eq(state));
        }
        if let Some(life) = filter.life {
            lanes = lanes.filter(lane::Column::Life.eq(column::to_word(life)));
        }
        if let Some(Attention::Unassigned) = filter.attention {
            lanes = lanes.filter(lane::Column::Unassigned.eq(true));
        }
        Ok(lanes.all(&self.tx).await?)
    }

    /// The ids that a condition of the filter finds, where there is one that finds only a few.
    async fn few(
        &self,
        filter: &QueueFilter,
        sought: Option<&BTreeSet<String>>,
        purpose: Purpose,
    ) -> Result<Option<SelectStatement>, Error> {
        let most = purpose.few();
        let ids = || table::Entity::find().select_only().column(table::Column::Id);
        let mut candidates = Vec::new();
        if let Some(author) = filter.submitter {
            candidates.push(ids().filter(table::Column::Submitter.eq(author.0)).into_query());
        }
        if let Some(holder) = &filter.holder {
            candidates.push(held(holder));
        }
        if let Some(Attention::OverdueAt(now)) = filter.attention {
            let lives = lives(filter).into_iter().map(column::to_word);
            let late = ids().filter(table::Column::Life.is_in(lives));
            candidates.push(late.filter(table::Column::Due.lt(column::micros(now))).into_query());
        }
        for candidate in candidates {
            if self.are_few(candidate.clone(), most).await? {
                return Ok(Some(candidate));
            }
        }
        for beginning in sought.into_iter().flatten() {
            let (own, authors) = (word::OF_SUBMISSIONS.owners(beginning), word::OF_PEOPLE.owners(beginning));
            if self.are_few(own.clone(), most).await? && self.are_few(authors.clone(), most).await? {
                let authors = begun_with(authors, most);
                let theirs = ids().filter(table::Column::Submitter.in_subquery(authors)).into_query();
                if self.are_few(theirs.clone(), most).await? {
                    return Ok(Some(own.clone().union(UnionType::All, theirs).take()));
                }
            }
        }
        Ok(None)
    }
}

impl Tx {
    /// Has lists look where a submission stands.
    pub(in crate::store) async fn open_lane(&self, row: &table::Model) -> Result<(), Error> {
        let lane = lane::Model {
            workflow: row.workflow.clone(),
            state: row.state.clone(),
            life: row.life.clone(),
            unassigned: row.unassigned,
        };
        let known = OnConflict::new().do_nothing().to_owned();
        let lane = lane::Entity::insert(lane.into_active_model()).on_conflict(known);
        lane.exec_without_returning(&self.tx).await?;
        Ok(())
    }
}

fn lives(filter: &QueueFilter) -> Vec<Life> {
    let all = [Life::Open, Life::Draft, Life::Closed].into_iter();
    let seen = all.filter(|life| filter.hidden_from.is_none() || *life != Life::Draft);
    seen.filter(|life| filter.life.is_none_or(|only| only == *life)).collect()
}

fn within(lane: &lane::Model) -> Condition {
    Condition::all()
        .add(table::Column::Workflow.eq(lane.workflow.as_str()))
        .add(table::Column::State.eq(lane.state.as_str()))
        .add(table::Column::Life.eq(lane.life.as_str()))
        .add(table::Column::Unassigned.eq(lane.unassigned))
}
