//! Who could review, the least loaded first.

use super::head;
use crate::{
    access::Relation,
    domain::PersonId,
    present::{
        form::fault::Faults,
        part::{self, Assign, Replaced},
        path,
        words::{self, calendar::Calendar},
    },
    store::Person,
    usecase::{Case, submission::Candidate},
    workflow::definition::Track,
};

/// The page on which a reviewer is assigned, or replaced.
pub(crate) fn assign(
    case: &Case,
    (name, track): (&str, &Track),
    candidates: &[Candidate],
    replaced: Option<PersonId>,
    faults: &Faults,
) -> Assign {
    let reference = &case.submission.reference;
    let progress = case.submission.item.tracks.get(name);
    let taken = progress.map_or(0, |progress| progress.seats.iter().filter(|seat| !seat.voided).count());
    let places = [("person".to_owned(), "Who reviews".to_owned())];
    let mut shown: Vec<part::Candidate> = candidates.iter().map(candidate).collect();
    shown.sort_by_key(|candidate| candidate.conflict.is_some());
    Assign {
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
    }
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

fn candidate(candidate: &Candidate) -> part::Candidate {
    let person = &candidate.person;
    let load = u32::try_from(candidate.open_seats).unwrap_or(u32::MAX);
    part::Candidate {
        id: person.id.to_string(),
        name: head::printed(person),
        institution: (!person.affiliation.is_empty()).then(|| person.affiliation.clone()),
        load,
        load_text: match load {
            0 => "no open review".to_owned(),
            load => words::many(usize::try_from(load).unwrap_or(usize::MAX), "open review"),
        },
        conflict: candidate.obstacle.clone(),
    }
}
