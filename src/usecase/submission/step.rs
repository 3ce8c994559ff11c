//! Steps as they are asked for from outside: their answers are still plain JSON and are read by the definition.

use super::{
    Acted,
    act::{seen, take},
    answer::Changes,
};
use crate::{
    domain::Answers,
    usecase::{Call, Error, Target},
    workflow::{
        ChangeAsked, Command, Definition, FieldFault, Refusal,
        definition::{Question, Verdict},
    },
};

/// A step that comes with answers.
#[derive(Clone, Debug)]
pub struct Step {
    /// Which.
    pub kind: StepKind,
    /// The reason, or a word to the author.
    pub note: Option<String>,
    /// Answers to what the transition asks, or to the rubric.
    pub answers: Changes,
    /// Changes asked of the author.
    pub requests: Vec<ChangeAsked>,
}

/// Steps that come with answers.
#[derive(Clone, Debug)]
pub enum StepKind {
    /// Take a transition.
    Fire(String),
    /// Judge in a track.
    Judge(String, Verdict),
}

/// Reads the answers of a step and takes it. `read` finds them in what was entered, by the definition.
pub async fn step(
    call: &Call,
    target: &Target,
    read: impl FnOnce(&Definition) -> Result<Step, Error> + Send,
) -> Result<Acted, Error> {
    let deed = call.begin().await?;
    let case = seen(&deed, call, &target.reference).await?;
    let command = command(&case.definition, read(&case.definition)?)?;
    take(deed, call, &case, target.version, &command).await
}

fn command(definition: &Definition, step: Step) -> Result<Command, Error> {
    let Step { kind, note, answers, requests } = step;
    match kind {
        StepKind::Fire(transition) => {
            let Some(found) = definition.transitions.get(&transition) else {
                return Err(Refusal::UnknownTransition { transition }.into());
            };
            let asked = read(&found.asks, &answers)?;
            Ok(Command::Fire { transition, note, asked, requests })
        }
        StepKind::Judge(track, verdict) => {
            let Some(found) = definition.track(&track) else {
                return Err(Refusal::NoTrack { track }.into());
            };
            let questions = found.rubric.as_ref().and_then(|rubric| definition.rubrics.get(rubric));
            let rubric = read(questions.map_or(&[], Vec::as_slice), &answers)?;
            Ok(Command::Judge { track, verdict, rubric, note, requests })
        }
    }
}

/// Reads answers; whether one is missing the engine says.
fn read(questions: &[Question], answers: &Changes) -> Result<Answers, Error> {
    let mut read = Answers::default();
    let mut faults = Vec::new();
    for (id, value) in answers.iter().filter(|(_, value)| !value.is_null()) {
        match questions.iter().find(|question| question.id == *id).map(|question| question.read(value)) {
            Some(Ok(answer)) => read.0.extend([(id.clone(), answer)]),
            Some(Err(wrong)) => faults.extend(wrong),
            None => faults.push(FieldFault {
                field: id.clone(),
                code: "unknown".to_owned(),
                message: "this is not asked at this step".to_owned(),
            }),
        }
    }
    if faults.is_empty() { Ok(read) } else { Err(Error::Invalid(faults)) }
}
