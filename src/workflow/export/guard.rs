//! Conditions of a statechart.

use crate::workflow::{
    Definition,
    condition::{ExportForm, Term},
    definition::{Track, Transition, Verdict},
};

/// A condition in terms of what a statechart counts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Guard {
    All(Vec<Guard>),
    Any(Vec<Guard>),
    Not(Box<Guard>),
    /// A track has its quorum.
    Complete {
        track: String,
        quorum: u32,
    },
    Compare(Count, &'static str, Count),
    Outcome(String),
}

/// A number a statechart knows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Count {
    Number(String),
    Counter(String),
    /// Verdicts of one kind in a track.
    Verdicts(String, &'static str),
    /// All verdicts in a track.
    Given(String),
    /// Seats taken in a track.
    Seated(String),
    Arithmetic(Box<Count>, &'static str, Box<Count>),
}

impl Guard {
    /// What has to hold for a transition; none where nothing does.
    pub(super) fn of(definition: &Definition, way: &Transition) -> Option<Self> {
        let requires = way.requires.iter().map(|requirement| &requirement.condition);
        let mut all: Vec<Self> =
            way.when.iter().chain(requires).map(|condition| resolved(definition, condition.export_form())).collect();
        if all.len() > 1 { Some(Self::All(all)) } else { all.pop() }
    }

    /// Whether one more may take a seat.
    pub(super) fn seat_free(id: &str, track: &Track) -> Self {
        Self::Compare(Count::Seated(id.to_owned()), "<", Count::Number(track.seats.to_string()))
    }

    /// Whether somebody sits there without a verdict.
    pub(super) fn pending(id: &str) -> Self {
        Self::Compare(Count::Given(id.to_owned()), "<", Count::Seated(id.to_owned()))
    }

    /// Whether the quorum is reached.
    pub(super) fn complete(id: &str, track: &Track) -> Self {
        Self::Complete { track: id.to_owned(), quorum: track.quorum }
    }
}

fn resolved(definition: &Definition, outline: ExportForm) -> Guard {
    let several = |parts: Vec<ExportForm>| parts.into_iter().map(|part| resolved(definition, part)).collect();
    match outline {
        ExportForm::All(parts) => Guard::All(several(parts)),
        ExportForm::Any(parts) => Guard::Any(several(parts)),
        ExportForm::Not(inner) => Guard::Not(Box::new(resolved(definition, *inner))),
        ExportForm::Complete(track) => {
            let quorum = super::tracks(definition).find(|(id, _)| *id == track).map_or(0, |(_, track)| track.quorum);
            Guard::Complete { track, quorum }
        }
        ExportForm::Compare(left, sign, right) => {
            Guard::Compare(count(definition, left), sign, count(definition, right))
        }
        ExportForm::Outcome(text) => Guard::Outcome(text),
    }
}

fn count(definition: &Definition, term: Term) -> Count {
    match term {
        Term::Number(number) => Count::Number(number.to_string()),
        Term::Counter(name) => Count::Counter(name),
        Term::Limit(name) => Count::Number(definition.limits.get(&name).copied().unwrap_or_default().to_string()),
        Term::Verdicts(Verdict::Approve, track) => Count::Verdicts(track, "approve"),
        Term::Verdicts(Verdict::Revise, track) => Count::Verdicts(track, "revise"),
        Term::Verdicts(Verdict::Reject, track) => Count::Verdicts(track, "reject"),
        Term::Arithmetic(left, sign, right) => {
            Count::Arithmetic(Box::new(count(definition, *left)), sign, Box::new(count(definition, *right)))
        }
    }
}
