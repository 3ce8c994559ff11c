//! Administration: people, groups, the organisation.

use axum::http::{HeaderMap, header};

use super::context::{Answer, SignedInPage};
use crate::{
    config::PublicUrl,
    domain::{PersonId, Standing},
    http::input::{Path, Query},
    present::{
        admin::{Letters, group, groups, invitation, link, organisation, people, person},
        done::Done,
        form::{Entered, data::FormData},
        path,
    },
    usecase::{
        Error,
        admin::{self, Described, Handed, Invitation, WhileAway},
    },
};

pub(super) async fn people(reader: SignedInPage, Query(asked): Query<Vec<(String, String)>>) -> Answer {
    let asked = FormData(asked);
    let search = asked.text("search");
    let page = admin::people(&reader.call, &search, asked.get("cursor")).await?;
    let groups = admin::groups(&reader.call).await?;
    reader.page_context.show("People", people::of(&page, &groups, &search, &reader.call.caller)).await
}

/// The form of an invitation.
pub(super) async fn invitation(reader: SignedInPage) -> Answer {
    admin::administers(&reader.call.caller)?;
    let groups = admin::groups(&reader.call).await?;
    let page = invitation::of(&groups, letters(&reader), &Entered::default());
    reader.page_context.show("Invite somebody", page).await
}

pub(super) async fn invite(reader: SignedInPage, typed: FormData) -> Answer {
    let invitation = Invitation {
        email: typed.text("email"),
        described: described(&typed),
        groups: typed.all("groups").map(str::to_owned).collect(),
    };
    match admin::invite(&reader.call, &invitation).await {
        Ok(_) if letters(&reader) == Letters::Sent => Ok(reader.page_context.go("/people", Some(Done::Invited))),
        Ok(invited) => Ok(reader.page_context.go(&format!("/people/{}", invited.person.id), Some(Done::InvitedByHand))),
        Err(error) => {
            let groups = admin::groups(&reader.call).await?;
            let letters = letters(&reader);
            let page = |entered: &Entered| invitation::of(&groups, letters, entered);
            reader.page_context.refuse("Invite somebody", typed, error, page).await
        }
    }
}

pub(super) async fn person(reader: SignedInPage, Path(id): Path<uuid::Uuid>) -> Answer {
    let (person, _) = admin::person(&reader.call, PersonId(id)).await?;
    let groups = admin::groups(&reader.call).await?;
    let administers = admin::administers(&reader.call.caller).is_ok();
    if administers && person.standing == Standing::Erased {
        return Ok(reader.page_context.go(&format!("/people/{id}/erase"), None));
    }
    let page = if administers {
        let page = person::of(&person, &groups, &person::typed(&person).into());
        person::offering_link(page, &person, letters(&reader))
    } else {
        person::told(&person, &groups)
    };
    reader.page_context.show(&person.name, page).await
}

/// Gives somebody a one-time link. Where it is not sent, it is shown here and never again, so nothing is redirected.
pub(super) async fn link(reader: SignedInPage, Path(id): Path<uuid::Uuid>, headers: HeaderMap) -> Answer {
    let (person, handed) = admin::link(&reader.call, PersonId(id)).await?;
    let Handed::Shown(secret) = handed else {
        return Ok(reader.page_context.go(&format!("/people/{id}"), Some(Done::LinkSent)));
    };
    let public = reader.call.context.config.public_url.as_ref().map(PublicUrl::origin);
    let asked = headers.get(header::ORIGIN).and_then(|origin| origin.to_str().ok()).map(str::to_owned);
    let url = format!("{}/welcome/{}", public.or(asked).unwrap_or_default(), secret.text());
    reader.page_context.show(&person.name, link::of(&person, &url)).await
}

fn letters(reader: &SignedInPage) -> Letters {
    if admin::writes(&reader.call.context) { Letters::Sent } else { Letters::Kept }
}

pub(super) async fn edit(reader: SignedInPage, Path(id): Path<uuid::Uuid>, typed: FormData) -> Answer {
    match admin::edit(&reader.call, PersonId(id), typed.version()?, &described(&typed)).await {
        Ok(_) => Ok(reader.page_context.go("/people", Some(Done::Saved))),
        Err(error) => {
            let groups = admin::groups(&reader.call).await?;
            let (person, _) = admin::person(&reader.call, PersonId(id)).await?;
            reader
                .page_context
                .refuse(&person.name, typed, error, |entered| person::of(&person, &groups, entered))
                .await
        }
    }
}

fn described(typed: &FormData) -> Described {
    Described {
        name: typed.text("name"),
        credentials: typed.text("credentials"),
        affiliation: typed.text("affiliation"),
        duties: person::duties(typed),
        standing: person::standing(typed),
    }
}

pub(super) async fn groups(reader: SignedInPage) -> Answer {
    let groups = admin::groups(&reader.call).await?;
    reader.page_context.show("Groups", groups::of(&groups)).await
}

pub(super) async fn group(reader: SignedInPage, Path(slug): Path<String>) -> Answer {
    let found = admin::group(&reader.call, &slug).await?;
    let page = group::of(&found, &[], &reader.call.caller, &Entered::default());
    reader.page_context.show(&found.group.title, page).await
}

/// Makes somebody a member: whoever is the only one that fits what was typed, or was chosen of those who do.
pub(super) async fn join(reader: SignedInPage, Path(slug): Path<String>, typed: FormData) -> Answer {
    admin::administers(&reader.call.caller)?;
    let found = admin::group(&reader.call, &slug).await?;
    let mut fitting = Vec::new();
    if let Some(search) = typed.get("who") {
        fitting = admin::people(&reader.call, search, None).await?.rows;
        fitting.retain(|person| found.could_join(person));
    }
    let chosen = match (typed.text("person").parse(), fitting.as_slice()) {
        (Ok(person), _) => Ok(person),
        (Err(_), [only]) => Ok(only.id),
        (Err(_), []) if typed.get("who").is_none() => {
            Err(Error::field("who", "missing", "enter part of the name, or the e-mail address"))
        }
        (Err(_), []) => Err(Error::field(
            "who",
            "unknown",
            "nobody fits who may sign in and is not a member yet; enter part of the name, or the e-mail address",
        )),
        (Err(_), _) => Err(Error::field("person", "several", "several people fit; choose one")),
    };
    let joined = match chosen {
        Ok(person) => admin::join(&reader.call, &slug, person).await,
        Err(error) => Err(error),
    };
    match joined {
        Ok(()) => Ok(reader.page_context.go(&address(&slug), Some(Done::Saved))),
        Err(error) => {
            let page = |entered: &Entered| group::of(&found, &fitting, &reader.call.caller, entered);
            reader.page_context.refuse(&found.group.title, typed, error, page).await
        }
    }
}

pub(super) async fn leave(reader: SignedInPage, Path((slug, person)): Path<(String, uuid::Uuid)>) -> Answer {
    admin::leave(&reader.call, &slug, PersonId(person)).await?;
    Ok(reader.page_context.go(&address(&slug), Some(Done::Saved)))
}

pub(super) async fn have_places_wait(reader: SignedInPage, Path(slug): Path<String>) -> Answer {
    admin::set_while_away(&reader.call, &slug, WhileAway::Wait).await?;
    Ok(reader.page_context.go(&address(&slug), Some(Done::Saved)))
}

pub(super) async fn have_places_pass_on(reader: SignedInPage, Path(slug): Path<String>) -> Answer {
    admin::set_while_away(&reader.call, &slug, WhileAway::PassOn).await?;
    Ok(reader.page_context.go(&address(&slug), Some(Done::Saved)))
}

fn address(slug: &str) -> String {
    format!("/groups/{}", path::encoded(slug))
}

pub(super) async fn organisation(reader: SignedInPage) -> Answer {
    let kept = admin::organisation(&reader.call.context).await?;
    let page = if admin::administers(&reader.call.caller).is_ok() {
        organisation::of(&kept, &organisation::typed(&kept).into())
    } else {
        organisation::told(&kept)
    };
    reader.page_context.show("Organisation", page).await
}

pub(super) async fn change(reader: SignedInPage, typed: FormData) -> Answer {
    let mut changed = admin::organisation(&reader.call.context).await?;
    changed.name = typed.text("name");
    changed.short = typed.text("short");
    changed.time_zone = typed.text("time_zone");
    changed.calendar = organisation::calendar(&typed, changed.calendar);
    let saved = match organisation::look_back(&typed, changed.look_back) {
        Ok(look_back) => {
            changed.look_back = look_back;
            admin::change(&reader.call, typed.version()?, &changed).await
        }
        Err(error) => Err(error),
    };
    match saved {
        Ok(_) => Ok(reader.page_context.go("/organisation", Some(Done::Saved))),
        Err(error) => {
            let kept = admin::organisation(&reader.call.context).await?;
            let page = |entered: &Entered| organisation::of(&kept, entered);
            reader.page_context.refuse("Organisation", typed, error, page).await
        }
    }
}
