//! What waits for one person.

use std::collections::{BTreeMap, BTreeSet};

use sea_orm::{
    ColumnTrait, Condition, EntityTrait, QueryFilter, QueryOrder, QuerySelect, QueryTrait, Select,
    sea_query::{Expr, ExprTrait, Query},
};
use uuid::Uuid;

use super::{
    Error, ReadTx,
    bounded::is_there,
    column,
    conflict::{self, Rows},
    entity::{seat, turn as table},
    page,
};
use crate::{
    domain::PersonId,
    model::{Count, Page, Person, QueueRow, TurnRow},
    workflow::Holder,
};

/// Where a turn lies in the order of waiting.
type Key = (i64, Uuid, i64);

/// How far is counted what waits for a person: every page tells it, and every row is asked for conflicts.
const GLANCE: u64 = 100;

impl ReadTx {
    /// A page of what waits for a person, in person or through one of `groups`, the longest waiting first.
    ///
    /// Nothing through a group on which the person is author, recused, in the same track already seated, or, as the
    /// submission tells, in conflict: named in it, or of its author's institution.
    pub async fn your_turn(
        &self,
        person: PersonId,
        groups: &BTreeSet<String>,
        cursor: Option<&str>,
        limit: u16,
    ) -> Result<Page<TurnRow>, Error> {
        let key = page::key::<Key>(cursor)?;
        let mut rows = Vec::new();
        // One list a holder, each read along its index, instead of all of them sorted.
        let me = self.person(person).await?;
        for mut query in waiting(person, groups, me.as_ref()) {
            if let Some((since, submission, position)) = key {
                let columns = [table::Column::Since, table::Column::Submission, table::Column::Position];
                let key = [Expr::value(since), Expr::value(submission), Expr::value(position)];
                query = query.filter(page::after(columns.map(Expr::col), key));
            }
            let query = query
                .order_by_asc(table::Column::Since)
                .order_by_asc(table::Column::Submission)
                .order_by_asc(table::Column::Position);
            rows.extend(query.limit(u64::from(limit) + 1).all(&self.tx).await?);
        }
        let order = |row: &table::Model| -> Key { (row.since, row.submission, row.position) };
        rows.sort_by_key(order);
        let page = Page::cut(rows, limit, order)?;
        let submissions = self.queue_rows(page.rows.iter().map(|row| row.submission).collect()).await?;
        let submissions = submissions.into_iter().map(|row| (row.id.0, row)).collect();
        page.try_map(|row| read(row, &submissions))
    }

    /// How much waits for a person, counted up to [`GLANCE`].
    pub async fn your_turn_count(&self, person: PersonId, groups: &BTreeSet<String>) -> Result<Count, Error> {
        let mut rows = 0;
        let me = self.person(person).await?;
        for query in waiting(person, groups, me.as_ref()) {
            rows += self.count_up_to(query.into_query(), GLANCE).await?;
        }
        Ok(Count::up_to(GLANCE, rows))
    }
}

fn waiting(
    person: PersonId,
    groups: &BTreeSet<String>,
    me: Option<&Person>,
) -> impl Iterator<Item = Select<table::Entity>> {
    let all = move || table::Entity::find();
    let in_person = all().filter(table::Column::Person.eq(person.0));
    let through =
        groups.iter().map(move |slug| all().filter(table::Column::Slug.eq(slug)).filter(may_take(person, me)));
    std::iter::once(in_person).chain(through)
}

/// Whether the person may take a turn that a group has.
fn may_take(person: PersonId, me: Option<&Person>) -> Condition {
    let here = || Expr::col((table::Entity, table::Column::Submission));
    let seated = Query::select()
        .expr(Expr::value(1))
        .from(seat::Entity)
        .and_where(Expr::col((seat::Entity, seat::Column::Submission)).eq(here()))
        .and_where(Expr::col((seat::Entity, seat::Column::Track)).eq(Expr::col((table::Entity, table::Column::Track))))
        .and_where(seat::Column::Person.eq(person.0))
        .and_where(seat::Column::Voided.eq(false))
        .take();
    let free = Condition::all().add(is_there(seated).not());
    me.into_iter().fold(free, |all, me| all.add(conflict::none_of(me, Rows::Turns)))
}

fn read(row: table::Model, submissions: &BTreeMap<Uuid, QueueRow>) -> Result<TurnRow, Error> {
    let submission = submissions.get(&row.submission).cloned();
    let holder = match (row.person, row.slug) {
        (Some(person), _) => Holder::Person(PersonId(person)),
        (None, slug) => Holder::Group(slug.unwrap_or_default()),
    };
    Ok(TurnRow {
        submission: submission.ok_or_else(|| Error::Damaged(format!("a turn of no submission {}", row.submission)))?,
        holder,
        role: row.role,
        track: row.track,
        since: column::instant(row.since)?,
        by: row.due.map(column::instant).transpose()?,
        late_since: row.late_since.map(column::instant).transpose()?,
    })
}
