//! Who must not know of a submission because of who they are, as a condition of rows: made from what [`Conflict`] says of one.

use sea_orm::sea_query::{Condition, Expr, ExprTrait, Query, SimpleExpr, SubQueryStatement};

use super::{
    bounded::is_there,
    entity::{named, person, recusal, submission, turn},
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
}

impl Rows {
    /// The submission that a row is about.
    fn submission(self) -> SimpleExpr {
        match self {
            Self::Submissions => Expr::col((submission::Entity, submission::Column::Id)),
            Self::Turns => Expr::col((turn::Entity, turn::Column::Submission)),
        }
    }

    /// Its author.
    fn author(self) -> SimpleExpr {
        match self {
            Self::Submissions => Expr::col((submission::Entity, submission::Column::Submitter)),
            Self::Turns => {
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
    let marks = Marks { person: me.id, email: &me.email, institution: &institution };
    let marked = Conflict::ALL.into_iter().filter_map(|conflict| Some(has(conflict, conflict.mark(marks)?, rows)));
    marked.fold(Condition::all(), |all, marked| all.add(marked.not()))
}

/// Whether the submission of a row has the mark, for this conflict.
fn has(conflict: Conflict, mark: Mark, rows: Rows) -> SimpleExpr {
    let mark = match mark {
        Mark::Person(person) => Expr::value(person.0),
        Mark::Email(email) => Expr::value(email.as_str()),
        Mark::Institution(institution) => Expr::value(institution),
    };
    let named = (named::Entity, named::Column::Submission);
    let recused = (recusal::Entity, recusal::Column::Submission);
    let found = match conflict {
        Conflict::Author => return rows.author().eq(mark),
        Conflict::Named => Query::select()
            .from(named::Entity)
            .and_where(Expr::col(named).eq(rows.submission()))
            .and_where(Expr::col((named::Entity, named::Column::Email)).eq(mark))
            .take(),
        Conflict::Colleague => Query::select()
            .from(person::Entity)
            .and_where(Expr::col((person::Entity, person::Column::Id)).eq(rows.author()))
            .and_where(Expr::col((person::Entity, person::Column::AffiliationKey)).eq(mark))
            .take(),
        Conflict::Recused => Query::select()
            .from(recusal::Entity)
            .and_where(Expr::col(recused).eq(rows.submission()))
            .and_where(Expr::col((recusal::Entity, recusal::Column::Person)).eq(mark))
            .take(),
    };
    is_there(found)
}
