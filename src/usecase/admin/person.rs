//! People: looking them up, inviting them, changing what they are trusted with.

use std::collections::BTreeSet;

use serde_json::json;

use super::{
    administers, expect, fingerprint, looks,
    staffing::{alarm, shortages},
};
use crate::{
    access::Caller,
    clock::new_id,
    domain::{Duty, Effect, Email, Line, PersonId, Standing, name_key},
    model::{LinkPurpose, LogAct, Page, Person, Receipt},
    store::{ReadTx, Tx},
    token::Opaque,
    usecase::{
        Call, Context, Error,
        account::issue_link,
        deed::Deed,
        enqueue,
        submission::{look_at_groups_of, look_where_acted, vacate, vacate_beside},
    },
};

/// Rows on one page.
const PAGE: u16 = 50;

/// What an administrator says of a person.
#[derive(Clone, Debug)]
pub struct Described {
    /// As printed, without credentials.
    pub name: String,
    /// Behind the name, as `MD, FAAFP`.
    pub credentials: String,
    /// Where the person works.
    pub affiliation: String,
    /// What the house trusts the person with.
    pub duties: BTreeSet<Duty>,
    /// Whether the person may use the system: `Active` or `Suspended`.
    pub standing: Standing,
}

/// Somebody to invite.
#[derive(Clone, Debug)]
pub struct Invitation {
    /// The address.
    pub email: String,
    /// Who it is.
    pub described: Described,
    /// The groups to join.
    pub groups: BTreeSet<String>,
}

/// Somebody who was invited.
#[derive(Debug)]
pub struct Invited {
    /// Who.
    pub person: Person,
    /// How they get their link.
    pub handed: Handed,
}

/// A page of the organisation's people by name.
pub async fn people(call: &Call, search: &str, cursor: Option<&str>) -> Result<Page<Person>, Error> {
    looks(&call.caller)?;
    let view = call.context.store.view().await?;
    Ok(view.people(search, cursor, PAGE).await?)
}

/// One person with the groups joined.
pub async fn person(call: &Call, id: PersonId) -> Result<(Person, BTreeSet<String>), Error> {
    looks(&call.caller)?;
    let view = call.context.store.view().await?;
    found(&view, id).await
}

/// Others with the name of a person, in whatever order: to be asked about, nothing follows from it.
pub async fn namesakes(call: &Call, person: &Person) -> Result<Vec<Person>, Error> {
    looks(&call.caller)?;
    let view = call.context.store.view().await?;
    let key = name_key(&person.name);
    let mut found = view.people(&key, None, PAGE).await?.rows;
    found.retain(|other| other.id != person.id && other.standing != Standing::Erased && name_key(&other.name) == key);
    Ok(found)
}

/// The version of what is said of a person: another one after every change.
#[must_use]
pub fn person_version(person: &Person) -> u64 {
    fingerprint(&facts(person))
}

/// Changes what is said of a person and what the person is trusted with; `version` is the one the caller looked at.
pub async fn edit(call: &Call, id: PersonId, version: Option<u64>, described: &Described) -> Result<Person, Error> {
    administers(&call.caller)?;
    let deed = call.begin().await?;
    still_administers(&deed, &call.caller, id).await?;
    let (before, _) = found(&deed, id).await?;
    if before.standing == Standing::Erased {
        return Err(Error::Conflict("they were erased at their wish; what is left is not changed any more".to_owned()));
    }
    expect(version, person_version(&before))?;
    let described = taken_in(described, Some(&before))?;
    if id == call.caller.person {
        if !described.duties.contains(&Duty::Administrator) {
            return Err(Error::Conflict("another administrator has to take this duty from you".to_owned()));
        }
        if described.standing == Standing::Suspended {
            return Err(Error::Conflict("another administrator has to suspend you".to_owned()));
        }
    }
    let mut after = describe(before.clone(), &described);
    after.standing = stands(&deed, &before, described.standing).await?;
    let short = shortages(&call.context, &deed).await?;
    deed.save_person(&after).await?;
    if after.standing == Standing::Invited && before.standing == Standing::Suspended {
        enqueue(&deed, &Effect::Invite { person: id }, call.now).await?;
    }
    if after.standing == Standing::Suspended {
        deed.end_sessions_of(id).await?;
        for purpose in LinkPurpose::ALL {
            deed.void_links(id, purpose, call.now).await?;
        }
        alarm(&call.context, &deed, &short, call.now).await?;
    }
    if after.standing == Standing::Suspended {
        vacate(&deed, &call.context, id).await?;
    }
    if after.standing == Standing::Active && before.standing != Standing::Active {
        look_at_groups_of(&deed, &call.context, id).await?;
    }
    works_elsewhere(&deed, &before, &after).await?;
    note_change(&deed, &before, &after).await?;
    deed.commit(Receipt::Done).await?;
    Ok(after)
}

/// Looks anew at what hangs on the institution of somebody, where it is another one now: their places, what they acted in, and
/// who sits beside their own submissions.
pub(in crate::usecase) async fn works_elsewhere(deed: &Deed<'_>, before: &Person, after: &Person) -> Result<(), Error> {
    if after.institution() == before.institution() {
        return Ok(());
    }
    look_anew(deed, after.id).await
}

/// Looks anew for conflicts of interest of somebody.
pub(super) async fn look_anew(deed: &Deed<'_>, person: PersonId) -> Result<(), Error> {
    let context = &deed.call.context;
    vacate(deed, context, person).await?;
    look_where_acted(deed, context, person).await?;
    vacate_beside(deed, context, person).await
}

/// Writes down what was changed of somebody.
pub(in crate::usecase) async fn note_change(deed: &Deed<'_>, before: &Person, after: &Person) -> Result<(), Error> {
    let detail = json!({ "before": facts(before), "after": facts(after) });
    deed.note(LogAct::PersonChanged, after.email.as_str(), detail).await
}

/// Somebody as they are described from now on, in all but their standing.
pub(in crate::usecase) fn described(before: &Person, described: &Described) -> Result<Person, Error> {
    Ok(describe(before.clone(), &taken_in(described, Some(before))?))
}

/// Refuses when the caller was relieved of the duty by somebody who was quicker: of two administrators who dismiss each other one
/// stays. Those two persons are held to the end of the change, always in the same order.
async fn still_administers(tx: &Tx, caller: &Caller, other: PersonId) -> Result<(), Error> {
    for person in BTreeSet::from([caller.person, other]) {
        tx.hold_person(person).await?;
    }
    let me = tx.person(caller.person).await?.ok_or(Error::NotFound)?;
    if me.standing == Standing::Active && me.duties.contains(&Duty::Administrator) {
        return Ok(());
    }
    Err(Error::Forbidden("you are no administrator any more".to_owned()))
}

/// How somebody stands when an administrator asks for `Active` or `Suspended`. An invitation is taken back or made again, and
/// accepted by nobody but the one who is invited.
async fn stands(tx: &Tx, before: &Person, asked: Standing) -> Result<Standing, Error> {
    Ok(match (before.standing, asked) {
        (Standing::Active | Standing::Suspended | Standing::Invited, Standing::Suspended) => Standing::Suspended,
        (Standing::Active, Standing::Active) => Standing::Active,
        (Standing::Suspended, Standing::Active) if tx.password(before.id).await?.is_some() => Standing::Active,
        (Standing::Suspended, Standing::Active) => Standing::Invited,
        (standing, _) => standing,
    })
}

/// Invites somebody: by letter, or, where none are sent, with a link to be handed over. Who was only named in a form so far
/// keeps the credit recorded already.
pub async fn invite(call: &Call, invitation: &Invitation) -> Result<Invited, Error> {
    administers(&call.caller)?;
    let deed = call.begin().await?;
    let person = invited(&deed, call, invitation).await?;
    let handed = hand(&deed, call, &person).await?;
    deed.commit(Receipt::Invited(person.clone())).await?;
    Ok(Invited { person, handed })
}

/// How somebody who was invited just now gets their link: with the letter that is written anyhow, or shown once.
pub(super) async fn hand(tx: &Tx, call: &Call, person: &Person) -> Result<Handed, Error> {
    if writes(&call.context) {
        return Ok(Handed::Sent);
    }
    Ok(Handed::Shown(issue_link(&call.context, tx, person, LinkPurpose::Invitation).await?))
}

/// Writes down that somebody is invited.
pub(super) async fn invited(deed: &Deed<'_>, call: &Call, invitation: &Invitation) -> Result<Person, Error> {
    let described = taken_in(&invitation.described, None)?;
    let email: Email = invitation
        .email
        .parse()
        .map_err(|fault: crate::domain::EmailError| Error::field("email", "email", &fault.to_string()))?;
    if email.is_erased() {
        return Err(Error::field("email", "erased", "nobody can be reached there; enter the address they have now"));
    }
    let now = call.now;
    deed.hold_address(&email).await?;
    let known = deed.person_by_email(&email).await?;
    if known.as_ref().is_some_and(|person| matches!(person.standing, Standing::Active | Standing::Suspended)) {
        return Err(Error::field("email", "taken", "somebody with this address has an account already"));
    }
    let base = known.clone().unwrap_or(Person {
        id: PersonId(new_id()),
        email,
        name: String::new(),
        credentials: String::new(),
        affiliation: String::new(),
        standing: Standing::Invited,
        duties: BTreeSet::new(),
        created_at: now,
    });
    let mut person = describe(base, &described);
    person.standing = Standing::Invited;
    if known.is_some() {
        deed.save_person(&person).await?;
    } else {
        deed.add_person(&person).await?;
    }
    for slug in &invitation.groups {
        deed.group(slug)
            .await?
            .ok_or_else(|| Error::field("groups", "unknown", "there is no such group; choose one of the list"))?;
        deed.join(slug, person.id).await?;
    }
    deed.void_links(person.id, LinkPurpose::Invitation, now).await?;
    enqueue(deed, &Effect::Invite { person: person.id }, now).await?;
    deed.note(LogAct::PersonInvited, person.email.as_str(), facts(&person)).await?;
    Ok(person)
}

/// Whether letters are sent, so that who is invited gets the link by mail and by mail only.
#[must_use]
pub fn writes(context: &Context) -> bool {
    context.sends_letters()
}

/// How somebody gets a one-time link.
#[derive(Debug)]
pub enum Handed {
    /// Shown once, to be handed over.
    Shown(Opaque),
    /// With a letter.
    Sent,
}

/// Another one-time link for somebody who was invited, or who forgot their password: by letter where letters are sent.
pub async fn link(call: &Call, id: PersonId) -> Result<(Person, Handed), Error> {
    administers(&call.caller)?;
    let deed = call.begin().await?;
    let (person, _) = found(&deed, id).await?;
    let (purpose, letter) = match person.standing {
        Standing::Invited => (LinkPurpose::Invitation, Effect::Invite { person: id }),
        Standing::Active => (LinkPurpose::Reset, Effect::Reset { person: id }),
        Standing::Named | Standing::Suspended | Standing::Erased => {
            let message = "only who was invited, or may sign in, gets a link; invite them, or let them in again";
            return Err(Error::Conflict(message.to_owned()));
        }
    };
    let handed = if writes(&call.context) {
        enqueue(&deed, &letter, call.now).await?;
        Handed::Sent
    } else {
        Handed::Shown(issue_link(&call.context, &deed, &person, purpose).await?)
    };
    deed.note(LogAct::LinkMade, person.email.as_str(), json!({})).await?;
    deed.commit(Receipt::Done).await?;
    Ok((person, handed))
}

async fn found(view: &ReadTx, id: PersonId) -> Result<(Person, BTreeSet<String>), Error> {
    let person = view.person(id).await?.ok_or(Error::NotFound)?;
    let groups = view.groups_of(id).await?;
    Ok((person, groups))
}

fn describe(person: Person, described: &Described) -> Person {
    Person {
        name: described.name.clone(),
        credentials: described.credentials.clone(),
        affiliation: described.affiliation.clone(),
        duties: described.duties.clone(),
        ..person
    }
}

/// What is said of a person, as it is kept. What was kept in another way before stays, as long as nobody changes it.
fn taken_in(described: &Described, before: Option<&Person>) -> Result<Described, Error> {
    let line = |field: &str, text: &str, kept: Option<&String>| match text {
        text if kept.is_some_and(|kept| kept == text) => Ok(text.to_owned()),
        text => Line::read(text).map(String::from).map_err(|fault| Error::text(field, fault)),
    };
    let name = line("name", &described.name, before.map(|person| &person.name))?;
    if name.is_empty() {
        return Err(Error::field("name", "missing", "enter the name as it should be printed"));
    }
    let credentials = line("credentials", &described.credentials, before.map(|person| &person.credentials))?;
    let affiliation = line("affiliation", &described.affiliation, before.map(|person| &person.affiliation))?;
    Ok(Described { name, credentials, affiliation, ..described.clone() })
}

fn facts(person: &Person) -> serde_json::Value {
    json!({
        "name": person.name, "credentials": person.credentials, "affiliation": person.affiliation,
        "standing": person.standing, "duties": person.duties,
    })
}
