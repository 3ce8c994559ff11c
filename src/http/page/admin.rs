//! Administration: people, groups, the organisation.

use std::collections::BTreeSet;

use axum::http::HeaderMap;

use super::context::{Answer, SignedInPage};
use crate::{
    domain::{PersonId, Standing},
    http::{
        input::{Path, Query},
        own_address::own_address,
    },
    model::Person,
    present::{
        admin::{group, groups, invitation, invite_several, link, organisation, people, person},
        done::{Deed, Done},
        form::{Entered, data::FormData},
        path,
    },
    usecase::{
        Error,
        admin::{self, Described, Handed, Invitation, Listed, WhileAway},
    },
};

/// The title of the page for several invitations.
const SEVERAL: &str = "Invite several people";

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
    let page = invitation::of(&groups, reader.page_context.letters(), &Entered::default());
    reader.page_context.show("Invite somebody", page).await
}

pub(super) async fn invite(reader: SignedInPage, headers: HeaderMap, typed: FormData) -> Answer {
    let invitation = Invitation {
        email: typed.text("email"),
        described: described(&typed),
        groups: typed.all("groups").map(str::to_owned).collect(),
    };
    match admin::invite(&reader.call, &invitation).await {
        Ok(invited) => {
            let again = !admin::namesakes(&reader.call, &invited.person).await?.is_empty();
            if again && matches!(invited.handed, Handed::Sent) {
                return Ok(reader.page_context.go(&format!("/people/{}", invited.person.id), Some(Done::Invited)));
            }
            told(&reader, &headers, vec![(invited.person, invited.handed)], Done::Invited.into()).await
        }
        Err(error) => {
            let groups = admin::groups(&reader.call).await?;
            let letters = reader.page_context.letters();
            let page = |entered: &Entered| invitation::of(&groups, letters, entered);
            reader.page_context.refuse("Invite somebody", typed, error, page).await
        }
    }
}

/// The form of a list of invitations.
pub(super) async fn several(reader: SignedInPage) -> Answer {
    admin::administers(&reader.call.caller)?;
    let groups = admin::groups(&reader.call).await?;
    let page = invite_several::of(&groups, reader.page_context.letters(), &[], &Entered::default());
    reader.page_context.show(SEVERAL, page).await
}

/// Shows what a list of invitations was understood as; sends them once that was looked at.
pub(super) async fn invite_several(reader: SignedInPage, headers: HeaderMap, typed: FormData) -> Answer {
    let list = typed.raw("people").unwrap_or_default();
    let looked_at = typed.raw("looked_at").is_some_and(|looked_at| looked_at.lines().eq(list.lines()));
    if typed.get("then") != Some("invite") || !looked_at {
        return match admin::look_at(&reader.call, list).await {
            Ok(listed) => again(&reader, &listed, typed, None).await,
            Err(error) => again(&reader, &[], typed, Some(error)).await,
        };
    }
    let groups: BTreeSet<String> = typed.all("groups").map(str::to_owned).collect();
    match admin::invite_several(&reader.call, list, &groups).await {
        Ok((invited, _)) if !invited.is_empty() => {
            let deed = Deed::with(Done::InvitedSeveral, invited.len().to_string());
            let people = invited.into_iter().map(|invited| (invited.person, invited.handed)).collect();
            told(&reader, &headers, people, deed).await
        }
        Ok((_, wrong)) => again(&reader, &wrong, typed, None).await,
        Err(error) => again(&reader, &[], typed, Some(error)).await,
    }
}

async fn again(reader: &SignedInPage, listed: &[Listed], typed: FormData, error: Option<Error>) -> Answer {
    let groups = admin::groups(&reader.call).await?;
    let letters = reader.page_context.letters();
    let page = |entered: &Entered| invite_several::of(&groups, letters, listed, entered);
    match error {
        Some(error) => reader.page_context.refuse(SEVERAL, typed, error, page).await,
        None => reader.page_context.show(SEVERAL, page(&typed.into())).await,
    }
}

/// Goes on to the people where letters are sent; where none are, shows the links, here and never again: nothing is redirected.
async fn told(reader: &SignedInPage, headers: &HeaderMap, people: Vec<(Person, Handed)>, deed: Deed) -> Answer {
    let shown = people.into_iter().filter_map(|(person, handed)| match handed {
        Handed::Shown(secret) => Some((person, secret.text())),
        Handed::Sent => None,
    });
    let shown: Vec<(Person, String)> = shown.collect();
    if shown.is_empty() {
        return Ok(reader.page_context.land("/people", &deed));
    }
    let site = own_address(&reader.call.context.config, headers);
    let page = link::of(&shown, &site);
    let heading = page.heading.clone();
    reader.page_context.show(&heading, page).await
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
        let page = person::asking(page, &admin::namesakes(&reader.call, &person).await?);
        person::offering_link(page, &person, reader.page_context.letters())
    } else {
        person::told(&person, &groups, &reader.call.caller)
    };
    reader.page_context.show(&person.name, page).await
}

/// Gives somebody a one-time link.
pub(super) async fn link(reader: SignedInPage, Path(id): Path<uuid::Uuid>, headers: HeaderMap) -> Answer {
    let (person, handed) = admin::link(&reader.call, PersonId(id)).await?;
    match handed {
        Handed::Sent => Ok(reader.page_context.go(&format!("/people/{id}"), Some(Done::LinkSent))),
        shown @ Handed::Shown(_) => told(&reader, &headers, vec![(person, shown)], Done::LinkSent.into()).await,
    }
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

/// Makes somebody a member who was chosen of those who fit what was typed; before that it shows who they are.
pub(super) async fn join(reader: SignedInPage, Path(slug): Path<String>, typed: FormData) -> Answer {
    admin::administers(&reader.call.caller)?;
    let found = admin::group(&reader.call, &slug).await?;
    let mut fitting = Vec::new();
    if let Some(search) = typed.get("who") {
        fitting = admin::people(&reader.call, search, None).await?.rows;
        fitting.retain(|person| found.could_join(person));
    }
    let joined = match (typed.text("person").parse(), fitting.as_slice()) {
        (Ok(person), _) => admin::join(&reader.call, &slug, person).await,
        (Err(_), []) if typed.get("who").is_none() => {
            Err(Error::field("who", "missing", "enter part of the name, or the e-mail address"))
        }
        (Err(_), []) => Err(Error::field(
            "who",
            "unknown",
            "nobody fits who may sign in and is not a member yet; enter part of the name, or the e-mail address",
        )),
        (Err(_), _) => {
            let page = group::of(&found, &fitting, &reader.call.caller, &typed.into());
            return reader.page_context.show(&found.group.title, page).await;
        }
    };
    match joined {
        Ok(()) => Ok(reader.page_context.go(&address(&slug), Some(Done::Joined))),
        Err(error) => {
            let page = |entered: &Entered| group::of(&found, &fitting, &reader.call.caller, entered);
            reader.page_context.refuse(&found.group.title, typed, error, page).await
        }
    }
}

/// Who would leave, and what would be left.
pub(super) async fn leaving(reader: SignedInPage, Path((slug, person)): Path<(String, uuid::Uuid)>) -> Answer {
    admin::administers(&reader.call.caller)?;
    let found = admin::group(&reader.call, &slug).await?;
    let person = found.members.iter().find(|member| member.id == PersonId(person)).ok_or(Error::NotFound)?;
    reader.page_context.show(&found.group.title, group::leaving(&found, person)).await
}

pub(super) async fn leave(reader: SignedInPage, Path((slug, person)): Path<(String, uuid::Uuid)>) -> Answer {
    admin::leave(&reader.call, &slug, PersonId(person)).await?;
    Ok(reader.page_context.go(&address(&slug), Some(Done::Left)))
}

/// What a group is to be called.
pub(super) async fn name(reader: SignedInPage, Path(slug): Path<String>) -> Answer {
    admin::administers(&reader.call.caller)?;
    let found = admin::group(&reader.call, &slug).await?;
    let typed = FormData(vec![("title".to_owned(), found.group.title.clone())]);
    reader.page_context.show(&found.group.title, group::name(&found, &typed.into())).await
}

pub(super) async fn rename(reader: SignedInPage, Path(slug): Path<String>, typed: FormData) -> Answer {
    match admin::rename(&reader.call, &slug, &typed.text("title")).await {
        Ok(()) => Ok(reader.page_context.go(&address(&slug), Some(Done::Saved))),
        Err(error) => {
            let found = admin::group(&reader.call, &slug).await?;
            let page = |entered: &Entered| group::name(&found, entered);
            reader.page_context.refuse(&found.group.title, typed, error, page).await
        }
    }
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
    let rule = organisation::second_factor(&typed, changed.second_factor);
    let saved = match organisation::look_back(&typed, changed.look_back).and_then(|days| Ok((days, rule?))) {
        Ok((look_back, rule)) => {
            changed.look_back = look_back;
            changed.second_factor = rule;
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
