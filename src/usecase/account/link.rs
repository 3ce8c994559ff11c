//! One-time links: set-up of the first administrator, and invitations. Looking changes nothing; only accepting does.

use jiff::{SignedDuration, Timestamp};
use serde_json::json;

use super::{
    forgotten::RESET,
    second_step::{Opening, open},
    sign_in::Client,
};
use crate::{
    clock::new_id,
    domain::{LinkId, Standing},
    model::{Link, LinkPurpose, LogAct, LogKind, LogLine, Mail, Organisation, Person},
    password::Password,
    store::Tx,
    token::Opaque,
    usecase::{Context, Error, organisation},
};

/// How long a set-up link stands: long enough to walk to a browser.
const SET_UP: SignedDuration = SignedDuration::from_mins(30);
/// How long an invitation stands.
pub const INVITATION: SignedDuration = SignedDuration::from_hours(14 * 24);

/// Where a letter as it is kept has its one-time link: whoever reads the database or a backup finds none that lets in.
pub const LINK_TO_COME: &str = "/welcome/made-when-sent";
/// The same in the letter to somebody who forgot their password.
pub const RESET_TO_COME: &str = "/welcome/new-password-made-when-sent";

/// Who a link is for.
#[derive(Clone, Debug)]
pub struct Welcome {
    /// The person.
    pub person: Person,
    /// The organisation.
    pub organisation: Organisation,
    /// What the link is for.
    pub purpose: LinkPurpose,
}

/// What a link offers, as long as it stands.
pub async fn welcome(context: &Context, text: &str) -> Result<Welcome, Error> {
    let secret = Opaque::read(text).ok_or(Error::NotFound)?;
    let view = context.store.view().await?;
    let link = stands(view.link(&secret.hash()).await?, context.clock.now())?;
    let person = view.person(link.person).await?.ok_or(Error::NotFound)?;
    let organisation = view.organisation().await?.ok_or(Error::NotFound)?;
    Ok(Welcome { person, organisation, purpose: link.purpose })
}

/// A link that stands; what became of another one, and what to do.
fn stands(link: Option<Link>, now: Timestamp) -> Result<Link, Error> {
    let link = link.ok_or(Error::NotFound)?;
    if link.used_at.is_some() {
        return Err(Error::Gone(
            "this link was used already, or another one took its place: sign in, or open the link of the latest letter"
                .to_owned(),
        ));
    }
    if link.expires_at <= now {
        return Err(Error::Gone(match link.purpose {
            LinkPurpose::Reset => "this link has expired: ask for another one with Forgotten your password?".to_owned(),
            LinkPurpose::Invitation => "this invitation has expired: ask the office for another one".to_owned(),
            LinkPurpose::SetUp => "this link has expired: whoever runs the server makes another one".to_owned(),
        }));
    }
    Ok(link)
}

/// Accepts: sets the password, uses the link up and lets the person in, as far as a password does.
pub async fn accept(context: &Context, text: &str, password: &str, client: &Client) -> Result<Opening, Error> {
    let secret = Opaque::read(text).ok_or(Error::NotFound)?;
    let welcome = welcome(context, text).await?;
    let own = [welcome.person.email.as_str(), &welcome.person.name, &welcome.organisation.name];
    let password =
        Password::new(password, &own).map_err(|fault| Error::field("password", "weak", &fault.to_string()))?;
    let hash = context.passwords.hash(password).await?;
    let now = context.clock.now();
    let tx = context.store.begin().await?;
    let link = tx.use_link(&secret.hash(), now).await?.ok_or(Error::NotFound)?;
    let mut person = tx.person(link.person).await?.ok_or(Error::NotFound)?;
    if matches!(person.standing, Standing::Suspended | Standing::Erased) {
        return Err(Error::NotFound);
    }
    person.standing = Standing::Active;
    tx.save_person(&person).await?;
    tx.set_password(person.id, Some(&hash)).await?;
    tx.end_sessions_of(person.id).await?;
    // A letter that was sent twice had two.
    for purpose in LinkPurpose::ALL {
        tx.void_links(person.id, purpose, now).await?;
    }
    tx.add_log(&LogLine {
        id: new_id(),
        at: now,
        kind: LogKind::SignIn,
        submission: None,
        actor: Some(person.id),
        act: LogAct::LinkAccepted.to_string(),
        subject: person.email.to_string(),
        detail: json!({}),
    })
    .await?;
    tx.commit().await?;
    open(context, person, client).await
}

/// Issues a one-time link and voids earlier ones for the same. Shown once, stored as a hash.
pub(in crate::usecase) async fn issue_link(
    context: &Context,
    tx: &Tx,
    person: &Person,
    purpose: LinkPurpose,
) -> Result<Opaque, Error> {
    tx.void_links(person.id, purpose, context.clock.now()).await?;
    made(context, tx, person, purpose).await
}

/// How long a link stands.
fn duration(purpose: LinkPurpose) -> SignedDuration {
    match purpose {
        LinkPurpose::SetUp => SET_UP,
        LinkPurpose::Invitation => INVITATION,
        LinkPurpose::Reset => RESET,
    }
}

/// A letter as it is sent: with a fresh link where the kept one has a place for it, or the way to sign in for somebody who needs
/// none any more. Earlier links stand until one is used: a letter that is sent again may have arrived before.
pub async fn with_link(context: &Context, letter: Mail) -> Result<Mail, Error> {
    let kinds = [
        (LINK_TO_COME, LinkPurpose::Invitation, Standing::Invited),
        (RESET_TO_COME, LinkPurpose::Reset, Standing::Active),
    ];
    let kind = kinds.into_iter().find(|(place, ..)| letter.text.contains(place));
    let Some((place, purpose, standing)) = kind else { return Ok(letter) };
    let tx = context.store.begin().await?;
    let path = match tx.person(letter.person).await? {
        Some(person) if person.standing == standing => {
            let secret = made(context, &tx, &person, purpose).await?;
            tx.commit().await?;
            format!("/welcome/{}", secret.text())
        }
        _ => "/sign-in".to_owned(),
    };
    let [text, html] = [&letter.text, &letter.html].map(|body| body.replace(place, &path));
    Ok(Mail { text, html, ..letter })
}

async fn made(context: &Context, tx: &Tx, person: &Person, purpose: LinkPurpose) -> Result<Opaque, Error> {
    let secret = Opaque::random();
    let stood = context.clock.now() + duration(purpose);
    let expires_at = match purpose {
        // The letter tells a day, and the link lets in until that day ends where the office is.
        LinkPurpose::Invitation => {
            let (_, calendar) = organisation(tx).await?;
            calendar.end_of(calendar.date(stood)).unwrap_or(stood)
        }
        LinkPurpose::SetUp | LinkPurpose::Reset => stood,
    };
    let link =
        Link { id: LinkId(new_id()), token_hash: secret.hash(), person: person.id, purpose, expires_at, used_at: None };
    tx.add_link(&link).await?;
    Ok(secret)
}
