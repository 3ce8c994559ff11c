//! What a submission claims: the same title on the same day is the same thing, learnt or taught, whoever claims it.

use std::collections::BTreeSet;

use crate::{
    access::Relation,
    domain::{Answer, folded},
    model::{Document, Repeat, Submission},
    store::ReadTx,
    usecase::Error,
    workflow::Definition,
};

/// Questions that say what was learnt or taught, by their ids.
const TITLES: [&str; 2] = ["title", "course"];

/// A day and a title each, folded. Nothing where nobody earns credit with it.
pub(super) fn claims(definition: &Definition, submission: &Submission) -> BTreeSet<String> {
    if definition.earned().next().is_none() {
        return BTreeSet::new();
    }
    let titles: BTreeSet<String> = TITLES
        .iter()
        .filter_map(|question| match submission.answers.get(question) {
            Some(Answer::Text(text)) => Some(folded(text)).filter(|title| !title.is_empty()),
            _ => None,
        })
        .collect();
    let days = submission.answers.0.values().filter_map(|answer| match answer {
        Answer::Date(day) => Some(*day),
        _ => None,
    });
    days.flat_map(|day| titles.iter().map(move |title| format!("{day} {title}"))).collect()
}

/// What was handed in before, as far as the reader may know: an author learns of their own alone, and of
/// what they have not sent nobody else does.
pub(super) async fn repeats(
    view: &ReadTx,
    definition: &Definition,
    submission: &Submission,
    files: &[Document],
    relation: Relation,
) -> Result<Vec<Repeat>, Error> {
    let mut repeats = view.repeats(submission, files, &claims(definition, submission)).await?;
    let author = relation.is_author();
    repeats.retain(|repeat| if author { repeat.same_author } else { !repeat.unsent });
    Ok(repeats)
}
