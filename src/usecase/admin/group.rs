//! Groups: their members fill the roles of workflows.

use std::collections::BTreeSet;

use serde_json::json;

use super::{
    administers, looks, needed,
    organisation::called,
    staffing::{alarm, shortages},
    while_away::WhileAway,
};
use crate::{
    clock::new_id,
    domain::{GroupId, PersonId, Standing},
    model::{Group, LogAct, Person, Receipt},
    store::{self, Tx},
    usecase::{
        Call, Context, Error,
        submission::{look_at_group, vacate},
    },
    workflow::{Definition, definition::Role},
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
    /// What becomes of the places of a member who is away.
    pub while_away: WhileAway,
    /// What each current workflow needs of it.
    pub needs: Vec<Need>,
}

/// What a workflow needs of a group.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Need {
    /// What people call the workflow.
    pub title: String,
    /// In which role.
    pub role: String,
    /// How many members.
    pub needed: u32,
}

impl Membership {
    /// Whether somebody could become a member: who may sign in and is none yet.
    #[must_use]
    pub fn could_join(&self, person: &Person) -> bool {
        person.standing == Standing::Active && self.members.iter().all(|member| member.id != person.id)
    }

    /// The members who may sign in: they alone count.
    pub fn active(&self) -> impl Iterator<Item = &Person> {
        self.members.iter().filter(|member| member.standing == Standing::Active)
    }
}

/// All groups.
pub async fn groups(call: &Call) -> Result<Vec<Membership>, Error> {
    looks(&call.caller)?;
    let view = call.context.store.view().await?;
    let definitions = call.context.definitions.all_current(&view).await?;
    let waiting = view.waiting_groups().await?;
    let mut found = Vec::new();
    for group in view.groups().await? {
        let members = view.group_people(&group.slug).await?;
        let fills = |role: &Role| matches!(role, Role::Group { group: slug, .. } if *slug == group.slug);
        let needs: Vec<Need> = definitions
            .iter()
            .flat_map(|definition| definition.roles.iter().map(move |(name, role)| (definition, name, role)))
            .filter(|(_, _, role)| fills(role))
            .map(|(definition, name, _)| Need {
                title: definition.title.clone(),
                role: name.clone(),
                needed: needed(definition, name),
            })
            .collect();
        let needed = needs.iter().map(|need| need.needed).max().unwrap_or(0);
        let while_away = if waiting.contains(&group.slug) { WhileAway::Wait } else { WhileAway::PassOn };
        found.push(Membership { group, members, needed, while_away, needs });
    }
    Ok(found)
}

/// Opens the groups that current workflows name and that are not there, with nobody in them: whoever has added a
/// workflow finds its groups on the people's page. Another replica that does so at the same time has done it for us.
pub async fn open_missing(context: &Context) -> Result<(), Error> {
    let tx = context.store.begin().await?;
    let slugs = named(context, &tx).await?;
    if tx.organisation().await?.is_none() {
        return Ok(());
    }
    match open_groups(&tx, &slugs).await {
        Err(store::Error::Duplicate(_)) => return Ok(()),
        opened => opened?,
    }
    tx.commit().await?;
    Ok(())
}

/// The groups that the current workflows fill their roles from.
pub(super) async fn named(context: &Context, tx: &Tx) -> Result<BTreeSet<String>, Error> {
    let definitions = context.definitions.all_current(tx).await?;
    let slugs = definitions.iter().flat_map(|definition| definition.roles.values()).filter_map(|role| match role {
        Role::Group { group, .. } => Some(group.clone()),
        Role::Submitter => None,
    });
    Ok(slugs.collect())
}

/// Opens the groups that a definition names and that are not there: they have to be filled.
pub(in crate::usecase) async fn open_for(tx: &Tx, definition: &Definition) -> Result<(), Error> {
    let slugs = definition.roles.keys().filter_map(|role| definition.group(role)).map(str::to_owned).collect();
    if tx.organisation().await?.is_some() {
        open_groups(tx, &slugs).await?;
    }
    Ok(())
}

/// Opens those of these groups that are not there; the title is made of the id.
pub(super) async fn open_groups(tx: &Tx, slugs: &BTreeSet<String>) -> Result<(), store::Error> {
    let known: BTreeSet<String> = tx.groups().await?.into_iter().map(|group| group.slug).collect();
    for slug in slugs.difference(&known) {
        let group = Group { id: GroupId(new_id()), slug: slug.clone(), title: titled(slug) };
        tx.add_group(&group).await?;
    }
    Ok(())
}

/// `self-study-assessors` as `Self study assessors`.
fn titled(slug: &str) -> String {
    let words = slug.replace('-', " ");
    let mut letters = words.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// One group.
pub async fn group(call: &Call, slug: &str) -> Result<Membership, Error> {
    groups(call).await?.into_iter().find(|found| found.group.slug == slug).ok_or(Error::NotFound)
}

/// Makes somebody a member.
pub async fn join(call: &Call, slug: &str, person: PersonId) -> Result<(), Error> {
    change(call, slug, person, Change::Join).await
}

/// Ends a membership; places that the person may not fill any more are free at once.
pub async fn leave(call: &Call, slug: &str, person: PersonId) -> Result<(), Error> {
    change(call, slug, person, Change::Leave).await
}

/// Calls a group something else; its id, by which workflows name it, stays.
pub async fn rename(call: &Call, slug: &str, title: &str) -> Result<(), Error> {
    administers(&call.caller)?;
    let title = called("title", title, 100)?;
    let deed = call.begin().await?;
    let group = deed.group(slug).await?.ok_or(Error::NotFound)?;
    if group.title != title {
        let detail = json!({ "before": group.title, "after": title });
        deed.save_group(&Group { title, ..group }).await?;
        deed.note(LogAct::GroupRenamed, slug, detail).await?;
    }
    deed.commit(Receipt::Done).await?;
    Ok(())
}

/// Removes a group that no workflow needs: neither an active one nor an older version that something open follows.
pub async fn remove(call: &Call, slug: &str) -> Result<(), Error> {
    administers(&call.caller)?;
    let deed = call.begin().await?;
    let group = deed.group(slug).await?.ok_or(Error::NotFound)?;
    let mut definitions = call.context.definitions.all_current(&deed).await?;
    for hash in deed.definitions_in_use().await? {
        definitions.push(call.context.definitions.pinned(&deed, &hash).await?);
    }
    let fills = |role: &Role| matches!(role, Role::Group { group, .. } if group == slug);
    for definition in definitions {
        if let Some((role, _)) = definition.roles.iter().find(|(_, role)| fills(role)) {
            return Err(Error::Conflict(format!(
                "'{}' fills the role '{role}' of the workflow '{}' ({}), so nobody could take its steps: change the \
                 workflow first, and take over what is open in it",
                group.title, definition.title, definition.workflow
            )));
        }
    }
    deed.remove_group(slug).await?;
    deed.note(LogAct::GroupRemoved, slug, json!({ "title": group.title })).await?;
    deed.commit(Receipt::Done).await?;
    Ok(())
}

#[derive(Clone, Copy)]
enum Change {
    Join,
    Leave,
}

async fn change(call: &Call, slug: &str, id: PersonId, change: Change) -> Result<(), Error> {
    administers(&call.caller)?;
    let deed = call.begin().await?;
    deed.group(slug).await?.ok_or(Error::NotFound)?;
    let person = deed.person(id).await?.ok_or(Error::NotFound)?;
    let before = shortages(&call.context, &deed).await?;
    let act = match change {
        Change::Join => {
            deed.join(slug, id).await?;
            LogAct::GroupJoined
        }
        Change::Leave => {
            deed.leave(slug, id).await?;
            vacate(&deed, &call.context, id).await?;
            LogAct::GroupLeft
        }
    };
    look_at_group(&deed, &call.context, slug).await?;
    let now = call.now;
    alarm(&call.context, &deed, &before, now).await?;
    deed.note(act, slug, json!({ "person": person.email })).await?;
    deed.commit(Receipt::Done).await?;
    Ok(())
}
