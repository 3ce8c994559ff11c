//! Reviewing: declaring, judging, giving back; and conflicts of interest.

use axum::response::Response;

use super::{
    context::{Answer, SignedInPage},
    submission::refuse,
};
use crate::{
    access::Act,
    http::input::Path,
    present::{
        done::{Deed, Done},
        form::{Entered, Form, data::FormData},
        home::place,
        path,
        submission::{act, office_page, review as shown, review::Review},
    },
    usecase::{
        Error,
        submission::{self, Dossier, Step, StepKind},
    },
    workflow::{self, Command, Definition, FieldFault, Offer, Refusal},
};

pub(super) async fn read(reader: SignedInPage, Path((reference, track)): Path<(String, String)>) -> Answer {
    let dossier = reader.dossier(&reference).await?;
    let skip = following(&reader, &reference).await?;
    let put_by = Entered::put_by(&dossier.typed, &format!("review/{track}"));
    let page = page(&reader, &dossier, &track, &put_by, skip)?;
    reader.page_context.show(&reference, page).await
}

/// Where the thing waits that follows this one under *Your turn*; after the last one the first follows.
async fn following(reader: &SignedInPage, reference: &str) -> Result<Option<String>, Error> {
    let turns = submission::turn(&reader.call, None).await?.rows;
    let here = turns.iter().position(|row| row.submission.reference == reference).unwrap_or(0);
    let mut rest = turns.iter().cycle().skip(here).take(turns.len());
    let next =
        rest.find(|row| row.submission.reference != reference && row.submission.submitter != reader.call.caller.person);
    Ok(next.map(place))
}

/// Judges, or shows the page again.
pub(super) async fn judge(
    reader: SignedInPage,
    Path((reference, track)): Path<(String, String)>,
    mut typed: FormData,
) -> Answer {
    let next = following(&reader, &reference).await?;
    if typed.rearrange("requests", "about") {
        let page = page(&reader, &reader.dossier(&reference).await?, &track, &typed.into(), next)?;
        return reader.page_context.show(&reference, page).await;
    }
    if typed.is_for_later() {
        return reader.put_by(&reference, &format!("review/{track}"), typed).await;
    }
    match give(&reader, &reference, &track, &mut typed).await {
        Ok(()) => {
            let next = next.filter(|_| typed.get("next").is_some());
            let deed = Deed::with(Done::Judged, typed.get("verdict").unwrap_or_default()).about(&reference);
            Ok(reader.page_context.land(next.as_deref().unwrap_or("/"), &deed))
        }
        Err(error) => {
            let dossier = reader.dossier(&reference).await?;
            not_own(&dossier)?;
            if !is_open(&dossier, &track) {
                return Err(error.into());
            }
            let page = |dossier: &Dossier, entered: &Entered| page(&reader, dossier, &track, entered, next);
            reader.again(&reference, typed, error, page).await
        }
    }
}

/// Whether a verdict is still asked here: elsewhere the page has no place for what was typed.
fn is_open(dossier: &Dossier, track: &str) -> bool {
    let asked =
        |offer: &Offer| matches!(&offer.act, workflow::Act::Judge(name) if name == track) && offer.refusal.is_none();
    dossier.offers.iter().any(asked)
}

async fn give(reader: &SignedInPage, reference: &str, name: &str, typed: &mut FormData) -> Result<(), Error> {
    let requests = typed.requests().map_err(Error::Invalid)?;
    let target = typed.target(reference)?;
    let verdict = shown::verdict(typed).ok_or_else(|| Error::field("verdict", "missing", "choose your verdict"))?;
    let note = typed.get("note").map(str::to_owned);
    let read = |definition: &Definition| {
        let rubric = definition.track(name).and_then(|track| definition.rubrics.get(track.rubric.as_ref()?));
        let answers = typed.changes(rubric.map_or(&[], Vec::as_slice), "rubric/");
        Ok(Step { kind: StepKind::Judge(name.to_owned(), verdict), note, answers, requests })
    };
    submission::step(&reader.call, &target, read).await?;
    Ok(())
}

/// Takes a place, declaring no conflict.
pub(super) async fn claim(reader: SignedInPage, at: Path<(String, String)>, typed: FormData) -> Answer {
    open(reader, at, typed, |track| Command::Claim { track }).await
}

/// Declares no conflict for a place that was given.
pub(super) async fn declare(reader: SignedInPage, at: Path<(String, String)>, typed: FormData) -> Answer {
    open(reader, at, typed, |track| Command::Declare { track }).await
}

async fn open(
    reader: SignedInPage,
    Path((reference, track)): Path<(String, String)>,
    typed: FormData,
    command: fn(String) -> Command,
) -> Answer {
    let (target, command) = (typed.target(&reference)?, command(track.clone()));
    match submission::act(&reader.call, &target, &command).await {
        Ok(acted) => {
            let place = path::below(&reference, &format!("review/{}", path::encoded(&track)));
            Ok(reader.page_context.land(&place, &Deed::of(Done::Opened, &track, &acted.submission.definition)))
        }
        Err(error) => refuse(&reader, &reference, error).await,
    }
}

/// Gives one's own place back.
pub(super) async fn release(
    reader: SignedInPage,
    Path((reference, track)): Path<(String, String)>,
    typed: FormData,
) -> Answer {
    let command = Command::Release { track: track.clone(), person: reader.call.caller.person, reason: None };
    match submission::act(&reader.call, &typed.target(&reference)?, &command).await {
        Ok(acted) => {
            let deed = Deed::of(Done::Released, &track, &acted.submission.definition);
            Ok(reader.page_context.land("/", &deed.about(&reference)))
        }
        Err(error) => refuse(&reader, &reference, error).await,
    }
}

pub(super) async fn conflict(reader: SignedInPage, Path(reference): Path<String>) -> Answer {
    let dossier = reader.dossier(&reference).await?;
    let page = conflict_page(&dossier, &Entered::default())?;
    reader.page_context.show("Conflict of interest", page).await
}

/// Records a conflict of interest: one's own or, for those who run the queue, another person's.
pub(super) async fn recuse(reader: SignedInPage, Path(reference): Path<String>, typed: FormData) -> Answer {
    match record(&reader, &reference, &typed).await {
        Ok(landed) => Ok(landed),
        Err(error) => {
            let page = |dossier: &Dossier, entered: &Entered| conflict_page(dossier, entered);
            reader.again(&reference, typed, error, page).await
        }
    }
}

async fn record(reader: &SignedInPage, reference: &str, typed: &FormData) -> Result<Response, Error> {
    let mut faults = Vec::new();
    let reason = typed.text("reason");
    if reason.is_empty() {
        faults.push(fault("reason", "say what the conflict is"));
    }
    let me = reader.call.caller.person;
    let person = match typed.raw("person") {
        None if office_page::involved(&reader.dossier(reference).await?).is_empty() => Some(me),
        chosen => chosen.and_then(|id| id.parse().ok()),
    };
    if person.is_none() {
        faults.push(fault("person", "choose whose conflict it is"));
    }
    let Some(person) = person.filter(|_| faults.is_empty()) else { return Err(Error::Invalid(faults)) };
    let command = Command::Recuse { person, reason };
    let acted = submission::act(&reader.call, &typed.target(reference)?, &command).await?;
    let mut theirs = acted.events.iter().map(|event| event.what.meta()).filter(|meta| meta.person == Some(person));
    let track = theirs.find_map(|meta| meta.track);
    let deed = track.map_or(Done::Recused.into(), |track| Deed::of(Done::Recused, track, &acted.submission.definition));
    Ok(reader.to(&acted, deed))
}

fn fault(field: &str, message: &str) -> FieldFault {
    FieldFault { field: field.to_owned(), code: "missing".to_owned(), message: message.to_owned() }
}

fn conflict_page(dossier: &Dossier, entered: &Entered) -> Result<Form, Error> {
    if dossier.relation.is_author() || !(dossier.acts.contains(&Act::Step) || dossier.acts.contains(&Act::Manage)) {
        return Err(Error::Forbidden("a conflict of interest is declared by those who review or run it".to_owned()));
    }
    Ok(act::conflict(dossier, &office_page::involved(dossier), entered))
}

fn page(
    reader: &SignedInPage,
    dossier: &Dossier,
    name: &str,
    entered: &Entered,
    skip: Option<String>,
) -> Result<Review, Error> {
    not_own(dossier)?;
    shown::of(dossier, &reader.call.caller, name, entered, skip).ok_or(Error::NotFound)
}

fn not_own(dossier: &Dossier) -> Result<(), Error> {
    if dossier.relation.is_author() { Err(Error::Forbidden(Refusal::OwnWork.to_string())) } else { Ok(()) }
}
