//! Letters that were not sent, what was given up, and what is left to set up.

use axum::{Json, http::StatusCode};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};

use super::page::PageIn;
use crate::{
    http::{
        Problem, Site,
        input::{self, Path, Query},
    },
    usecase::{
        Call,
        admin::{self, GivenUp, Lost, MailSet, Setup, ToSetUp, Tried, WayOut},
        work::Named,
    },
};

/// All routes of the outbox and of what is left to set up.
pub(super) fn router() -> OpenApiRouter<Site> {
    OpenApiRouter::new().routes(routes!(outbox)).routes(routes!(retry)).routes(routes!(dismiss)).routes(routes!(setup))
}

/// What there is of letters that were not sent.
#[derive(Serialize, ToSchema)]
struct OutboxOut {
    /// How letters go out.
    mail: MailOut,
    /// What the mail server said, where it takes nothing now.
    error: Option<String>,
    /// What it answered to the last letter that was only tried.
    tried: Option<TriedOut>,
    /// How many letters were kept while mail was off.
    kept: u64,
    /// Letters that were not sent, the first first.
    letters: Vec<LetterOut>,
    /// Where the rest is: the next `cursor`.
    next: Option<String>,
    /// What was given up, the last first.
    given_up: Vec<GivenUpWorkOut>,
}

/// How letters go out.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
enum MailOut {
    /// Not at all: links are handed over.
    Off,
    /// To a server.
    On,
    /// To a server that takes nothing now.
    Away,
}

/// What a mail server answered.
#[derive(Serialize, ToSchema)]
struct TriedOut {
    /// When.
    at: Timestamp,
    /// To which address.
    to: String,
    /// Whether it took the letter.
    taken: bool,
    /// Its own words.
    answer: String,
}

/// A letter that was not sent.
#[derive(Serialize, ToSchema)]
struct LetterOut {
    /// To which address; nothing where it is about a submission.
    to: Option<String>,
    /// Its subject; nothing where it is about a submission.
    subject: Option<String>,
    /// When it was written.
    written_at: Timestamp,
    /// Whether it is kept because mail was off.
    kept: bool,
}

/// Something that was given up.
#[derive(Serialize, ToSchema)]
struct GivenUpWorkOut {
    /// What a retry or a dismissal names it by.
    name: String,
    /// What it was: a letter, a deadline, or other work by the name that the log has.
    #[schema(examples("letter", "deadline", "announce"))]
    kind: String,
    /// To which address, of a letter.
    to: Option<String>,
    /// Why it was given up.
    error: String,
}

/// Why something need not be done.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"reason": "They left, and heard of it by telephone."}))]
struct DismissIn {
    /// The reason; the log keeps it.
    #[serde(default)]
    #[schema(required, min_length = 1, max_length = 10_000)]
    reason: String,
}

/// How far an installation is set up.
#[derive(Serialize, ToSchema)]
struct SetupOut {
    /// What is left, in the order in which it is best done.
    left: Vec<ToSetUp>,
    /// How letters go out.
    mail: MailSet,
    /// How many groups have the members that workflows count on.
    groups_staffed: usize,
    /// Of how many.
    groups: usize,
    /// Titles of the workflows in force.
    offered: Vec<String>,
    /// Ids of the workflows that are not.
    waiting: Vec<String>,
}

/// Read the outbox
///
/// For administrators: what was not sent, what was given up, and whether letters go out at all. What letters say is not shown.
#[utoipa::path(get, path = "/outbox", tag = "Office", params(PageIn),
    responses((status = 200, description = "The outbox", body = OutboxOut)))]
async fn outbox(call: Call, Query(at): Query<PageIn>) -> Result<Json<OutboxOut>, Problem> {
    let found = admin::outbox(&call, at.cursor.as_deref()).await?;
    let (mail, error) = match found.way {
        WayOut::Off => (MailOut::Off, None),
        WayOut::On => (MailOut::On, None),
        WayOut::Away(channel) => (MailOut::Away, Some(channel.error)),
    };
    let letters = found.letters.rows.into_iter().map(|letter| {
        let (to, subject) = letter.open.unzip();
        LetterOut { to, subject, written_at: letter.at, kept: letter.kept }
    });
    Ok(Json(OutboxOut {
        mail,
        error,
        tried: found.tried.map(TriedOut::of),
        kept: found.kept.map_or(0, |kept| kept.many),
        letters: letters.collect(),
        next: found.letters.next,
        given_up: found.given_up.into_iter().map(GivenUpWorkOut::of).collect(),
    }))
}

/// Try again what was given up
///
/// For administrators. `letters` stands for those that were kept while mail was off, `mail` for a server that is away.
#[utoipa::path(post, path = "/outbox/{name}/retry", tag = "Office", params(("name" = String, Path)),
    responses((status = 204, description = "It is tried again")))]
async fn retry(call: Call, Path(name): Path<String>) -> Result<StatusCode, Problem> {
    admin::retry(&call, &named(&name)).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Let go of what was given up
///
/// For administrators. It is never tried again; the log keeps why.
#[utoipa::path(post, path = "/outbox/{name}/dismiss", tag = "Office", params(("name" = String, Path)),
    request_body = DismissIn,
    responses((status = 204, description = "It is let go")))]
async fn dismiss(
    call: Call,
    Path(name): Path<String>,
    input::Json(body): input::Json<DismissIn>,
) -> Result<StatusCode, Problem> {
    admin::dismiss(&call, &named(&name), &body.reason).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// What is left to set up?
///
/// For administrators.
#[utoipa::path(get, path = "/setup", tag = "Office",
    responses((status = 200, description = "How far the installation is set up", body = SetupOut)))]
async fn setup(call: Call) -> Result<Json<SetupOut>, Problem> {
    Ok(Json(SetupOut::of(admin::setup(&call).await?)))
}

fn named(name: &str) -> Named {
    match name.parse() {
        Ok(named) => named,
        Err(never) => match never {},
    }
}

impl TriedOut {
    fn of(tried: Tried) -> Self {
        let Tried { at, to, taken, answer } = tried;
        Self { at, to, taken, answer }
    }
}

impl GivenUpWorkOut {
    fn of(lost: GivenUp) -> Self {
        let (kind, to) = match lost.what {
            Lost::Letter(to, _) => ("letter".to_owned(), Some(to)),
            Lost::Deadline(_) => ("deadline".to_owned(), None),
            Lost::Work(kind) => (kind, None),
        };
        Self { name: lost.name, kind, to, error: lost.error }
    }
}

impl SetupOut {
    fn of(setup: Setup) -> Self {
        let left = setup.left();
        let Setup { mail, groups, offered, waiting, .. } = setup;
        Self { left, mail, groups_staffed: groups.staffed, groups: groups.all, offered, waiting }
    }
}
