//! A submission as the office reads it: coordinator, screener, chair, auditor.

use serde::Serialize;

use super::{
    act,
    answer::{self, AnswerSection, Purpose},
    disclosures,
    request::{self, Request},
};
use crate::{
    access::{Act, Caller},
    present::{
        View,
        arithmetic::{self, Arithmetic},
        form::fault::Faults,
        head::{self, Head},
        part::{self, Button, Fact, Fault, Link, Tag, Tone},
        path,
        words::{
            self,
            calendar::Calendar,
            clock::{self, Reckoning},
            state,
            turn::{self, Turn},
            when::When,
        },
        workflow::preview::{self, Drawing},
    },
    usecase::submission::Dossier,
    workflow::{self, EventKind, Holder, Progress, Seat, definition::Track},
};

/// A submission as the office reads it: coordinator, screener, chair, auditor.
#[derive(Clone, Debug, Serialize)]
pub struct OfficePage {
    pub head: Head,
    /// Whose turn; nothing once it is over.
    pub turn: Option<Turn>,
    /// `Sent`, `Round`, `Days here`, `Institution`.
    pub facts: Vec<Fact>,
    /// What stands in the way: nobody in a group, a conflict.
    pub alarms: Vec<String>,
    /// What the reader may do now, and why not the rest.
    pub acts: Vec<part::Act>,
    /// What the reader may do at once: remind.
    pub buttons: Vec<Button>,
    pub tracks: Vec<ShownTrack>,
    /// Changes asked of the author.
    pub requests: Vec<Request>,
    pub sections: Vec<AnswerSection>,
    /// How minutes become credit, for a course.
    pub arithmetic: Option<Arithmetic>,
    /// Its history, for those who may read it.
    pub history: Option<Link>,
    /// Its workflow drawn, with the way that it took.
    pub drawing: Drawing,
    /// What went wrong with what was just posted.
    pub faults: Vec<Fault>,
}

/// One review inside a state.
#[derive(Clone, Debug, Serialize)]
pub struct ShownTrack {
    /// `Content review`.
    pub title: String,
    /// `2 of 3 verdicts`.
    pub progress: String,
    /// Why verdicts are not shown yet.
    pub sealed: Option<String>,
    pub seats: Vec<ShownSeat>,
    /// Where a reviewer is assigned, for those who may.
    pub assign: Option<Link>,
}

#[derive(Clone, Debug, Serialize)]
pub struct ShownSeat {
    /// Who; `A reviewer` where the reader must not know.
    pub name: String,
    pub since: When,
    /// `Reading`, `Has not said whether there is a conflict`, `Approve`, `No longer counts`.
    pub state: Tag,
    /// For the author and the office.
    pub note: Option<String>,
    /// The rubric as filled in.
    pub rubric: Vec<Fact>,
    /// Where this reviewer is replaced, for those who may.
    pub replace: Option<Link>,
}

impl View for OfficePage {
    const TEMPLATE: &'static str = "page/submission_read.html";
}

pub(crate) fn of(dossier: &Dossier, caller: &Caller, faults: &Faults) -> OfficePage {
    let case = &dossier.case;
    let submission = &case.submission;
    let mut acts = act::steps(dossier, None);
    acts.extend(reviews(dossier));
    acts.extend(conflict(dossier));
    acts.extend(beside(dossier));
    OfficePage {
        head: head::head(dossier),
        turn: turn::turn(dossier, caller),
        facts: facts(dossier),
        alarms: alarms(dossier),
        acts,
        buttons: remind(dossier).into_iter().collect(),
        tracks: tracks(dossier),
        requests: request::all(dossier),
        sections: answer::sections(dossier, &Purpose::Read),
        arithmetic: arithmetic::arithmetic(&case.definition, &submission.answers),
        history: dossier
            .acts
            .contains(&Act::Trace)
            .then(|| Link { label: "History".to_owned(), href: path::below(&submission.reference, "history") }),
        drawing: preview::taken(dossier),
        faults: faults.list(&[]),
    }
}

/// What the office does beside the workflow.
fn beside(dossier: &Dossier) -> Vec<part::Act> {
    let disclosures = disclosures::way(dossier).map(|(label, _)| (label, "disclosures"));
    let act = |label: &str, place: &str| part::Act {
        label: label.to_owned(),
        href: path::below(&dossier.case.submission.reference, place),
        tone: Tone::Quiet,
        refusal: None,
    };
    let disclosures = disclosures.map(|(label, place)| act(&label, place));
    if dossier.acts.contains(&Act::Manage) {
        let mut acts = vec![
            act("Conflicts of interest", "conflicts"),
            act("Hand it over to another owner", "hand-over"),
            act("Redact an answer or a file", "redact"),
        ];
        acts.extend(disclosures);
        acts
    } else {
        disclosures.into_iter().collect()
    }
}

fn facts(dossier: &Dossier) -> Vec<Fact> {
    let submission = &dossier.case.submission;
    let calendar = Calendar::of(&dossier.case);
    let sent = submission.sent_at.map(|at| Fact::new("First sent", calendar.day(at).text));
    let times = dossier.revisions.len();
    let again = (times > 1).then(|| Fact::new("Sent", words::many(times, "time")));
    let definition = &dossier.case.definition;
    let reckoning = Reckoning::of(definition, &submission.item.state);
    let days = reckoning.days(&calendar, submission.item.since, dossier.case.now);
    let here = (!submission.item.closed).then(|| Fact::new("In this state", reckoning.told(days)));
    let with_us = clock::with_the_office(definition, &dossier.events, &calendar);
    let with_us = submission
        .sent_at
        .map(|_| Fact::new("With the office in all", words::many(usize::try_from(with_us).unwrap_or(0), "day")));
    let author = dossier.people.get(&submission.submitter).filter(|_| head::head(dossier).author.is_some());
    let home = author
        .filter(|author| !author.affiliation.is_empty())
        .map(|author| Fact::new("Institution", &author.affiliation));
    let next = turn::agenda(&dossier.case).map(|agenda| Fact::new("What comes next", agenda));
    [next, sent, again, here, with_us, home].into_iter().flatten().collect()
}

fn alarms(dossier: &Dossier) -> Vec<String> {
    let item = &dossier.case.submission.item;
    let undated = (!item.undated.is_empty()).then(|| {
        let told = dossier.events.iter().rev().find_map(|event| match &event.what {
            EventKind::TimerUndated { wants, .. } => Some(wants.as_str()),
            _ => None,
        });
        words::no_day(told.unwrap_or("day for it"))
    });
    let unstaffed = item.unstaffed.iter().map(|role| {
        let group = dossier.case.definition.group(role).unwrap_or(role);
        let group = turn::title(&dossier.groups, group);
        words::too_few(&group)
    });
    let question = words::conflict::is_that_you(&dossier.namesakes);
    let silent = disclosures::outstanding(dossier).filter(|_| !dossier.case.submission.item.closed);
    asked(dossier).chain(question).chain(silent).chain(unstaffed).chain(undated).chain(given_up(dossier)).collect()
}

/// What the office has to decide about conflicts of interest.
fn asked(dossier: &Dossier) -> impl Iterator<Item = String> + '_ {
    let asked = dossier.case.submission.item.asked.iter();
    let asked = asked.flat_map(|(person, matters)| matters.iter().map(move |matter| (person, matter)));
    asked.map(|(person, matter)| words::conflict::to_decide(*matter, &words::capital(&turn::name(dossier, *person))))
}

/// A deadline that was given up: since when, why, and what to do.
fn given_up(dossier: &Dossier) -> Option<String> {
    let failure = dossier.given_up.as_ref()?;
    let since = Calendar::of(&dossier.case).moment(failure.given_up_at?);
    let tries = words::many(usize::try_from(failure.attempts).unwrap_or(0), "trial");
    let (error, remedy) = (&failure.error, words::remedy(&failure.reference));
    Some(format!(
        "A deadline of this has passed, and what follows was given up on {since}, after {tries}: {error}. {remedy}"
    ))
}

/// Reviews the reader has a place in or can take one in.
fn reviews(dossier: &Dossier) -> Vec<part::Act> {
    let mut tracks: Vec<&str> = dossier
        .offers
        .iter()
        .filter(|offer| offer.refusal.is_none())
        .filter_map(|offer| match &offer.act {
            workflow::Act::Claim(track) | workflow::Act::Declare(track) | workflow::Act::Judge(track) => {
                Some(track.as_str())
            }
            _ => None,
        })
        .collect();
    tracks.dedup();
    tracks
        .into_iter()
        .map(|track| part::Act {
            label: dossier.case.definition.track(track).map_or_else(|| words::words(track), |found| found.title(track)),
            href: path::below(&dossier.case.submission.reference, &format!("review/{track}")),
            tone: Tone::Good,
            refusal: None,
        })
        .collect()
}

fn conflict(dossier: &Dossier) -> Option<part::Act> {
    let own = dossier.offers.iter().any(|offer| offer.act == workflow::Act::Recuse && offer.refusal.is_none());
    let others = dossier.acts.contains(&Act::Manage);
    (own || others).then(|| part::Act {
        label: "Declare a conflict of interest".to_owned(),
        href: path::below(&dossier.case.submission.reference, "conflict"),
        tone: Tone::Quiet,
        refusal: None,
    })
}

fn remind(dossier: &Dossier) -> Option<Button> {
    let submission = &dossier.case.submission;
    let somebody = !dossier.turns.is_empty();
    (somebody && dossier.acts.contains(&Act::Manage)).then(|| Button {
        label: "Remind those whose turn it is".to_owned(),
        action: path::below(&submission.reference, "remind"),
        version: Some(submission.version),
        tone: Tone::Quiet,
    })
}

fn tracks(dossier: &Dossier) -> Vec<ShownTrack> {
    let definition = &dossier.case.definition;
    let tracks = definition.states.iter().flat_map(|(id, state)| state.tracks.iter().map(move |track| (id, track)));
    let mut shown: Vec<ShownTrack> = Vec::new();
    for (state, (name, track)) in tracks {
        let here = dossier.case.submission.item.state == *state;
        if let Some(progress) = dossier.case.submission.item.tracks.get(name) {
            shown.push(shown_track(dossier, name, track, progress, here));
        }
    }
    shown
}

fn shown_track(dossier: &Dossier, name: &str, track: &Track, progress: &Progress, here: bool) -> ShownTrack {
    let reference = &dossier.case.submission.reference;
    let open = here && !progress.complete();
    let manages = open && dossier.acts.contains(&Act::Manage);
    let sealed = track.sealed && !progress.complete() && !dossier.acts.contains(&Act::Trace);
    let taken = progress.seats.iter().filter(|seat| !seat.voided).count();
    let free = usize::try_from(track.seats).unwrap_or(0) > taken;
    ShownTrack {
        title: track.title(name),
        progress: format!("{} of {} verdicts", progress.given(), progress.quorum),
        sealed: sealed.then(|| "Verdicts are shown once all that are needed are in.".to_owned()),
        seats: progress.seats.iter().map(|seat| shown_seat(dossier, name, track, seat, manages)).collect(),
        assign: (manages && free).then(|| Link {
            label: "Assign a reviewer".to_owned(),
            href: path::below(reference, &format!("assign/{name}")),
        }),
    }
}

fn shown_seat(dossier: &Dossier, name: &str, track: &Track, seat: &Seat, manages: bool) -> ShownSeat {
    let case = &dossier.case;
    let given = dossier.events.iter().rev().find_map(|event| match &event.what {
        EventKind::VerdictRecorded { track, person, rubric, note, .. } if track == name && *person == seat.person => {
            Some((rubric, note))
        }
        _ => None,
    });
    let given = given.filter(|_| seat.verdict.is_some());
    let address = path::below(&case.submission.reference, &format!("assign/{name}"));
    ShownSeat {
        name: words::capital(&turn::name(dossier, seat.person)),
        since: Calendar::of(case).day(seat.since),
        state: seat_state(seat),
        note: given.and_then(|(_, note)| note.clone()),
        rubric: given
            .map(|(rubric, _)| crate::present::submission::review::rubric(&case.definition, track, rubric))
            .unwrap_or_default(),
        replace: (manages && seat.verdict.is_none() && !seat.voided).then(|| Link {
            label: "Replace".to_owned(),
            href: path::with(&address, "replace", &seat.person.to_string()),
        }),
    }
}

fn seat_state(seat: &Seat) -> Tag {
    let (label, tone) = match (seat.voided, seat.verdict, seat.declared) {
        (true, ..) => ("No longer counts", Tone::Bad),
        (false, Some(verdict), _) => return state::verdict(verdict),
        (false, None, true) => ("Reading", Tone::Moving),
        (false, None, false) => ("Has not said whether there is a conflict", Tone::Turn),
    };
    Tag { label: label.to_owned(), tone }
}

/// Those a coordinator can report a conflict of: everybody with a place in a review, and everybody whose turn it is.
pub(crate) fn involved(dossier: &Dossier) -> Vec<(String, String)> {
    if !dossier.acts.contains(&Act::Manage) || dossier.relation.is_author() {
        return Vec::new();
    }
    let item = &dossier.case.submission.item;
    let seated = item
        .tracks
        .values()
        .flat_map(|progress| progress.seats.iter().filter(|seat| !seat.voided).map(|seat| seat.person));
    let holders = dossier.turns.iter().filter_map(|turn| match turn.holder {
        Holder::Person(person) if person != item.submitter => Some(person),
        Holder::Person(_) | Holder::Group(_) => None,
    });
    let people: std::collections::BTreeSet<_> = seated.chain(holders).collect();
    people.into_iter().map(|person| (person.to_string(), turn::name(dossier, person))).collect()
}
