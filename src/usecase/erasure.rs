//! A person who wants to be forgotten: what of them goes, what a board may still ask for, and a statement of both.
//!
//! Two depths. Who stands on no record is anonymised: nothing is left that says who it was. Who decided, was credited or is
//! named in something that was sent keeps name and credentials there, and nothing else, for as long as the setting
//! `keep_records` says; then that goes too. What was decided and credited is never changed.

mod carry;
mod copy;
mod plan;
mod statement;

use anyhow::anyhow;

pub use copy::copy;
pub use statement::{Kept, Part, Statement};

use self::plan::Plan;
use super::{Context, Error, admin::administers};
use crate::{
    access::Caller,
    domain::{Email, Paragraphs, PersonId, Standing},
    model::Person,
    store::ReadTx,
};

/// What is to be told of an erasure.
#[derive(Clone, Debug)]
pub struct Told {
    /// Of whom, as they are known now.
    pub person: Person,
    /// What they are called from then on.
    pub called: String,
    /// What went or would go, and what stays and why. It has no name: it is kept for ever.
    pub statement: Statement,
    /// What has to be done first; nothing where it can be carried out, or was.
    pub obstacles: Vec<String>,
    /// Whether it was carried out.
    pub done: bool,
}

/// Who decides on an erasure.
#[derive(Clone, Copy, Debug)]
pub enum Decider<'a> {
    /// An administrator.
    Administrator(&'a Caller),
    /// Whoever may use the server's command line.
    Operator,
}

impl Decider<'_> {
    fn person(self) -> Option<PersonId> {
        match self {
            Self::Administrator(caller) => Some(caller.person),
            Self::Operator => None,
        }
    }

    fn allowed(self) -> Result<(), Error> {
        match self {
            Self::Administrator(caller) => administers(caller),
            Self::Operator => Ok(()),
        }
    }
}

/// What erasing somebody would do, or did.
pub async fn tell(context: &Context, decider: Decider<'_>, id: PersonId) -> Result<Told, Error> {
    decider.allowed()?;
    let view = context.store.view().await?;
    let person = view.person(id).await?.ok_or(Error::NotFound)?;
    if person.standing == Standing::Erased {
        return done(&view, person).await;
    }
    let plan = Plan::of(context, &view, decider, person).await?;
    Ok(Told {
        called: plan.redaction.called(),
        statement: plan.statement(context, decider, ""),
        obstacles: plan.obstacles.clone(),
        person: plan.person,
        done: false,
    })
}

/// Erases somebody; a second time gives the same statement and changes nothing.
pub async fn erase(context: &Context, decider: Decider<'_>, id: PersonId, reason: &str) -> Result<Told, Error> {
    decider.allowed()?;
    let reason: String = Paragraphs::within(reason, 500).map_err(|fault| Error::text("reason", fault))?.into();
    if reason.is_empty() {
        return Err(Error::field("reason", "missing", "say why, in at most 500 characters: the log keeps it"));
    }
    {
        let view = context.store.view().await?;
        let person = view.person(id).await?.ok_or(Error::NotFound)?;
        if person.standing == Standing::Erased {
            return done(&view, person).await;
        }
    }
    carry::out(context, decider, id, &reason).await?;
    let view = context.store.view().await?;
    let person = view.person(id).await?.ok_or(Error::NotFound)?;
    done(&view, person).await
}

/// Lets go of the names that were kept long enough; gives of how many people.
pub async fn end_records(context: &Context) -> Result<u64, Error> {
    let mut ended = 0_u64;
    for person in context.store.view().await?.erasures_over(context.clock.now(), 100).await? {
        match carry::out(context, Decider::Operator, person, "what was kept on record was kept long enough").await {
            Ok(()) => ended += 1,
            // The others go all the same, and this one is tried again with the next sweep.
            Err(error) => tracing::error!(%person, cause = %error, "A name that was kept long enough could not go"),
        }
    }
    Ok(ended)
}

/// Whoever has an address or an id: for the command line.
pub async fn find(context: &Context, whom: &str) -> Result<Person, Error> {
    let view = context.store.view().await?;
    let found = match (whom.parse::<PersonId>(), whom.parse::<Email>()) {
        (Ok(id), _) => view.person(id).await?,
        (_, Ok(email)) => view.person_by_email(&email).await?,
        (Err(_), Err(fault)) => return Err(Error::field("person", "email", &fault.to_string())),
    };
    found.ok_or(Error::NotFound)
}

async fn done(view: &ReadTx, person: Person) -> Result<Told, Error> {
    let kept = view.erasure_of(person.id).await?;
    let kept = kept.ok_or_else(|| anyhow!("{} is erased and no erasure says so", person.id))?;
    let statement = serde_json::from_value(kept.statement).map_err(anyhow::Error::from)?;
    Ok(Told { called: person.name.clone(), person, statement, obstacles: Vec::new(), done: true })
}
