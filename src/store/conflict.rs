//! Who must not know of a submission because of who they are, as a condition of rows: made from what [`Conflict`] says of one.

use std::collections::BTreeSet;

use sea_orm::sea_query::{Condition, Expr, ExprTrait, Query, SelectStatement, SimpleExpr, SubQueryStatement};

use super::{
    bounded::is_there,
    column,
    entity::{former_address, lifted_conflict, log, named, party, person, recusal, sent_name, submission, turn},
};
use crate::{
    access::{Conflict, Mark, Marks},
    model::Person,
};

/// Of what a list has rows.
#[derive(Clone, Copy)]
pub(super) enum Rows {
    Submissions,
    Turns,
    /// Of the log, where they tell of a submission.
    Log,
}

impl Rows {
    /// The submission that a row is about.
    fn submission(self) -> SimpleExpr {
        match self {
            Self::Submissions => Expr::col((submission::Entity, submission::Column::Id)),
            Self::Turns => Expr::col((turn::Entity, turn::Column::Submission)),
            Self::Log => Expr::col((log::Entity, log::Column::Submission)),
        }
    }

    /// Its author.
    fn author(self) -> SimpleExpr {
        match self {
            Self::Submissions => Expr::col((submission::Entity, submission::Column::Submitter)),
            Self::Turns | Self::Log => {
                let author = Query::select()
                    .column((submission::Entity, submission::Column::Submitter))
                    .from(submission::Entity)
                    .and_where(Expr::col((submission::Entity, submission::Column::Id)).eq(self.submission()))
                    .take();
                Expr::from(SubQueryStatement::from(author))
            }
        }
    }
}

/// Whether a person has no conflict with the submission of a row. Each is looked for by the key of that one submission.
pub(super) fn none_of(me: &Person, rows: Rows) -> Condition {
    let institution = me.institution();
    let emails = BTreeSet::from([me.email.clone()]);
    let marks = Marks { person: me.id, emails: &emails, institution: &institution };
    Conflict::ALL.into_iter().fold(Condition::all(), |all, conflict| {
        let marked = conflict.marks(marks).into_iter();
        marked.fold(all, |all, mark| all.add(stands(conflict, mark, me, rows).not()))
    })
}

/// Whether the submission of a row has the mark, for this conflict, and the office did not lift it.
fn stands(conflict: Conflict, mark: Mark, me: &Person, rows: Rows) -> SimpleExpr {
    let found = has(conflict, mark, me, rows);
    if !Conflict::LIFTABLE.contains(&conflict) || conflict == Conflict::Recused {
        return found;
    }
    let lifted = Query::select()
        .from(lifted_conflict::Entity)
        .and_where(Expr::col((lifted_conflict::Entity, lifted_conflict::Column::Submission)).eq(rows.submission()))
        .and_where(Expr::col((lifted_conflict::Entity, lifted_conflict::Column::Person)).eq(me.id.0))
        .and_where(
            Expr::col((lifted_conflict::Entity, lifted_conflict::Column::Conflict)).eq(column::to_word(conflict)),
        )
        .take();
    found.and(is_there(lifted).not())
}

/// Whether the submission of a row has the mark, for this conflict.
fn has(conflict: Conflict, mark: Mark, me: &Person, rows: Rows) -> SimpleExpr {
    let mark = match mark {
        Mark::Person(person) => Expr::value(person.0),
        Mark::Email(email) => Expr::value(email.as_str()),
        Mark::Institution(institution) => Expr::value(institution),
    };
    let recused = (recusal::Entity, recusal::Column::Submission);
    let found = match conflict {
        Conflict::Author => return rows.author().eq(mark),
        Conflict::Named => {
            let now = Query::select()
                .from(named::Entity)
                .and_where(Expr::col((named::Entity, named::Column::Submission)).eq(rows.submission()))
                .and_where(theirs(Expr::col((named::Entity, named::Column::Email)), &mark, me))
                .take();
            let once = Query::select()
                .from(sent_name::Entity)
                .and_where(Expr::col((sent_name::Entity, sent_name::Column::Submission)).eq(rows.submission()))
                .and_where(theirs(Expr::col((sent_name::Entity, sent_name::Column::Email)), &mark, me))
                .take();
            return is_there(now).or(is_there(once));
        }
        Conflict::Colleague => {
            let works_there = |mark| Expr::col((person::Entity, person::Column::AffiliationKey)).eq(mark);
            let author = Query::select()
                .from(person::Entity)
                .and_where(Expr::col((person::Entity, person::Column::Id)).eq(rows.author()))
                .and_where(works_there(mark.clone()))
                .take();
            let along = along(rows)
                .inner_join(
                    person::Entity,
                    Expr::col((person::Entity, person::Column::Email)).equals((party::Entity, party::Column::Who)),
                )
                .and_where(works_there(mark.clone()))
                .take();
            let once_along = along_formerly(rows).and_where(works_there(mark)).take();
            return is_there(author).or(is_there(along)).or(is_there(once_along));
        }
        Conflict::Recused => Query::select()
            .from(recusal::Entity)
            .and_where(Expr::col(recused).eq(rows.submission()))
            .and_where(Expr::col((recusal::Entity, recusal::Column::Person)).eq(mark))
            .take(),
    };
    is_there(found)
}

/// Those who write along or read along in the submission of a row: of all parties the ones that are known by their address.
fn along(rows: Rows) -> SelectStatement {
    Query::select()
        .from(party::Entity)
        .and_where(Expr::col((party::Entity, party::Column::Submission)).eq(rows.submission()))
        .take()
}

/// The same where they are known by an address that they had before.
fn along_formerly(rows: Rows) -> SelectStatement {
    along(rows)
        .inner_join(
            former_address::Entity,
            Expr::col((former_address::Entity, former_address::Column::Email))
                .equals((party::Entity, party::Column::Who)),
        )
        .inner_join(
            person::Entity,
            Expr::col((person::Entity, person::Column::Id))
                .equals((former_address::Entity, former_address::Column::Person)),
        )
        .take()
}

/// Whether an address is the one that somebody has, or one that they had.
fn theirs(column: SimpleExpr, address: &SimpleExpr, me: &Person) -> SimpleExpr {
    let former = Query::select()
        .column((former_address::Entity, former_address::Column::Email))
        .from(former_address::Entity)
        .and_where(Expr::col((former_address::Entity, former_address::Column::Person)).eq(me.id.0))
        .take();
    column.clone().eq(address.clone()).or(column.in_subquery(former))
}
