//! Access tokens for programs: issued to whoever is signed in, recognised anew with each request.

use anyhow::Context as _;
use jiff::{SignedDuration, Timestamp};
use jsonwebtoken::jwk::JwkSet;

use super::{
    Authenticated, Client, by_id, check_code,
    sign_in::{authenticate, entering},
};
use crate::{
    clock::new_id,
    domain::{Email, PersonId, Standing},
    model::{KeyState, LogAct, SigningKey},
    store::{self, ReadTx},
    token::{self, Access, Audience, Change, KeyRow, Keys, Pace, plan},
    usecase::{Context, Error},
};

/// How long a key signs.
const ACTIVE: SignedDuration = SignedDuration::from_hours(24 * 30);
/// How long a key is published before it signs: longer than anybody may cache the key set.
const LEAD: SignedDuration = SignedDuration::from_hours(24);

/// A token that was issued; it is stored nowhere.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Issued {
    /// What the `Authorization` header carries after `Bearer`.
    pub token: String,
    /// For how long it is good.
    pub lifetime: SignedDuration,
}

/// Issues a token to whoever has this e-mail address: for the store's owner, who could read everything anyway.
pub async fn issue_token_for(context: &Context, email: &Email) -> Result<Issued, Error> {
    let found = context.store.view().await?.person_by_email(email).await?;
    let person = found.filter(|person| person.standing == Standing::Active).ok_or(Error::NotFound)?;
    issue_token(context, person.id).await
}

/// Who asks for a token, by what they know.
#[derive(Clone, Copy, Debug)]
pub struct Credentials<'a> {
    /// The address.
    pub email: &'a str,
    /// The password.
    pub password: &'a str,
    /// The code of a second factor, where there is one.
    pub code: Option<&'a str>,
}

/// Issues a token to whoever has this e-mail address and password, and the code where one is asked.
pub async fn issue_token_by_password(
    context: &Context,
    known: Credentials<'_>,
    client: &Client,
) -> Result<Issued, Error> {
    let person = authenticate(context, known.email, known.password, client).await?;
    if context.store.view().await?.second_factor(person.id).await?.is_some() {
        check_code(context, &person, known.code.ok_or(Error::CodeNeeded)?, client).await?;
    }
    entering(Some(person.id), LogAct::TokenIssued, &person.email, client).write(context).await;
    issue_token(context, person.id).await
}

/// Issues a token that stands for a person.
pub async fn issue_token(context: &Context, person: PersonId) -> Result<Issued, Error> {
    let view = context.store.view().await?;
    let organisation = view.organisation().await?.ok_or(Error::NotFound)?.id;
    let keys = keys(&view).await?;
    let now = context.clock.now();
    let lifetime = context.config.token_lifetime;
    let access = Access { person, organisation, id: new_id(), expires: now + lifetime };
    let token = keys.sign(&access, &audience(context), now).map_err(anyhow::Error::from)?;
    tracing::info!(%person, token = %access.id, "An access token was issued");
    Ok(Issued { token, lifetime })
}

/// Recognises the holder of a token, with the rights of now and not those of when it was issued.
pub async fn by_token(context: &Context, token: &str) -> Result<Authenticated, Error> {
    let keys = keys(&context.store.view().await?).await?;
    match keys.verify(token, &audience(context), context.clock.now()) {
        Ok(access) => by_id(context, access.person).await,
        Err(rejection) => {
            tracing::info!(reason = rejection.0, "An access token was refused");
            Err(Error::Unauthenticated)
        }
    }
}

/// The public keys that tokens are verified with. Open to everybody.
pub async fn published_keys(context: &Context) -> Result<JwkSet, Error> {
    Ok(keys(&context.store.view().await?).await?.published())
}

/// Lets a key follow another where it is time; whoever does it second changes nothing.
pub async fn rotate_keys(context: &Context) -> Result<(), Error> {
    let now = context.clock.now();
    let pace = Pace { active: ACTIVE, lead: LEAD, token: context.config.token_lifetime };
    if plan(&rows(&context.store.view().await?).await?, now, pace).is_empty() {
        return Ok(());
    }
    let tx = context.store.begin().await?;
    for change in plan(&rows(&tx).await?, now, pace) {
        let changed = match change {
            Change::Generate(state) => tx.add_signing_key(&generate(state, now)?).await,
            Change::Move(kid, state) => tx.set_key_state(&kid, stored(state), now).await,
            Change::Remove(kid) => tx.set_key_state(&kid, KeyState::Retired, now).await,
        };
        match changed {
            // Another replica made the active key at the same time.
            Err(store::Error::Duplicate(_)) => return Ok(()),
            changed => changed?,
        }
    }
    tx.commit().await?;
    Ok(())
}

fn generate(state: token::KeyState, now: Timestamp) -> Result<SigningKey, Error> {
    let KeyRow { kid, state, since, pkcs8 } = KeyRow::generate(state, now).context("no signing key can be made")?;
    Ok(SigningKey { kid, pkcs8, state: stored(state), created_at: since, changed_at: since })
}

async fn keys(view: &ReadTx) -> Result<Keys, Error> {
    let rows = rows(view).await?;
    Ok(Keys::load(&rows).context("the signing keys cannot be read")?)
}

async fn rows(view: &ReadTx) -> Result<Vec<KeyRow>, store::Error> {
    let kept = view.signing_keys().await?;
    Ok(kept
        .into_iter()
        .filter_map(|key| {
            Some(KeyRow { state: in_force(key.state)?, kid: key.kid, since: key.changed_at, pkcs8: key.pkcs8 })
        })
        .collect())
}

fn in_force(state: KeyState) -> Option<token::KeyState> {
    match state {
        KeyState::Next => Some(token::KeyState::Next),
        KeyState::Active => Some(token::KeyState::Active),
        KeyState::Retiring => Some(token::KeyState::Retiring),
        KeyState::Retired => None,
    }
}

fn stored(state: token::KeyState) -> KeyState {
    match state {
        token::KeyState::Next => KeyState::Next,
        token::KeyState::Active => KeyState::Active,
        token::KeyState::Retiring => KeyState::Retiring,
    }
}

/// This installation is who issues the tokens and whom they are for. Where it listens does not matter: a token from the
/// command line is good at every replica, and the keys are this installation's own.
fn audience(context: &Context) -> Audience {
    let here = context.config.public_url.as_ref().map_or_else(|| "urn:imprimatur".to_owned(), ToString::to_string);
    Audience { issuer: here.clone(), audience: here }
}
