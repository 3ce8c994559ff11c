//! What an exploration asks of the engine, made once: the same commands are tried a million times.

use std::collections::{BTreeMap, BTreeSet};

use super::sample;
use crate::{
    domain::Answers,
    workflow::{
        Command, Definition,
        definition::{Take, Verdict},
        event::{About, ChangeAsked},
    },
};

/// The commands of a definition, filled in with sample answers.
pub(super) struct Commands {
    fire: BTreeMap<String, Command>,
    judge: BTreeMap<String, Vec<(Verdict, Command)>>,
    assigned: BTreeSet<String>,
}

impl Commands {
    pub(super) fn of(definition: &Definition) -> Self {
        let tracks = || definition.states.values().flat_map(|state| &state.tracks);
        let fire = definition.transitions.iter().map(|(name, it)| {
            let fire = Command::Fire {
                transition: name.clone(),
                note: Some("A reason.".to_owned()),
                asked: sample::answers(it.asks.iter()),
                requests: Vec::new(),
            };
            (name.clone(), fire)
        });
        let judge = tracks().map(|(name, track)| {
            let rubric = track.rubric.as_ref().and_then(|rubric| definition.rubrics.get(rubric));
            let rubric = sample::answers(rubric.into_iter().flatten());
            let verdicts = track.verdicts.iter().map(|verdict| (*verdict, judge(definition, name, *verdict, &rubric)));
            (name.clone(), verdicts.collect())
        });
        let assigned = tracks().filter(|(_, track)| track.take == Take::Assign).map(|(name, _)| name.clone());
        Self { fire: fire.collect(), judge: judge.collect(), assigned: assigned.collect() }
    }

    pub(super) fn fire(&self, transition: &str) -> Option<&Command> {
        self.fire.get(transition)
    }

    pub(super) fn judge(&self, track: &str, verdict: Verdict) -> Option<&Command> {
        self.judge.get(track)?.iter().find(|(known, _)| *known == verdict).map(|(_, command)| command)
    }

    /// Whether a seat is only given, never taken.
    pub(super) fn is_assigned(&self, track: &str) -> bool {
        self.assigned.contains(track)
    }
}

fn judge(definition: &Definition, track: &str, verdict: Verdict, rubric: &Answers) -> Command {
    let question = definition.form.iter().flat_map(|section| &section.questions).next();
    let about = question.map(|question| About::Question(question.id.clone()));
    let asked = about.filter(|_| verdict == Verdict::Revise);
    Command::Judge {
        track: track.to_owned(),
        verdict,
        rubric: rubric.clone(),
        note: None,
        requests: asked.into_iter().map(|about| ChangeAsked { about, text: "A change.".to_owned() }).collect(),
    }
}
