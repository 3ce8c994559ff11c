//! Beginning again from what came to nothing: a new draft with the answers that still fit.

use super::begin::begun;
use crate::{
    access::{Part, Relation, released},
    domain::{Answer, Answers},
    model::{Receipt, Submission},
    usecase::{Call, Case, Error, Reference},
    workflow::{
        About, Actor, Definition,
        definition::{Kind, Question, State},
        engine,
    },
};

/// Whether somebody may begin again from a submission: it is theirs, it gave nothing, and nobody has a turn any more, as
/// far as they may know that.
#[must_use]
pub(super) fn may_begin_again(case: &Case, relation: Relation) -> bool {
    let item = &case.submission.item;
    let gave = item.designated
        || !item.awarded.is_empty()
        || case.definition.states.get(&item.state).is_some_and(State::accredits);
    let known = || released(&case.definition, item).contains(&Part::Decision);
    let over = item.closed || (known() && engine::turns(&case.definition, item, &case.facts(Actor::Clock)).is_empty());
    relation == Relation::Owner && over && !gave && !case.is_editable()
}

/// Begins a submission in the newest version of its workflow with the answers of one that came to nothing.
pub async fn begin_again(call: &Call, reference: &Reference) -> Result<Submission, Error> {
    let deed = call.begin().await?;
    let case = Case::load(&deed, call, reference).await?;
    let sight = case.sight(&call.caller)?;
    if sight.relation != Relation::Owner {
        return Err(Error::Forbidden("its owner begins again from it".to_owned()));
    }
    if !may_begin_again(&case, sight.relation) {
        return Err(Error::Conflict("this is not over, or it was granted; there is nothing to begin again".to_owned()));
    }
    let definition = call.context.definitions.current(&deed, &case.submission.workflow).await?;
    let answers = fitting(&case, &definition);
    let submission = begun(&deed, call, &definition, answers).await?;
    deed.commit(Receipt::begun(&submission)).await?;
    Ok(submission)
}

/// The answers that fit the form as it is now. Files stay where they are, what was redacted stays out, and what is to be
/// confirmed is confirmed anew.
fn fitting(case: &Case, definition: &Definition) -> Answers {
    let redacted = |id: &str| {
        let parts = &case.submission.item.redactions;
        parts.iter().any(|part| matches!(&part.about, About::Question(question) if question == id))
    };
    let carried = |question: &Question| !matches!(question.kind, Kind::Files { .. } | Kind::YesNo { must: true });
    let questions = definition.form.iter().flat_map(|section| &section.questions);
    let kept = questions.filter(|question| carried(question) && !redacted(&question.id)).filter_map(|question| {
        let answer = case.submission.answers.get(&question.id)?;
        let again: Answer = question.read(&question.show(answer)).ok()?;
        Some((question.id.clone(), again))
    });
    Answers(kept.collect())
}
