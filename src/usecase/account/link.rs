//! One-time links: set-up of the first administrator, and invitations. Looking changes nothing; only accepting does.

use jiff::SignedDuration;
use serde_json::json;

use super::sign_in::{Client, Entered, begin_session};
use crate::{
    clock::new_id,
    domain::{LinkId, Standing},
    password::Password,
    store::{Link, LinkPurpose, LogLine, Organisation, Person, Tx},
    token::Opaque,
    usecase::{Context, Error},
};

/// How long a set-up link stands: long enough to walk to a browser.
const SET_UP: SignedDuration = SignedDuration::from_mins(30);

/// Who a link is for.
#[derive(Clone, Debug)]
pub struct Welcome {
    /// The person.
    pub person: Person,
    /// The organisation.
    pub organisation: Organisation,
}

/// What a link offers, as long as it stands.
pub async fn welcome(context: &Context, text: &str) -> Result<Welcome, Error> {
    let secret = Opaque::read(text).ok_or(Error::NotFound)?;
    let view = context.store.view().await?;
    let link = view.link(&secret.hash(), context.clock.now()).await?.ok_or(Error::NotFound)?;
    let person = view.account(link.person).await?.ok_or(Error::NotFound)?;
    let organisation = view.organisation(person.organisation).await?.ok_or(Error::NotFound)?;
    Ok(Welcome { person, organisation })
}

/// Accepts: sets the password, lets the person in and uses the link up.
pub async fn accept(context: &Context, text: &str, password: &str, client: &Client) -> Result<Entered, Error> {
    let secret = Opaque::read(text).ok_or(Error::NotFound)?;
    let welcome = welcome(context, text).await?;
    let own = [welcome.person.email.as_str(), &welcome.person.name, &welcome.organisation.name];
    let password =
        Password::new(password, &own).map_err(|fault| Error::field("password", "weak", &fault.to_string()))?;
    let hash = context.passwords.hash(password).await?;
    let now = context.clock.now();
    let tx = context.store.begin().await?;
    let link = tx.use_link(&secret.hash(), now).await?.ok_or(Error::NotFound)?;
    let mut person = tx.account(link.person).await?.ok_or(Error::NotFound)?;
    if matches!(person.standing, Standing::Suspended | Standing::Erased) {
        return Err(Error::NotFound);
    }
    person.standing = Standing::Active;
    tx.save_person(&person).await?;
    tx.set_password(person.organisation, person.id, Some(&hash)).await?;
    tx.end_sessions_of(person.id).await?;
    tx.add_log(&LogLine {
        id: new_id(),
        organisation: Some(person.organisation),
        at: now,
        actor: Some(person.id),
        act: "link-accepted".to_owned(),
        subject: person.email.to_string(),
        detail: json!({}),
    })
    .await?;
    tx.commit().await?;
    begin_session(context, person, client).await
}

/// Issues the set-up link of an administrator and voids earlier ones. Shown once, stored as a hash.
pub async fn issue_set_up(context: &Context, tx: &Tx, person: &Person) -> Result<Opaque, Error> {
    let now = context.clock.now();
    tx.void_links(person.id, LinkPurpose::SetUp, now).await?;
    let secret = Opaque::random();
    tx.add_link(&Link {
        id: LinkId(new_id()),
        token_hash: secret.hash(),
        person: person.id,
        purpose: LinkPurpose::SetUp,
        expires_at: now + SET_UP,
        used_at: None,
    })
    .await?;
    Ok(secret)
}
