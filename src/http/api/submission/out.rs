//! A submission as a program reads it.

use std::collections::BTreeMap;

use jiff::Timestamp;
use serde::Serialize;
use serde_json::Value;
use utoipa::ToSchema;
use uuid::Uuid;

use super::{prospect::ProspectOut, request::RequestOut};
use crate::{
    access::{Act, Relation},
    domain::PersonId,
    http::api::{document::DocumentOut, person::NameOut},
    model::{Repeat, TimerFailure},
    present::{
        submission::change::since_verdict,
        words::{self, state},
    },
    usecase::submission::Dossier,
    workflow::{About, FieldFault, Holder, Progress, RedactedPart, Right, Turn, definition::Verdict},
};

/// A submission, as far as the reader may know it.
#[derive(Serialize, ToSchema)]
pub(in crate::http::api) struct SubmissionOut {
    /// Its id.
    id: Uuid,
    /// As people cite it.
    #[schema(example = "SS-2026-0042", pattern = "^[A-Z0-9]+-[0-9]{4}-[0-9]{4,}$")]
    reference: String,
    /// The workflow's id; `GET /workflows/{id}` has form and states.
    #[schema(example = "self-study")]
    workflow: String,
    /// The version of the workflow it follows; a draft follows the newest.
    #[schema(pattern = "^[0-9a-f]{64}$")]
    definition: String,
    /// Its title; empty in a new draft.
    title: String,
    /// Its version, with which `ETag` begins.
    version: u64,
    /// Where it stands.
    state: StateOut,
    /// How the reader stands to it.
    relation: Relation,
    /// What the reader may do beside the workflow's steps.
    may: Vec<Act>,
    /// Whose it is, where the reader may know.
    author: Option<NameOut>,
    /// When the draft was begun.
    begun_at: Timestamp,
    /// When anything last changed.
    updated_at: Timestamp,
    /// When it was first sent.
    sent_at: Option<Timestamp>,
    /// Answers by question; absent where the reader may not read them.
    #[schema(value_type = Option<Object>)]
    answers: Option<BTreeMap<String, Value>>,
    /// Since the reader's last verdict: the questions whose answers changed, with what stood there before, in words.
    changed: BTreeMap<String, String>,
    /// What the form still lacks before it can be sent.
    missing: Vec<MissingOut>,
    /// Whose turn it is.
    turns: Vec<TurnOut>,
    /// Changes asked of the author.
    requests: Vec<RequestOut>,
    /// Reviews by track, as far as the reader may see them.
    tracks: BTreeMap<String, TrackOut>,
    /// Its files.
    files: Vec<DocumentOut>,
    /// Who writes along.
    coauthors: Vec<CoAuthorOut>,
    /// What the office took out.
    redactions: Vec<RedactionOut>,
    /// What was handed in before in another submission: an author learns of their own alone.
    handed_in_before: Vec<RepeatOut>,
    /// What matters for the question whether the reader has a conflict of interest, where nothing else is open to them yet.
    prospect: Option<ProspectOut>,
    /// Whoever is named in it with a name like the reader's: a question to them.
    namesakes: Vec<String>,
    /// A deadline of it that the server has given up, told to coordinators and administrators.
    given_up: Option<GivenUpOut>,
}

/// Somebody who writes along.
#[derive(Serialize, ToSchema)]
struct CoAuthorOut {
    /// The person's id.
    id: Option<Uuid>,
    /// As printed.
    name: String,
    /// Their address.
    email: String,
    /// What they may do.
    right: Right,
}

/// Something that the office took out.
#[derive(Serialize, ToSchema)]
struct RedactionOut {
    /// The question whose answer went.
    question: Option<String>,
    /// The file that went.
    file: Option<Uuid>,
    /// SHA-256 of what it was, in hex.
    #[schema(pattern = "^[0-9a-f]{64}$")]
    sha256: String,
    /// When.
    at: Timestamp,
    /// Why.
    reason: String,
}

/// Something that was handed in before.
#[derive(Serialize, ToSchema)]
struct RepeatOut {
    /// The other submission's reference.
    #[schema(example = "SS-2026-0007", pattern = "^[A-Z0-9]+-[0-9]{4}-[0-9]{4,}$")]
    reference: String,
    /// Whether the same author handed it in.
    same_author: bool,
    /// The file here with the same bytes; absent where title and day are the same.
    file: Option<Uuid>,
}

/// A deadline that passed and could not be carried out.
#[derive(Serialize, ToSchema)]
struct GivenUpOut {
    /// Since when it is not tried any more.
    since: Timestamp,
    /// How often it was tried.
    attempts: u32,
    /// What went wrong.
    cause: String,
    /// What to do.
    remedy: String,
}

/// A state as the reader is told it.
#[derive(Serialize, ToSchema)]
struct StateOut {
    /// Its id.
    id: String,
    /// In words.
    label: String,
    /// Since when.
    since: Timestamp,
    /// Whether it ends the submission.
    closed: bool,
    /// Whether the author can change answers and files now.
    editable: bool,
}

/// An answer that is missing or wrong.
#[derive(Serialize, ToSchema)]
struct MissingOut {
    /// Where in the answers, as a JSON pointer.
    #[schema(example = "/agenda/0/minutes")]
    pointer: String,
    /// Stable for programs.
    code: String,
    /// What to do.
    detail: String,
}

/// Whose turn it is.
#[derive(Serialize, ToSchema)]
struct TurnOut {
    /// The person, where one has it and the reader may know who.
    person: Option<NameOut>,
    /// In which role.
    role: String,
    /// In which review.
    track: Option<String>,
    /// Since when.
    since: Timestamp,
    /// By when, where something happens by itself then.
    by: Option<Timestamp>,
    /// Since when the office is late with it: a first limit that has passed.
    late_since: Option<Timestamp>,
}

/// A review.
#[derive(Serialize, ToSchema)]
struct TrackOut {
    /// Verdicts that complete it.
    quorum: u32,
    /// Whether enough are in.
    complete: bool,
    /// Who sits in it.
    seats: Vec<SeatOut>,
}

/// A reviewer's place.
#[derive(Serialize, ToSchema)]
struct SeatOut {
    /// Whose.
    person: Option<NameOut>,
    /// Whether no conflict of interest was declared.
    declared: bool,
    /// The verdict, once given.
    verdict: Option<Verdict>,
    /// Whether the verdict no longer counts.
    voided: bool,
}

impl SubmissionOut {
    pub(super) fn of(dossier: &Dossier, reader: PersonId) -> Self {
        let (submission, case) = (&dossier.case.submission, &dossier.case);
        let name = |person| dossier.people.get(&person).map(NameOut::of);
        Self {
            id: submission.id.0,
            reference: submission.reference.clone(),
            workflow: submission.workflow.clone(),
            definition: case.definition.hash.clone(),
            title: submission.title.clone(),
            version: submission.version,
            state: state(dossier),
            relation: dossier.relation,
            may: dossier.acts.iter().copied().collect(),
            author: name(submission.submitter),
            begun_at: submission.begun_at,
            updated_at: submission.updated_at,
            sent_at: submission.sent_at,
            answers: dossier.acts.contains(&Act::Read).then(|| answers(dossier)),
            changed: since_verdict(dossier, reader).map(|changes| changes.before).unwrap_or_default(),
            missing: dossier.missing.iter().map(MissingOut::of).collect(),
            turns: dossier.turns.iter().map(|turn| TurnOut::of(turn, name)).collect(),
            requests: submission.item.requests.iter().map(RequestOut::of).collect(),
            tracks: submission
                .item
                .tracks
                .iter()
                .map(|(track, progress)| (track.clone(), TrackOut::of(progress, name)))
                .collect(),
            files: dossier.documents.iter().map(DocumentOut::of).collect(),
            coauthors: CoAuthorOut::all(dossier),
            redactions: submission.item.redactions.iter().map(RedactionOut::of).collect(),
            handed_in_before: dossier.repeats.iter().map(RepeatOut::of).collect(),
            prospect: dossier.prospect.as_ref().map(|prospect| ProspectOut::of(prospect, dossier)),
            namesakes: dossier.namesakes.clone(),
            given_up: dossier.given_up.as_ref().and_then(GivenUpOut::of),
        }
    }
}

impl GivenUpOut {
    fn of(failure: &TimerFailure) -> Option<Self> {
        Some(Self {
            since: failure.given_up_at?,
            attempts: failure.attempts,
            cause: failure.error.clone(),
            remedy: words::remedy(&failure.reference),
        })
    }
}

impl CoAuthorOut {
    fn all(dossier: &Dossier) -> Vec<Self> {
        let coauthors = dossier.case.submission.item.coauthors.iter();
        let out = coauthors.map(|(email, coauthor)| Self {
            id: dossier.case.addresses.get(email).map(|person| person.0),
            name: coauthor.name.clone(),
            email: email.to_string(),
            right: coauthor.right,
        });
        out.collect()
    }
}

impl RedactionOut {
    fn of(part: &RedactedPart) -> Self {
        let (question, file) = match &part.about {
            About::Question(question) => (Some(question.clone()), None),
            About::Document(file) => (None, Some(file.0)),
        };
        Self { question, file, sha256: part.sha256.clone(), at: part.at, reason: part.reason.clone() }
    }
}

impl RepeatOut {
    fn of(repeat: &Repeat) -> Self {
        Self {
            reference: repeat.reference.clone(),
            same_author: repeat.same_author,
            file: repeat.file.map(|file| file.0),
        }
    }
}

impl MissingOut {
    fn of(fault: &FieldFault) -> Self {
        Self { pointer: format!("/{}", fault.field), code: fault.code.clone(), detail: fault.message.clone() }
    }
}

impl TurnOut {
    fn of(turn: &Turn, name: impl Fn(PersonId) -> Option<NameOut>) -> Self {
        let person = match turn.holder {
            Holder::Person(person) => name(person),
            Holder::Group(_) => None,
        };
        Self {
            person,
            role: turn.role.clone(),
            track: turn.track.clone(),
            since: turn.since,
            by: turn.by,
            late_since: turn.late_since,
        }
    }
}

impl TrackOut {
    fn of(progress: &Progress, name: impl Fn(PersonId) -> Option<NameOut>) -> Self {
        let seats = progress.seats.iter().map(|seat| SeatOut {
            person: name(seat.person),
            declared: seat.declared,
            verdict: seat.verdict,
            voided: seat.voided,
        });
        Self { quorum: progress.quorum, complete: progress.complete(), seats: seats.collect() }
    }
}

fn state(dossier: &Dossier) -> StateOut {
    let (item, case) = (&dossier.case.submission.item, &dossier.case);
    StateOut {
        id: item.state.clone(),
        label: state::called(&case.definition, &item.state, dossier.relation),
        since: item.since,
        closed: item.closed,
        editable: case.is_editable(),
    }
}

fn answers(dossier: &Dossier) -> BTreeMap<String, Value> {
    let case = &dossier.case;
    let shown = case.submission.answers.0.iter().filter_map(|(id, answer)| {
        let question = case.definition.question(id)?;
        Some((id.clone(), question.show(answer)))
    });
    shown.collect()
}
