//! Which submissions a list holds.

use jiff::Timestamp;
use sea_orm::{
    ColumnTrait, Condition, EntityTrait, QueryFilter, Select,
    sea_query::{Expr, ExprTrait, Query, SelectStatement},
};
use serde::{Deserialize, Serialize};

use crate::{
    domain::{OrganisationId, PersonId},
    store::{
        Error, column,
        entity::{person, recusal, submission as table, turn},
    },
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
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Life {
    /// Sent and not over.
    Open,
    /// Not sent yet.
    Draft,
    /// Over.
    Closed,
}

pub(super) fn filtered(organisation: OrganisationId, filter: &QueueFilter) -> Result<Select<table::Entity>, Error> {
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
