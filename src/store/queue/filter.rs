//! Which submissions a list holds.

use std::collections::BTreeSet;

use sea_orm::{
    ColumnTrait, Condition,
    sea_query::{Expr, ExprTrait, Query, SelectStatement},
};

use crate::{
    domain::sought,
    model::{Attention, Life, QueueFilter},
    store::{
        bounded::{asked, is_there},
        column,
        conflict::{self, Rows},
        entity::{submission as table, turn},
        word,
    },
    workflow::Holder,
};

impl QueueFilter {
    /// The words that are looked for, where something is.
    pub(super) fn sought(&self) -> Option<BTreeSet<String>> {
        (!self.search.trim().is_empty()).then(|| sought(&self.search))
    }
}

/// All conditions of a filter, as they are asked of a row.
pub(super) fn besides(filter: &QueueFilter, sought: Option<&BTreeSet<String>>) -> Condition {
    let here = || Expr::col((table::Entity, table::Column::Id));
    let mut all = Condition::all().add(table::Column::DiscardedAt.is_null());
    if let Some(workflow) = &filter.workflow {
        all = all.add(table::Column::Workflow.eq(workflow));
    }
    if let Some(state) = &filter.state {
        all = all.add(table::Column::State.eq(state));
    }
    if let Some(life) = filter.life {
        all = all.add(table::Column::Life.eq(column::to_word(life)));
    }
    match filter.attention {
        None => {}
        Some(Attention::Unassigned) => all = all.add(table::Column::Unassigned.eq(true)),
        Some(Attention::OverdueAt(now)) => all = all.add(table::Column::Due.lt(column::micros(now))),
    }
    if let Some(submitter) = filter.submitter {
        all = all.add(table::Column::Submitter.eq(submitter.0));
    }
    if let Some(me) = &filter.hidden_from {
        // A draft is its author's own.
        all = all.add(table::Column::Life.ne(column::to_word(Life::Draft)));
        all = all.add(conflict::none_of(me, Rows::Submissions));
    }
    if let Some(holder) = &filter.holder {
        let mine = Query::select()
            .from(turn::Entity)
            .and_where(Expr::col((turn::Entity, turn::Column::Submission)).eq(here()))
            // Asked of the turns of that one submission: nobody may read all that the holder has for every row.
            .and_where(asked(Condition::all().add(holds(holder))))
            .take();
        all = all.add(is_there(mine));
    }
    for beginning in sought.into_iter().flatten() {
        let own = word::OF_SUBMISSIONS.has((table::Entity, table::Column::Id), beginning);
        let author = word::OF_PEOPLE.has((table::Entity, table::Column::Submitter), beginning);
        all = all.add(own.or(author));
    }
    all
}

/// The submissions that somebody holds.
pub(super) fn held(holder: &Holder) -> SelectStatement {
    Query::select().column((turn::Entity, turn::Column::Submission)).from(turn::Entity).and_where(holds(holder)).take()
}

fn holds(holder: &Holder) -> Expr {
    match holder {
        Holder::Person(person) => turn::Column::Person.eq(person.0),
        Holder::Group(slug) => turn::Column::Slug.eq(slug),
    }
}
