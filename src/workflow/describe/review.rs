//! Reviews: who, how many, what they fill in, and who knows of whom.

use super::{Statement, Topic, answer, count};
use crate::{
    domain::phrase::{either, many, plain, words},
    workflow::{
        Definition,
        definition::{Blind, Take, Track},
    },
};

/// What is filled in with a verdict, question by question.
pub(super) fn rubrics(definition: &Definition) -> impl Iterator<Item = Statement> {
    definition.rubrics.iter().flat_map(|(name, questions)| {
        let rubric = words(name);
        questions.iter().flat_map(move |question| {
            let line = format!("{rubric}: {}.", answer::told(question));
            let place = format!(" of the rubric “{rubric}”");
            answer::whole(Topic::Rubrics, &["rubrics", name, &question.id], question, &place, line)
        })
    })
}

/// Everything about a review in a state, told by its id and what it is called.
pub(super) fn review(state: &str, called: &str, name: &str, track: &Track) -> Vec<Statement> {
    let Track { label: _, role, seats, quorum, verdicts, rubric, take, sealed, blind } = track;
    let path = ["states", state, "tracks", name];
    let subject = format!("{} in “{called}”", track.title(name));
    let says =
        |key: &str, sentence: String| Statement::new(Topic::Reviews, &[&path[..], &[key]].concat(), &subject, sentence);
    let verdicts: Vec<String> = verdicts.iter().map(|verdict| verdict.in_words().to_lowercase()).collect();
    let work = format!(
        "{subject}, by {}: complete with {} of at most {} ({}).",
        plain(role),
        many(count(*quorum), "verdict"),
        many(count(*seats), "reviewer"),
        either(&verdicts)
    );
    let taken = match take {
        Take::Claim => "Reviewers take a place themselves.",
        Take::Assign => "The office assigns reviewers.",
        Take::Either => "Reviewers take a place themselves or are assigned.",
    };
    let hidden = blind.map(|blind| match blind {
        Blind::Single => "The author does not learn who reviews.",
        Blind::Double => "Author and reviewers do not learn of one another.",
    });
    let closed = sealed.then_some("Nobody sees the verdict of another before it is complete.");
    let filled = rubric.as_ref().map(|rubric| format!("With a verdict goes “{}”.", words(rubric)));
    let rest = [
        hidden.map(|line| says("blind", line.to_owned())),
        closed.map(|line| says("sealed", line.to_owned())),
        filled.map(|line| says("rubric", line)),
    ];
    let mut said = vec![
        Statement::name(&path, track.title(name), format!("The review {subject}")),
        says("role", work),
        says("take", taken.to_owned()),
    ];
    said.extend(rest.into_iter().flatten());
    said
}
