//! Groups: their members fill the roles of workflows.

use serde_json::json;

use super::{administers, looks, note};
use crate::{
    access::Caller,
    domain::{PersonId, Standing},
    store::{Group, Person},
    usecase::{Context, Error},
    workflow::definition::Role,
};

/// A group with its members and what workflows need of it.
#[derive(Clone, Debug)]
pub struct Membership {
    /// The group.
    pub group: Group,
    /// Its members, by name.
    pub members: Vec<Person>,
    /// The most members that a current workflow needs: fewer than these raise an alarm.
    pub needed: u32,
}

impl Membership {
    /// Whether somebody could become a member: who may sign in and is none yet.
    #[must_use]
    pub fn could_join(&self, person: &Person) -> bool {
        person.standing == Standing::Active && self.members.iter().all(|member| member.id != person.id)
    }
}

/// All groups of the organisation.
pub async fn groups(context: &Context, caller: &Caller) -> Result<Vec<Membership>, Error> {
    looks(caller)?;
    let view = context.store.view().await?;
    let definitions = context.definitions.all_current(&view).await?;
    let mut found = Vec::new();
    for group in view.groups(caller.organisation).await? {
        let members = view.group_people(caller.organisation, &group.slug).await?;
        let roles = definitions.iter().flat_map(|definition| definition.roles.values());
        let needed = roles
            .filter_map(|role| match role {
                Role::Group { group: slug, at_least } if *slug == group.slug => Some(*at_least),
                Role::Group { .. } | Role::Submitter => None,
            })
            .max()
            .unwrap_or(0);
        found.push(Membership { group, members, needed });
    }
    Ok(found)
}

/// One group.
pub async fn group(context: &Context, caller: &Caller, slug: &str) -> Result<Membership, Error> {
    groups(context, caller).await?.into_iter().find(|found| found.group.slug == slug).ok_or(Error::NotFound)
}

/// Makes somebody a member.
pub async fn join(context: &Context, caller: &Caller, slug: &str, person: PersonId) -> Result<(), Error> {
    change(context, caller, slug, person, Change::Join).await
}

/// Ends a membership; work already taken stays until it is given back.
pub async fn leave(context: &Context, caller: &Caller, slug: &str, person: PersonId) -> Result<(), Error> {
    change(context, caller, slug, person, Change::Leave).await
}

#[derive(Clone, Copy)]
enum Change {
    Join,
    Leave,
}

async fn change(context: &Context, caller: &Caller, slug: &str, id: PersonId, change: Change) -> Result<(), Error> {
    administers(caller)?;
    let tx = context.store.begin().await?;
    tx.group(caller.organisation, slug).await?.ok_or(Error::NotFound)?;
    let person = tx.person(caller.organisation, id).await?.ok_or(Error::NotFound)?;
    let act = match change {
        Change::Join => {
            tx.join(caller.organisation, slug, id).await?;
            "group-joined"
        }
        Change::Leave => {
            tx.leave(caller.organisation, slug, id).await?;
            "group-left"
        }
    };
    note(&tx, caller, context.clock.now(), (act, slug), json!({ "person": person.email })).await?;
    tx.commit().await?;
    Ok(())
}
