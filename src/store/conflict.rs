//! Who must not know of a submission because of who they are, as conditions of rows: what a use case asks of one submission.

use sea_orm::sea_query::{Expr, ExprTrait, Query, SelectStatement, SimpleExpr};

use super::{
    Person,
    entity::{named, person, recusal, submission},
};

/// What would bar a person from the submission that a row has as `here`: a conflict that was declared, being named in it, or
/// working where its author works. Each finds something, or does not, by the key of that one submission.
pub(super) fn of(me: &Person, here: impl Fn() -> SimpleExpr) -> Vec<SelectStatement> {
    let recused = Query::select()
        .expr(Expr::value(1))
        .from(recusal::Entity)
        .and_where(Expr::col((recusal::Entity, recusal::Column::Submission)).eq(here()))
        .and_where(Expr::col((recusal::Entity, recusal::Column::Person)).eq(me.id.0))
        .take();
    let named = Query::select()
        .expr(Expr::value(1))
        .from(named::Entity)
        .and_where(Expr::col((named::Entity, named::Column::Submission)).eq(here()))
        .and_where(Expr::col((named::Entity, named::Column::Email)).eq(me.email.as_str()))
        .take();
    [recused, named].into_iter().chain(colleague(me, here)).collect()
}

/// An author of the person's own institution, where that is known.
fn colleague(me: &Person, here: impl Fn() -> SimpleExpr) -> Option<SelectStatement> {
    let home = me.institution();
    let colleague = Query::select()
        .expr(Expr::value(1))
        .from_as(submission::Entity, "authored")
        .inner_join(
            person::Entity,
            Expr::col((person::Entity, person::Column::Id)).equals(("authored", submission::Column::Submitter)),
        )
        .and_where(Expr::col(("authored", submission::Column::Id)).eq(here()))
        .and_where(Expr::col((person::Entity, person::Column::AffiliationKey)).eq(home.as_str()))
        .take();
    (!home.is_empty()).then_some(colleague)
}
