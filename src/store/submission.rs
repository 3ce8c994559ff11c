//! Submissions: the item, its answers, its events, and who holds it.

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;
use sea_orm::{
    ColumnTrait, ConnectionTrait, DbBackend, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder, QuerySelect,
    sea_query::{Expr, ExprTrait, IntoCondition, LockType, OnConflict, Query},
};
use uuid::Uuid;

use super::{
    Error, ReadTx, Tx,
    bounded::asked,
    column,
    difference::difference,
    entity::{event, reference_counter as counter, submission as table, submission_content as content, turn},
    holder::{Before, turn_rows},
    timer_failure, word,
};
use crate::{
    domain::{PersonId, SubmissionId, folded},
    model::{Life, Submission, Which},
    workflow::{Event, Turn},
};

/// How many events are read at a time.
const AT_ONCE: u16 = 1_000;

impl ReadTx {
    /// A submission.
    pub async fn submission(&self, id: SubmissionId) -> Result<Option<Submission>, Error> {
        self.whole(table::Entity::find().filter(table::Column::Id.eq(id.0))).await
    }

    /// A submission by its reference.
    pub async fn submission_by_reference(&self, reference: &str) -> Result<Option<Submission>, Error> {
        self.whole(table::Entity::find().filter(table::Column::Reference.eq(reference))).await
    }

    /// Everything that happened to a submission, in order.
    pub async fn all_events(&self, submission: SubmissionId) -> Result<Vec<Event>, Error> {
        let mut all: Vec<Event> = Vec::new();
        loop {
            let after = all.last().map_or(0, |event| event.sequence);
            let more = self.events(submission, after, AT_ONCE).await?;
            let last = more.len() < usize::from(AT_ONCE);
            all.extend(more);
            if last {
                return Ok(all);
            }
        }
    }

    /// Events of a submission with a sequence beyond `after`, in order, at most `limit`.
    pub async fn events(&self, submission: SubmissionId, after: u64, limit: u16) -> Result<Vec<Event>, Error> {
        let own = Query::select()
            .column(table::Column::Id)
            .from(table::Entity)
            .and_where(table::Column::Id.eq(submission.0))
            .take();
        let rows = event::Entity::find()
            .filter(event::Column::Submission.in_subquery(own))
            .filter(event::Column::Sequence.gt(column::number::<_, i64>(after)?))
            .order_by_asc(event::Column::Sequence)
            .limit(u64::from(limit));
        rows.all(&self.tx).await?.iter().map(|row| column::from_json(&row.body)).collect()
    }

    /// Some of what a person sent of one workflow, the first begun first.
    pub async fn sent_by(&self, person: PersonId, workflow: &str, which: Which<'_>) -> Result<Vec<Submission>, Error> {
        let query = table::Entity::find()
            .filter(table::Column::Submitter.eq(person.0))
            .filter(table::Column::Workflow.eq(workflow))
            .filter(table::Column::SentAt.is_not_null())
            .filter(match which {
                Which::In(states) => table::Column::State.is_in(states),
                Which::Among(ids) => table::Column::Id.is_in(ids.iter().map(|id| id.0)),
            });
        let rows = query.order_by_asc(table::Column::Id).all(&self.tx).await?;
        let ids = rows.iter().map(|row| row.id);
        let contents = content::Entity::find().filter(content::Column::Submission.is_in(ids)).all(&self.tx).await?;
        let contents: BTreeMap<Uuid, content::Model> =
            contents.into_iter().map(|content| (content.submission, content)).collect();
        rows.into_iter().filter_map(|row| contents.get(&row.id).map(|content| read(row, content))).collect()
    }

    /// Whether anything was ever sent.
    pub async fn anything_was_sent(&self) -> Result<bool, Error> {
        for life in [Life::Open, Life::Closed] {
            let of_life = table::Entity::find().filter(table::Column::Life.eq(column::to_word(life)));
            let found = of_life.select_only().column(table::Column::Id).limit(1);
            if found.into_tuple::<Uuid>().one(&self.tx).await?.is_some() {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// Open submissions that wait for the office itself: for people, or for a day of its calendar.
    pub async fn waiting_for_the_office(&self) -> Result<Vec<SubmissionId>, Error> {
        let waiting = table::Entity::find()
            .select_only()
            .column(table::Column::Id)
            .filter(Expr::col(table::Column::Unstaffed))
            .filter(asked(table::Column::Life.eq(column::to_word(Life::Open)).into_condition()));
        Ok(waiting.into_tuple::<Uuid>().all(&self.tx).await?.into_iter().map(SubmissionId).collect())
    }

    /// References of submissions, with whose they are.
    pub async fn references(
        &self,
        ids: &BTreeSet<SubmissionId>,
    ) -> Result<BTreeMap<SubmissionId, (String, PersonId)>, Error> {
        let rows: Vec<(Uuid, String, Uuid)> = table::Entity::find()
            .select_only()
            .columns([table::Column::Id, table::Column::Reference, table::Column::Submitter])
            .filter(table::Column::Id.is_in(ids.iter().map(|id| id.0)))
            .into_tuple()
            .all(&self.tx)
            .await?;
        let read = |(id, reference, submitter)| (SubmissionId(id), (reference, PersonId(submitter)));
        Ok(rows.into_iter().map(read).collect())
    }

    /// Submissions with a timer due at `now`, the longest due first; without those whose timer failed and rests.
    pub async fn due(&self, now: Timestamp, limit: u16) -> Result<Vec<SubmissionId>, Error> {
        let rows: Vec<Uuid> = table::Entity::find()
            .select_only()
            .column(table::Column::Id)
            .filter(table::Column::NextDue.lte(column::micros(now)))
            .filter(timer_failure::rests(now).not())
            .order_by_asc(table::Column::NextDue)
            .limit(u64::from(limit))
            .into_tuple()
            .all(&self.tx)
            .await?;
        Ok(rows.into_iter().map(SubmissionId).collect())
    }

    /// Whether a submission is found by [`ReadTx::due`], unless its timer failed.
    pub async fn is_due(&self, id: SubmissionId, now: Timestamp) -> Result<bool, Error> {
        let due = table::Entity::find().select_only().column(table::Column::Id).filter(table::Column::Id.eq(id.0));
        let due = due.filter(table::Column::NextDue.lte(column::micros(now)));
        Ok(due.into_tuple::<Uuid>().one(&self.tx).await?.is_some())
    }
}

impl Tx {
    /// The next reference of a prefix and year, as `SS-2026-0042`.
    pub async fn next_reference(&self, prefix: &str, year: i16) -> Result<String, Error> {
        let first = counter::Model { prefix: prefix.to_owned(), year: i64::from(year), last: 1 };
        let key = [counter::Column::Prefix, counter::Column::Year];
        let next = Expr::col((counter::Entity, counter::Column::Last)).add(1);
        let next = OnConflict::columns(key).value(counter::Column::Last, next).to_owned();
        let row = counter::Entity::insert(first.into_active_model()).on_conflict(next);
        let last = row.exec_with_returning(&self.tx).await?.last;
        Ok(format!("{prefix}-{year}-{last:04}"))
    }

    /// Adds a submission with its first events; its version becomes 1.
    pub async fn add_submission(&self, submission: &Submission, events: &[Event], turns: &[Turn]) -> Result<(), Error> {
        let turns = turn_rows(submission, turns)?;
        let row = write(submission, 1, &turns)?;
        self.open_lane(&row).await?;
        self.insert(row).await?;
        self.insert(write_content(submission)?).await?;
        self.append(submission.id, events).await?;
        self.hold(Before::default(), submission, turns).await?;
        self.index(word::OF_SUBMISSIONS, submission.id.0, &found_by(submission)).await
    }

    /// Holds a submission to the end of this change: of two changes that hold the same one the second waits here for the
    /// first. Gives it as it is now where it is other than the one that was read. On SQLite changes wait for one another
    /// anyway.
    pub async fn hold_submission(&self, read: &Submission) -> Result<Option<Submission>, Error> {
        if self.tx.get_database_backend() == DbBackend::Sqlite {
            return Ok(None);
        }
        self.turns.wait(read.id.0).await?;
        // Documents and letters of it can still be written meanwhile.
        let held = table::Entity::find_by_id(read.id.0).lock(LockType::NoKeyUpdate);
        let version = held.select_only().column(table::Column::Version).into_tuple::<i64>().one(&self.tx).await?;
        if version == Some(column::number::<_, i64>(read.version)?) {
            return Ok(None);
        }
        self.submission(read.id).await
    }

    /// Saves what is other than `before`, appends the events and notes who holds it; gives the new version.
    ///
    /// [`Error::Stale`] where the stored version is not that of `before` any more.
    pub async fn save_submission(
        &self,
        submission: &Submission,
        before: &Submission,
        events: &[Event],
        turns: &[Turn],
    ) -> Result<u64, Error> {
        let version = before.version.saturating_add(1);
        let stored = Before { submission: Some(before), turns: self.turns(before).await? };
        let turns = turn_rows(submission, turns)?;
        let row = write(submission, version, &turns)?;
        self.open_lane(&row).await?;
        if let Some(changes) = difference(&write(before, before.version, &stored.turns)?, row) {
            let changed = table::Entity::update_many()
                .set(changes)
                .filter(table::Column::Id.eq(before.id.0))
                .filter(table::Column::Version.eq(column::number::<_, i64>(before.version)?));
            self.one_changed(changed).await?;
        }
        if let Some(changes) = difference(&write_content(before)?, write_content(submission)?) {
            content::Entity::update(changes).exec_without_returning(&self.tx).await?;
        }
        self.append(submission.id, events).await?;
        self.hold(stored, submission, turns).await?;
        if (&before.title, &before.reference) != (&submission.title, &submission.reference) {
            self.index(word::OF_SUBMISSIONS, submission.id.0, &found_by(submission)).await?;
        }
        Ok(version)
    }

    /// Notes since when the office is late with a submission; its author is not.
    pub async fn is_late(&self, submission: &Submission, since: Timestamp) -> Result<(), Error> {
        let since = column::micros(since);
        let officers = turn::Column::Person.is_null().or(turn::Column::Person.ne(submission.submitter.0));
        let changed = turn::Entity::update_many()
            .col_expr(turn::Column::LateSince, Expr::value(since))
            .filter(turn::Column::Submission.eq(submission.id.0))
            .filter(officers)
            .exec(&self.tx)
            .await?;
        if changed.rows_affected > 0 {
            table::Entity::update_many()
                .col_expr(table::Column::Due, Expr::value(since))
                .filter(table::Column::Id.eq(submission.id.0))
                .filter(table::Column::Due.gt(since))
                .exec(&self.tx)
                .await?;
        }
        Ok(())
    }
}

impl ReadTx {
    async fn whole(&self, query: sea_orm::Select<table::Entity>) -> Result<Option<Submission>, Error> {
        let Some(row) = query.one(&self.tx).await? else {
            return Ok(None);
        };
        let content = content::Entity::find_by_id(row.id).one(&self.tx).await?;
        let content = content.ok_or_else(|| Error::Damaged(format!("{} has no content", row.reference)))?;
        read(row, &content).map(Some)
    }
}

impl Tx {
    /// Appends events; [`Error::Duplicate`] where a sequence is taken.
    async fn append(&self, submission: SubmissionId, events: &[Event]) -> Result<(), Error> {
        let rows = events.iter().map(|happened| {
            let row = event::Model {
                submission: submission.0,
                sequence: column::number(happened.sequence)?,
                at: column::micros(happened.at),
                kind: happened.what.meta().kind.to_owned(),
                body: column::to_json(happened)?,
            };
            Ok(row.into_active_model())
        });
        let rows = rows.collect::<Result<Vec<_>, Error>>()?;
        if !rows.is_empty() {
            event::Entity::insert_many(rows).exec_without_returning(&self.tx).await?;
        }
        Ok(())
    }
}

/// The largest due instant: nothing is due.
pub(super) const NEVER: i64 = i64::MAX;

pub(super) fn read(row: table::Model, content: &content::Model) -> Result<Submission, Error> {
    Ok(Submission {
        id: SubmissionId(row.id),
        workflow: row.workflow,
        definition: row.definition,
        reference: row.reference,
        title: row.title,
        submitter: PersonId(row.submitter),
        item: column::from_json(&content.item)?,
        answers: column::from_json(&content.answers)?,
        version: column::number(row.version)?,
        begun_at: column::instant(row.begun_at)?,
        updated_at: column::instant(row.updated_at)?,
        sent_at: row.sent_at.map(column::instant).transpose()?,
    })
}

/// What a submission itself is found by; its author is found by the author's name and address.
pub(super) fn found_by(submission: &Submission) -> String {
    format!("{} {}", submission.title, submission.reference)
}

fn write(submission: &Submission, version: u64, turns: &[turn::Model]) -> Result<table::Model, Error> {
    let item = &submission.item;
    let life = match submission.sent_at {
        // Nobody but its author ever knew of it.
        _ if item.discarded => Life::Draft,
        _ if item.closed => Life::Closed,
        None => Life::Draft,
        Some(_) => Life::Open,
    };
    let unstaffed = !item.unstaffed.is_empty() || !item.undated.is_empty();
    Ok(table::Model {
        id: submission.id.0,
        workflow: submission.workflow.clone(),
        definition: submission.definition.clone(),
        reference: submission.reference.clone(),
        title: submission.title.clone(),
        title_key: folded(&submission.title),
        submitter: submission.submitter.0,
        state: item.state.clone(),
        state_since: column::micros(item.since),
        life: column::to_word(life).to_owned(),
        // Whatever waits for the office itself: too few people, or a day that its calendar lacks.
        unstaffed,
        unassigned: life == Life::Open && (unstaffed || turns.iter().any(|turn| turn.slug.is_some())),
        away: !unstaffed && turns.iter().all(|turn| turn.person == Some(submission.submitter.0)),
        due: turns.iter().filter_map(|turn| turn.late_since.or(turn.due)).min().unwrap_or(NEVER),
        next_due: item.timers.values().min().copied().map(column::micros),
        version: column::number(version)?,
        sequence: column::number(item.sequence)?,
        begun_at: column::micros(submission.begun_at),
        updated_at: column::micros(submission.updated_at),
        sent_at: submission.sent_at.map(column::micros),
        discarded_at: item.discarded.then(|| column::micros(submission.updated_at)),
    })
}

fn write_content(submission: &Submission) -> Result<content::Model, Error> {
    Ok(content::Model {
        submission: submission.id.0,
        item: column::to_json(&submission.item)?,
        answers: column::to_json(&submission.answers)?,
    })
}
