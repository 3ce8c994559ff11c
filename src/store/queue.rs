//! Lists of submissions: the office's queue and one's own work.

mod row;

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;
pub use row::{HolderName, QueueRow};
use sea_orm::{
    ColumnTrait, Condition, EntityTrait, FromQueryResult, Order, QueryFilter, QueryOrder, QuerySelect, Select,
    sea_query::{Expr, ExprTrait, Query, SelectStatement, SimpleExpr},
};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{
    Count, Error, Page, View, column,
    entity::{person, recusal, submission as table, turn},
    page, submission,
};
use crate::{
    domain::{OrganisationId, PersonId, SubmissionId},
    workflow::Holder,
};

/// What to list; the default is everything that is open or closed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct QueueFilter {
    /// Looked for in title, reference, and the author's name and address, whatever the case; empty for all.
    pub search: String,
    /// Only of this workflow.
    pub workflow: Option<String>,
    /// Only in this state.
    pub state: Option<String>,
    /// Only held by this person or group.
    pub holder: Option<Holder>,
    /// Only of this author.
    pub submitter: Option<PersonId>,
    /// Only work of one kind.
    pub attention: Option<Attention>,
    /// Open, closed or both.
    pub life: Option<Life>,
    /// Without what this person wrote, or has declared a conflict of interest with.
    pub hidden_from: Option<PersonId>,
}

/// Why a submission wants attention.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Attention {
    /// Nobody in person has it: a group holds it, or too few people can.
    Unassigned,
    /// A holder's time was over before this instant.
    OverdueAt(Timestamp),
}

/// Whether a submission is over.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Life {
    /// Sent and not over.
    Open,
    /// Not sent yet.
    Draft,
    /// Over.
    Closed,
}

/// The order of a list.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum QueueSort {
    /// What waits for somebody of the office first, and of that what is longest in its state.
    #[default]
    Oldest,
    /// Last begun first.
    Newest,
    /// What is due soonest first; what is never due last.
    DueFirst,
    /// By title.
    Title,
}

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
        let mut query = filtered(organisation, filter)?;
        let order = if sort == QueueSort::Newest { Order::Desc } else { Order::Asc };
        if let Some(key) = page::key::<Key>(cursor)? {
            query = query.filter(key.beyond(sort)?);
        }
        for column in sort.columns() {
            query = query.order_by(*column, order.clone());
        }
        query = query.order_by(table::Column::Id, order).limit(u64::from(limit) + 1);
        let rows = narrow(query).into_model::<Narrow>().all(&self.tx).await?;
        let page = Page::cut(rows, limit, |row| Key::of(sort, row))?;
        Ok(Page { rows: self.dressed(organisation, page.rows).await?, next: page.next })
    }

    /// How many the filter finds, counted up to 1,000.
    pub async fn queue_count(&self, organisation: OrganisationId, filter: &QueueFilter) -> Result<Count, Error> {
        let ids = filtered(organisation, filter)?.select_only().column(table::Column::Id).limit(Count::MOST + 1);
        Count::of(ids.into_tuple::<Uuid>().all(&self.tx).await?.len())
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

/// What a list reads of a submission.
#[derive(Debug, FromQueryResult)]
struct Narrow {
    id: Uuid,
    reference: String,
    title: String,
    title_key: String,
    workflow: String,
    definition: String,
    state: String,
    state_since: i64,
    life: String,
    away: bool,
    sent_at: Option<i64>,
    updated_at: i64,
    submitter: Uuid,
    due: i64,
    next_due: Option<i64>,
}

fn narrow(query: Select<table::Entity>) -> Select<table::Entity> {
    query.select_only().columns([
        table::Column::Id,
        table::Column::Reference,
        table::Column::Title,
        table::Column::TitleKey,
        table::Column::Workflow,
        table::Column::Definition,
        table::Column::State,
        table::Column::StateSince,
        table::Column::Life,
        table::Column::Away,
        table::Column::SentAt,
        table::Column::UpdatedAt,
        table::Column::Submitter,
        table::Column::Due,
        table::Column::NextDue,
    ])
}

/// Where a row lies in an order.
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum Key {
    Oldest(bool, i64, Uuid),
    Newest(Uuid),
    DueFirst(i64, Uuid),
    Title(String, Uuid),
}

impl Key {
    fn of(sort: QueueSort, row: &Narrow) -> Self {
        match sort {
            QueueSort::Oldest => Self::Oldest(row.away, row.state_since, row.id),
            QueueSort::Newest => Self::Newest(row.id),
            QueueSort::DueFirst => Self::DueFirst(row.due, row.id),
            QueueSort::Title => Self::Title(row.title_key.clone(), row.id),
        }
    }

    /// Whether a row comes after this one; a key of another order is refused.
    fn beyond(self, sort: QueueSort) -> Result<SimpleExpr, Error> {
        let key = match (sort, self) {
            (QueueSort::Newest, Self::Newest(id)) => return Ok(table::Column::Id.lt(id)),
            (QueueSort::Oldest, Self::Oldest(away, since, id)) => {
                vec![Expr::value(away), Expr::value(since), Expr::value(id)]
            }
            (QueueSort::DueFirst, Self::DueFirst(due, id)) => vec![Expr::value(due), Expr::value(id)],
            (QueueSort::Title, Self::Title(title, id)) => vec![Expr::value(title), Expr::value(id)],
            _ => return Err(Error::BadCursor),
        };
        let columns = sort.columns().iter().chain([&table::Column::Id]).map(|column| Expr::col(*column));
        Ok(page::after(columns, key))
    }
}

impl QueueSort {
    /// What rows are ordered by before their id.
    fn columns(self) -> &'static [table::Column] {
        match self {
            Self::Oldest => &[table::Column::Away, table::Column::StateSince],
            Self::Newest => &[],
            Self::DueFirst => &[table::Column::Due],
            Self::Title => &[table::Column::TitleKey],
        }
    }
}

fn filtered(organisation: OrganisationId, filter: &QueueFilter) -> Result<Select<table::Entity>, Error> {
    let mut all = Condition::all().add(table::Column::Organisation.eq(organisation.0));
    if !filter.search.trim().is_empty() {
        all = all.add(found(organisation, &filter.search));
    }
    if let Some(workflow) = &filter.workflow {
        all = all.add(table::Column::Workflow.eq(workflow));
    }
    if let Some(state) = &filter.state {
        all = all.add(table::Column::State.eq(state));
    }
    if let Some(submitter) = filter.submitter {
        all = all.add(table::Column::Submitter.eq(submitter.0));
    }
    if let Some(person) = filter.hidden_from {
        let recused = Query::select()
            .expr(Expr::value(1))
            .from(recusal::Entity)
            .and_where(
                Expr::col((recusal::Entity, recusal::Column::Submission)).equals((table::Entity, table::Column::Id)),
            )
            .and_where(recusal::Column::Person.eq(person.0))
            .take();
        all = all.add(table::Column::Submitter.ne(person.0)).add(Expr::exists(recused).not());
    }
    if let Some(life) = filter.life {
        all = all.add(table::Column::Life.eq(column::to_word(life)?));
    }
    if let Some(holder) = &filter.holder {
        let held = match holder {
            Holder::Person(person) => turn::Column::Person.eq(person.0),
            Holder::Group(slug) => turn::Column::Slug.eq(slug),
        };
        all = all.add(table::Column::Id.in_subquery(turns(organisation).and_where(held).take()));
    }
    match filter.attention {
        None => {}
        Some(Attention::Unassigned) => {
            // Row by row: a page is full long before all turns are read.
            let grouped = Query::select()
                .expr(Expr::value(1))
                .from(turn::Entity)
                .and_where(
                    Expr::col((turn::Entity, turn::Column::Submission)).equals((table::Entity, table::Column::Id)),
                )
                .and_where(turn::Column::Slug.is_not_null())
                .take();
            all = all
                .add(table::Column::Life.eq(column::to_word(Life::Open)?))
                .add(table::Column::Unstaffed.eq(true).or(Expr::exists(grouped)));
        }
        Some(Attention::OverdueAt(now)) => all = all.add(table::Column::Due.lt(column::micros(now))),
    }
    Ok(table::Entity::find().filter(all))
}

/// Whether the text is in the title, the reference or the author's name or address.
fn found(organisation: OrganisationId, search: &str) -> Condition {
    let author = Condition::any()
        .add(Expr::col(person::Column::NameKey).like(column::anywhere(search)))
        .add(Expr::col(person::Column::Email).like(column::anywhere(search)));
    let authors = Query::select()
        .column(person::Column::Id)
        .from(person::Entity)
        .and_where(person::Column::Organisation.eq(organisation.0))
        .cond_where(author)
        .take();
    let reference = Expr::expr(sea_orm::sea_query::Func::lower(Expr::col(table::Column::Reference)));
    Condition::any()
        .add(Expr::col(table::Column::TitleKey).like(column::anywhere(search)))
        .add(reference.like(column::anywhere(search)))
        .add(table::Column::Submitter.in_subquery(authors))
}

fn turns(organisation: OrganisationId) -> SelectStatement {
    Query::select()
        .column(turn::Column::Submission)
        .from(turn::Entity)
        .and_where(turn::Column::Organisation.eq(organisation.0))
        .take()
}

impl View {
    /// Rows of the given submissions, in no particular order.
    pub(super) async fn queue_rows(
        &self,
        organisation: OrganisationId,
        ids: BTreeSet<Uuid>,
    ) -> Result<Vec<QueueRow>, Error> {
        let query = table::Entity::find()
            .filter(table::Column::Organisation.eq(organisation.0))
            .filter(table::Column::Id.is_in(ids));
        let rows = narrow(query).into_model::<Narrow>().all(&self.tx).await?;
        self.dressed(organisation, rows).await
    }

    /// Rows with the names of authors and holders.
    async fn dressed(&self, organisation: OrganisationId, rows: Vec<Narrow>) -> Result<Vec<QueueRow>, Error> {
        let held = turn::Entity::find()
            .filter(turn::Column::Submission.is_in(rows.iter().map(|row| row.id)))
            .order_by_asc(turn::Column::Submission)
            .order_by_asc(turn::Column::Position)
            .all(&self.tx)
            .await?;
        let people: BTreeSet<_> =
            rows.iter().map(|row| row.submitter).chain(held.iter().filter_map(|t| t.person)).collect();
        let names: Vec<(Uuid, String)> = person::Entity::find()
            .select_only()
            .columns([person::Column::Id, person::Column::Name])
            .filter(person::Column::Organisation.eq(organisation.0))
            .filter(person::Column::Id.is_in(people))
            .into_tuple()
            .all(&self.tx)
            .await?;
        let names: BTreeMap<_, _> = names.into_iter().collect();
        let name = |id: &Uuid| names.get(id).cloned().unwrap_or_default();
        let mut holders: BTreeMap<Uuid, Vec<HolderName>> = BTreeMap::new();
        for turn in held {
            let holder = match (turn.person, turn.slug) {
                (Some(person), _) => HolderName::Person(PersonId(person), name(&person)),
                (None, slug) => HolderName::Group(slug.unwrap_or_default()),
            };
            let known = holders.entry(turn.submission).or_default();
            if !known.contains(&holder) {
                known.push(holder);
            }
        }
        rows.into_iter()
            .map(|row| {
                Ok(QueueRow {
                    id: SubmissionId(row.id),
                    closed: column::from_word::<Life>(row.life)? == Life::Closed,
                    reference: row.reference,
                    title: row.title,
                    workflow: row.workflow,
                    definition: row.definition,
                    state: row.state,
                    state_since: column::instant(row.state_since)?,
                    timer: row.next_due.map(column::instant).transpose()?,
                    sent_at: row.sent_at.map(column::instant).transpose()?,
                    updated_at: column::instant(row.updated_at)?,
                    submitter: PersonId(row.submitter),
                    author: name(&row.submitter),
                    due: (row.due != submission::NEVER).then(|| column::instant(row.due)).transpose()?,
                    holders: holders.remove(&row.id).unwrap_or_default(),
                })
            })
            .collect()
    }
}
