//! Reviews: who, how many, what they fill in, and who knows of whom.

use super::{answer, count, either};
use crate::{
    http::show::word,
    workflow::{
        Definition,
        definition::{Blind, Question, Take, Track},
    },
};

pub(super) fn reviews(definition: &Definition) -> Vec<String> {
    let tracks = definition.states.iter().flat_map(|(id, state)| {
        let inside = state.tracks.iter();
        inside.map(move |(name, track)| review(&definition.state_called(id), name, track))
    });
    tracks.collect()
}

/// What is filled in with a verdict.
pub(super) fn rubrics(definition: &Definition) -> Vec<String> {
    let told = |(name, questions): (&String, &Vec<Question>)| {
        let questions: Vec<String> = questions.iter().map(answer::told).collect();
        format!("{}: {}.", word::words(name), questions.join("; "))
    };
    definition.rubrics.iter().map(told).collect()
}

fn review(state: &str, name: &str, track: &Track) -> String {
    let verdicts: Vec<String> = track.verdicts.iter().map(|verdict| word::verdict(*verdict).to_lowercase()).collect();
    let take = match track.take {
        Take::Claim => "Reviewers take a place themselves.",
        Take::Assign => "The office assigns reviewers.",
        Take::Either => "Reviewers take a place themselves or are assigned.",
    };
    let hidden = match track.blind {
        None => "",
        Some(Blind::Single) => " The author does not learn who reviews.",
        Some(Blind::Double) => " Author and reviewers do not learn of one another.",
    };
    let sealed = if track.sealed { " Nobody sees the verdict of another before it is complete." } else { "" };
    let rubric = track.rubric.as_ref().map(|rubric| format!(" With a verdict goes “{}”.", word::words(rubric)));
    format!(
        "{} in “{state}”, by {}: complete with {} of at most {} ({}). {take}{hidden}{sealed}{}",
        track.title(name),
        word::plain(&track.role),
        word::many(count(track.quorum), "verdict"),
        word::many(count(track.seats), "reviewer"),
        either(&verdicts),
        rubric.unwrap_or_default()
    )
}
