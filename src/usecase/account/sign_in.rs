//! Signing in: slow for those who guess, the same answer whatever was wrong.

use jiff::{SignedDuration, Timestamp};
use serde_json::json;

use crate::{
    clock::new_id,
    domain::{Email, PersonId, SessionId, Standing},
    model::{LogAct, LogKind, Person, Session},
    password::Verdict,
    token::Opaque,
    usecase::{Context, Error, trail::Access},
};

/// Failures are counted over this time.
const WINDOW: SignedDuration = SignedDuration::from_mins(60);
/// Failures of one account before it closes for a while.
const ACCOUNT_TRIES: u32 = 10;
/// Failures of one client before it is turned away for a while.
const CLIENT_TRIES: u32 = 50;
/// The longest an account stays closed; nobody can lock another person out for good.
const LONGEST: SignedDuration = SignedDuration::from_mins(15);

/// Where trials are counted, and how many may fail before it closes for a while.
pub(in crate::usecase) struct Bucket {
    pub(in crate::usecase) name: String,
    pub(in crate::usecase) tries: u32,
}

/// From where somebody signs in.
#[derive(Clone, Debug)]
pub struct Client {
    /// The network address, as the connection has it.
    pub address: String,
    /// What the browser calls itself.
    pub agent: String,
}

/// A session that has begun.
#[derive(Clone, Debug)]
pub struct BegunSession {
    /// What the cookie carries; it is stored nowhere.
    pub secret: Opaque,
    /// Who it is.
    pub person: Person,
}

/// Who has this e-mail address and password; nothing begins with it.
pub(in crate::usecase) async fn authenticate(
    context: &Context,
    email: &str,
    password: &str,
    client: &Client,
) -> Result<Person, Error> {
    let wrong = || Error::field("password", "wrong", "this e-mail address and password do not belong together");
    let Ok(email) = email.parse::<Email>() else { return Err(wrong()) };
    let now = context.clock.now();
    let buckets = buckets(&email, client);
    let [account, address] = &buckets;
    if let Err(error) = attempt(context, &buckets, now).await {
        if matches!(error, Error::Throttled { .. }) {
            entering(None, LogAct::SignInRefused, &email, client).write(context).await;
        }
        return Err(error);
    }
    let (person, hash, factor) = {
        let view = context.store.view().await?;
        let (person, hash) = view.signing_in(&email).await?.unzip();
        let factor = match &person {
            Some(person) => view.second_factor(person.id).await?,
            None => None,
        };
        (person, hash, factor)
    };
    // The same work for an unknown address, so that the time tells nothing.
    let verdict = context.passwords.verify(password, hash.flatten().as_deref()).await?;
    let found = match (person, verdict) {
        (Some(person), Verdict::Right { rehashed }) if person.standing == Standing::Active => Some((person, rehashed)),
        _ => None,
    };
    let Some((person, rehashed)) = found else {
        tracing::warn!(client = client.address, "A sign-in failed");
        entering(None, LogAct::SignInRefused, &email, client).write(context).await;
        return Err(wrong());
    };
    let tx = context.store.begin().await?;
    if let Some(hash) = rehashed {
        tx.set_password(person.id, Some(&hash)).await?;
    }
    // Where a code is asked too, a password that is known must not make room for guesses at that.
    if factor.is_some() {
        tx.reopen(&account.name).await?;
    } else {
        tx.clear_bucket(&account.name).await?;
    }
    // Whoever shares the address may be guessing at other accounts.
    tx.forgive(&address.name, address.tries).await?;
    tx.commit().await?;
    Ok(person)
}

/// Begins a session for somebody of the demo, without a password.
pub async fn enter(context: &Context, id: PersonId, client: &Client) -> Result<BegunSession, Error> {
    if context.demo.is_none() {
        return Err(Error::NotFound);
    }
    let person = context.store.view().await?.person(id).await?.ok_or(Error::NotFound)?;
    if person.standing != Standing::Active {
        return Err(Error::NotFound);
    }
    begin_session(context, person, client).await
}

/// Ends a session that went on too long.
pub(super) async fn end_session(context: &Context, person: PersonId, session: SessionId) -> Result<(), Error> {
    let tx = context.store.begin().await?;
    tx.end_session(person, session).await?;
    Ok(tx.commit().await?)
}

/// Ends a session at its person's wish.
pub async fn sign_out(context: &Context, person: &Person, session: SessionId, client: &Client) -> Result<(), Error> {
    let tx = context.store.begin().await?;
    tx.end_session(person.id, session).await?;
    tx.add_log(&entering(Some(person.id), LogAct::SignedOut, &person.email, client).line(context)).await?;
    tx.commit().await?;
    Ok(())
}

/// A new id at every sign-in: one that was planted before is worth nothing.
pub(super) async fn begin_session(context: &Context, person: Person, client: &Client) -> Result<BegunSession, Error> {
    let now = context.clock.now();
    let secret = Opaque::random();
    let session = Session {
        id: SessionId(new_id()),
        secret_hash: secret.hash(),
        person: person.id,
        created_at: now,
        seen_at: now,
        expires_at: now + context.config.session_idle.min(context.config.session_absolute),
        agent: client.agent.chars().filter(|c| !c.is_control()).take(200).collect(),
        address: client.address.clone(),
    };
    let tx = context.store.begin().await?;
    tx.add_session(&session).await?;
    tx.add_log(&entering(Some(person.id), LogAct::SignedIn, &person.email, client).line(context)).await?;
    tx.commit().await?;
    tracing::info!(person = %person.id, client = client.address, "Somebody signed in");
    Ok(BegunSession { secret, person })
}

/// A line of the trail about signing in or out, with from where.
pub(in crate::usecase) fn entering<'a>(
    person: Option<PersonId>,
    act: LogAct,
    email: &'a Email,
    client: &Client,
) -> Access<'a> {
    let agent: String = client.agent.chars().filter(|c| !c.is_control()).take(200).collect();
    let detail = json!({ "from": client.address, "browser": agent });
    Access { kind: LogKind::SignIn, act, person, subject: email.as_str(), submission: None, detail }
}

/// Where failures of an account, and from an address, are counted.
pub(super) fn buckets(email: &Email, client: &Client) -> [Bucket; 2] {
    [
        Bucket { name: failures(email), tries: ACCOUNT_TRIES },
        Bucket { name: format!("client:{}", client.address), tries: CLIENT_TRIES },
    ]
}

/// Where failures of an account are counted.
pub(in crate::usecase) fn failures(email: &Email) -> String {
    format!("account:{email}")
}

/// Counts a trial as failed before the password is looked at: of many guesses at once no more are tried than one after the other.
pub(in crate::usecase) async fn attempt(context: &Context, buckets: &[Bucket], now: Timestamp) -> Result<(), Error> {
    let tx = context.store.begin().await?;
    for Bucket { name, tries } in buckets {
        let counted = tx.count_failure(name, now, WINDOW).await?;
        // Nobody is closed for longer than the longest: a clock that has gone back since would have it so.
        if let Some(until) = counted.until.filter(|until| *until > now && *until <= now + LONGEST) {
            return Err(Error::Throttled { retry_after: until.duration_since(now) });
        }
        if counted.failures >= *tries {
            let wait = SignedDuration::from_secs(30i64.saturating_mul(1 << (counted.failures - tries).min(6)));
            tx.close_bucket(name, now + wait.min(LONGEST)).await?;
        }
    }
    tx.commit().await?;
    Ok(())
}
