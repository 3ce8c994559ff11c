//! Letters: written down with their delivery in one transaction, delivered after it.

use jiff::{Timestamp, tz::TimeZone};

use super::{
    Context, Error,
    account::{INVITATION, RESET},
    enqueue,
};
use crate::{
    domain::{Duty, Effect, MailId, PersonId, Standing, SubmissionId},
    model::{Mail, Organisation, Page, Person, Queued, TimerFailure},
    store::ReadTx,
};

/// What some people of an organisation have to see to.
#[derive(Clone, Debug)]
pub struct Alarm<T> {
    pub organisation: Organisation,
    pub people: Vec<Person>,
    /// The submission that it is about, if it is about one.
    pub about: Option<SubmissionId>,
    pub what: T,
}

/// Somebody who was invited.
#[derive(Clone, Debug)]
pub struct Invited {
    pub person: Person,
    pub organisation: Organisation,
    /// What the groups are called that they are in.
    pub groups: Vec<String>,
    pub now: Timestamp,
    /// Until when the link stands.
    pub until: Timestamp,
    pub zone: TimeZone,
}

/// An alarm for those with one of these duties.
pub(in crate::usecase) async fn alarm<T>(view: &ReadTx, duties: &[Duty], what: T) -> Result<Option<Alarm<T>>, Error> {
    let Some(house) = view.organisation().await? else { return Ok(None) };
    let people = view.on_duty(duties).await?;
    Ok(Some(Alarm { organisation: house, people, about: None, what }))
}

/// A deadline that was given up and still is. Nothing of the submission itself is read: that may be what cannot be done.
pub async fn stuck(context: &Context, submission: SubmissionId) -> Result<Option<Alarm<TimerFailure>>, Error> {
    let view = context.store.view().await?;
    let failure = view.timer_failure(submission).await?.filter(|failure| failure.given_up_at.is_some());
    let Some(failure) = failure else { return Ok(None) };
    let alarm = alarm(&view, &[Duty::Coordinator, Duty::Administrator], failure).await?;
    Ok(alarm.map(|alarm| Alarm { about: Some(submission), ..alarm }))
}

/// Somebody who is to be written to because they were invited; nobody where they were erased since.
pub async fn invited(context: &Context, person: PersonId) -> Result<Option<Invited>, Error> {
    let now = context.clock.now();
    let view = context.store.view().await?;
    let (house, person) = (view.organisation().await?, view.person(person).await?);
    let (Some(house), Some(person)) = (house, person.filter(|person| person.standing != Standing::Erased)) else {
        return Ok(None);
    };
    let joined = view.groups_of(person.id).await?;
    let groups = view.groups().await?.into_iter().filter(|group| joined.contains(&group.slug));
    let groups = groups.map(|group| group.title).collect();
    let zone = TimeZone::get(&house.time_zone).map_err(anyhow::Error::from)?;
    Ok(Some(Invited { person, organisation: house, groups, now, until: now + INVITATION, zone }))
}

/// Somebody who forgot their password.
#[derive(Clone, Debug)]
pub struct Forgetful {
    pub person: Person,
    pub organisation: Organisation,
    pub now: Timestamp,
    /// Until when the link stands.
    pub until: Timestamp,
    pub zone: TimeZone,
}

/// Somebody who is to be written to because they forgot their password; nobody where they may not sign in.
pub async fn forgetful(context: &Context, person: PersonId) -> Result<Option<Forgetful>, Error> {
    let now = context.clock.now();
    let view = context.store.view().await?;
    let (house, person) = (view.organisation().await?, view.person(person).await?);
    let (Some(organisation), Some(person)) = (house, person.filter(|person| person.standing == Standing::Active))
    else {
        return Ok(None);
    };
    let zone = TimeZone::get(&organisation.time_zone).map_err(anyhow::Error::from)?;
    Ok(Some(Forgetful { person, organisation, now, until: now + RESET, zone }))
}

/// Somebody who is told something about their account.
#[derive(Clone, Debug)]
pub struct Addressed {
    pub person: Person,
    pub organisation: Organisation,
}

/// Somebody who is to be written to about their account; nobody where they were erased since.
pub async fn addressed(context: &Context, person: PersonId) -> Result<Option<Addressed>, Error> {
    let view = context.store.view().await?;
    let (house, person) = (view.organisation().await?, view.person(person).await?);
    let person = person.filter(|person| person.standing != Standing::Erased);
    Ok(house.zip(person).map(|(organisation, person)| Addressed { person, organisation }))
}

/// Puts letters into the outbox; one that was written before, by its dedupe key, is not written again.
pub async fn write(context: &Context, letters: &[Mail]) -> Result<(), Error> {
    if letters.is_empty() {
        return Ok(());
    }
    let tx = context.store.begin().await?;
    // Nobody writes to who wanted to be forgotten.
    for letter in letters.iter().filter(|letter| !letter.to.is_erased()) {
        if tx.add_mail(letter).await? == Queued::Added {
            enqueue(&tx, &Effect::Deliver { mail: letter.id }, context.clock.now()).await?;
        }
    }
    tx.commit().await?;
    Ok(())
}

/// A letter that is still to be sent, if it is.
pub async fn unsent(context: &Context, id: MailId) -> Result<Option<Mail>, Error> {
    let letter = context.store.view().await?.mail(id).await?;
    Ok(letter.filter(|letter| letter.sent_at.is_none() && letter.dropped_at.is_none()))
}

/// Notes that a letter was handed to the mail server.
pub async fn sent(context: &Context, id: MailId) -> Result<(), Error> {
    let tx = context.store.begin().await?;
    tx.mail_sent(id, context.clock.now()).await?;
    tx.commit().await?;
    Ok(())
}

/// A page of the demo's outbox, newest first; nobody else can read other people's letters.
pub async fn outbox(context: &Context, cursor: Option<&str>) -> Result<Page<Mail>, Error> {
    if context.demo.is_none() {
        return Err(Error::NotFound);
    }
    Ok(context.store.view().await?.letters(cursor, 50).await?)
}

/// One letter of the demo's outbox.
pub async fn open(context: &Context, id: MailId) -> Result<Mail, Error> {
    if context.demo.is_none() {
        return Err(Error::NotFound);
    }
    context.store.view().await?.mail(id).await?.ok_or(Error::NotFound)
}
