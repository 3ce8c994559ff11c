//! Recognising who calls: each request anew, so that a change of rights holds at once.

use jiff::SignedDuration;

use super::{second_step::owes, sign_in::end_session};
use crate::{
    access::Caller,
    domain::{PersonId, SessionId, Standing},
    model::Person,
    store::ReadTx,
    token::Opaque,
    usecase::{Context, Error},
};

/// A use is written down once in this time, not with every request.
const TOUCH: SignedDuration = SignedDuration::from_mins(10);

/// Somebody who was recognised.
#[derive(Clone, Debug)]
pub struct Authenticated {
    /// With everything that decides what they may do.
    pub caller: Caller,
    /// The person.
    pub person: Person,
    /// By which session, if by one.
    pub session: Option<SessionId>,
    /// Whether the organisation requires a second factor of them that they do not have: until they do, they get nowhere else.
    pub owes_second_factor: bool,
}

impl Authenticated {
    /// Lets those through who owe no second factor.
    pub fn admitted(self) -> Result<Self, Error> {
        if self.owes_second_factor { Err(Error::SecondFactorOwed) } else { Ok(self) }
    }
}

/// Recognises the holder of a session cookie.
pub async fn by_session(context: &Context, cookie: &str) -> Result<Authenticated, Error> {
    let secret = Opaque::read(cookie).ok_or(Error::Unauthenticated)?;
    let now = context.clock.now();
    let (signed, session) = {
        let view = context.store.view().await?;
        let session = view.session(&secret.hash(), now).await?.ok_or(Error::Unauthenticated)?;
        let person = view.person(session.person).await?.ok_or(Error::Unauthenticated)?;
        (signed(context, &view, person, Some(session.id)).await?, session)
    };
    if session.is_to_come(now) {
        // Begun by a clock that was ahead: it would not end in time.
        end_session(context, session.person, session.id).await?;
        return Err(Error::Unauthenticated);
    }
    // Also where it was last seen later than now, by a clock that has gone back since: it ends no later for that.
    if now.duration_since(session.seen_at).abs() > TOUCH {
        let last = session.created_at.min(now) + context.config.session_absolute;
        let tx = context.store.begin().await?;
        tx.touch_session(session.id, now, (now + context.config.session_idle).min(last)).await?;
        tx.commit().await?;
    }
    Ok(signed)
}

/// Recognises a person by id, as a checked token names them.
pub async fn by_id(context: &Context, id: PersonId) -> Result<Authenticated, Error> {
    let view = context.store.view().await?;
    let person = view.person(id).await?.ok_or(Error::Unauthenticated)?;
    signed(context, &view, person, None).await
}

async fn signed(
    context: &Context,
    view: &ReadTx,
    person: Person,
    session: Option<SessionId>,
) -> Result<Authenticated, Error> {
    if person.standing != Standing::Active {
        return Err(Error::Unauthenticated);
    }
    let caller = Caller { person: person.id, duties: person.duties.clone(), groups: view.groups_of(person.id).await? };
    let owes_second_factor = owes(context, view, &person).await?;
    Ok(Authenticated { caller, person, session, owes_second_factor })
}
