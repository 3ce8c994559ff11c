//! Changes asked of the author, and how they were answered.

use serde::Serialize;

use crate::{
    present::{
        form::data::FormData,
        path,
        words::{self, calendar::Calendar, when::When},
    },
    usecase::submission::Dossier,
    workflow::{Act, ChangeRequest},
};

/// Changes asked of the author.
#[derive(Clone, Debug, Serialize)]
pub struct Requests {
    /// How many have an answer.
    pub answered: usize,
    pub requests: Vec<Request>,
    /// The version they were shown with, posted as `version`.
    pub version: u64,
}

#[derive(Clone, Debug, Serialize)]
pub struct Request {
    pub number: u32,
    /// The question or file it is about.
    pub about: String,
    pub text: String,
    /// Who asked, where the author may know: `Your assessor`.
    pub by: String,
    pub at: When,
    /// Where that question can be changed.
    pub change: Option<String>,
    /// How it was answered: `Changed: …`, `Not changed: …`.
    pub resolution: Option<String>,
    /// Where an answer is posted to while there is none: `resolution=done|declined` and `note`.
    pub resolve: Option<String>,
    /// What is wrong with the answer just posted.
    pub fault: Option<String>,
    pub note: String,
}

/// An answer to a request that was refused: to which one, what was typed, and why.
#[derive(Clone, Debug)]
pub(crate) struct Unanswered {
    pub(crate) number: u32,
    pub(crate) typed: FormData,
    pub(crate) fault: String,
}

/// The requests of the round that waits for the author; nothing where none is open to them.
pub(crate) fn for_author(dossier: &Dossier, refused: Option<&Unanswered>) -> Option<Requests> {
    let item = &dossier.case.submission.item;
    let current: Vec<&ChangeRequest> = item.requests.iter().filter(|request| is_current(dossier, request)).collect();
    if !dossier.case.is_editable() || current.is_empty() {
        return None;
    }
    Some(Requests {
        answered: current.iter().filter(|request| request.resolution.is_some()).count(),
        requests: current.into_iter().map(|request| shown(dossier, request, refused)).collect(),
        version: dossier.case.submission.version,
    })
}

/// All requests, for those who review or run it.
pub(crate) fn all(dossier: &Dossier) -> Vec<Request> {
    dossier.case.submission.item.requests.iter().map(|request| shown(dossier, request, None)).collect()
}

/// Asked since the author last sent it.
fn is_current(dossier: &Dossier, request: &ChangeRequest) -> bool {
    dossier.revisions.last().is_none_or(|sent| sent.at <= request.at)
}

fn shown(dossier: &Dossier, request: &ChangeRequest, refused: Option<&Unanswered>) -> Request {
    let submission = &dossier.case.submission;
    let refused = refused.filter(|refused| refused.number == request.number);
    let question = words::request::question(&dossier.documents, &request.asked.about);
    let open = dossier.offers.iter().any(|offer| offer.act == Act::Resolve(request.number) && offer.refusal.is_none());
    let owner = dossier.relation.is_author();
    let section = dossier
        .case
        .definition
        .form
        .iter()
        .find(|section| section.questions.iter().any(|asked| Some(asked.id.as_str()) == question));
    let change = section
        .zip(question)
        .map(|(section, question)| path::question(&submission.reference, &section.section, question));
    Request {
        number: request.number,
        about: words::request::about(&dossier.case.definition, Some(&dossier.documents), &request.asked.about),
        text: request.asked.text.clone(),
        by: by(dossier, request),
        at: Calendar::of(&dossier.case).instant(request.at),
        change: change.filter(|_| owner && dossier.case.is_editable()),
        resolution: request.resolution.as_ref().map(words::request::resolution),
        resolve: open.then(|| path::below(&submission.reference, &format!("requests/{}", request.number))),
        fault: refused.map(|refused| refused.fault.clone()),
        note: refused.map(|refused| refused.typed.text("note")).unwrap_or_default(),
    }
}

/// To the author, the role; to the office, the name.
fn by(dossier: &Dossier, request: &ChangeRequest) -> String {
    if !dossier.relation.is_author() {
        return words::capital(&crate::present::words::turn::name(dossier, request.by));
    }
    let track = request.track.as_ref().and_then(|track| dossier.case.definition.track(track));
    track.map_or_else(|| "The office".to_owned(), |track| format!("Your {}", words::plain(&track.role)))
}
