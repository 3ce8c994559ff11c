//! Who could review, the least loaded first.

use serde::Serialize;

use crate::{
    access::Relation,
    domain::PersonId,
    model::Person,
    present::{
        View,
        form::fault::Faults,
        head::{self, Head},
        part::Fault,
        path,
        words::{self, calendar::Calendar, when::When},
    },
    usecase::{Case, submission::Candidate},
};

/// Who could review: posts `person` to `action`.
#[derive(Clone, Debug, Serialize)]
pub struct Assign {
    pub head: Head,
    /// `Content review`.
    pub track: String,
    /// `2 of 3 seats are taken. 2 verdicts complete the review.`
    pub lead: String,
    /// Who is replaced, and since when they sit there.
    pub replaces: Option<Replaced>,
    /// Fewest open reviews first; those with a conflict last.
    pub candidates: Vec<ShownCandidate>,
    pub faults: Vec<Fault>,
    pub action: String,
    /// The version it was shown with, posted as `version`.
    pub version: u64,
}

/// Somebody who is replaced.
#[derive(Clone, Debug, Serialize)]
pub struct Replaced {
    /// Posted as `replaces`.
    pub id: String,
    pub name: String,
    pub since: When,
}

/// Somebody who could review.
#[derive(Clone, Debug, Serialize)]
pub struct ShownCandidate {
    /// Posted as `person`.
    pub id: String,
    pub name: String,
    pub institution: Option<String>,
    pub load: u32,
    /// The same in words: `3 open reviews, the oldest for 12 days`.
    pub load_text: String,
    /// Why not: `Same institution as the author`, `Reviews it already`.
    pub conflict: Option<String>,
    /// Whoever bears a name like theirs and is named in it: a question.
    pub question: Option<String>,
}

impl View for Assign {
    const TEMPLATE: &'static str = "page/reviewer_assign.html";
}

/// The page on which a reviewer is assigned, or replaced; none where no review is called so.
pub(crate) fn of(
    case: &Case,
    name: &str,
    candidates: &[Candidate],
    replaced: Option<PersonId>,
    faults: &Faults,
) -> Option<Assign> {
    let track = case.definition.track(name)?;
    let reference = &case.submission.reference;
    let progress = case.submission.item.tracks.get(name);
    let taken = progress.map_or(0, |progress| progress.seats.iter().filter(|seat| !seat.voided).count());
    let places = [("person".to_owned(), "Who reviews".to_owned())];
    let mut shown: Vec<ShownCandidate> = candidates.iter().map(candidate).collect();
    shown.sort_by_key(|candidate| candidate.conflict.is_some());
    Some(Assign {
        head: head::of(case, None::<&Person>, Relation::Coordinator),
        track: track.title(name),
        lead: format!(
            "{taken} of {} taken. {} the review.",
            words::many(usize::try_from(track.seats).unwrap_or(0), "place"),
            match track.quorum {
                1 => "1 verdict completes".to_owned(),
                quorum => format!("{quorum} verdicts complete"),
            }
        ),
        replaces: replaced.and_then(|person| replaces(case, name, candidates, person)),
        candidates: shown,
        faults: faults.list(&places),
        action: path::below(reference, &format!("assign/{name}")),
        version: case.submission.version,
    })
}

fn replaces(case: &Case, name: &str, candidates: &[Candidate], person: PersonId) -> Option<Replaced> {
    let seat = case.submission.item.tracks.get(name)?.seat(person)?;
    let known = candidates.iter().find(|candidate| candidate.person.id == person);
    Some(Replaced {
        id: person.to_string(),
        name: known.map_or_else(|| "a former member".to_owned(), |candidate| candidate.person.name.clone()),
        since: Calendar::of(case).day(seat.since),
    })
}

fn candidate(candidate: &Candidate) -> ShownCandidate {
    let person = &candidate.person;
    let load = u32::try_from(candidate.open_seats).unwrap_or(u32::MAX);
    ShownCandidate {
        id: person.id.to_string(),
        name: words::printed(person),
        institution: (!person.affiliation.is_empty()).then(|| person.affiliation.clone()),
        load,
        load_text: match load {
            0 => "no open review".to_owned(),
            load => words::many(usize::try_from(load).unwrap_or(usize::MAX), "open review"),
        },
        conflict: candidate.obstacle.clone(),
        question: words::conflict::question(&candidate.namesakes).filter(|_| candidate.obstacle.is_none()),
    }
}
