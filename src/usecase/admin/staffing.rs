//! Whether the groups have the members that workflows count on.

use std::collections::{BTreeMap, BTreeSet};

use jiff::{Timestamp, civil::Date};

use super::looks;
use crate::{
    domain::{Duty, Effect},
    store::{ReadTx, Tx},
    usecase::{
        Call, Context, Error, absent, enqueue,
        letter::{self, Alarm},
        organisation,
    },
    workflow::{Definition, definition::Role},
};

/// A role of an active workflow whose group is too small.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shortage {
    /// The workflow's id.
    pub workflow: String,
    /// What people call it.
    pub title: String,
    /// The role.
    pub role: String,
    /// The group that fills it.
    pub group: String,
    /// Its active members.
    pub members: usize,
    /// How many the workflow counts on.
    pub needed: u32,
}

/// How many members a workflow counts on in a role of a group.
#[must_use]
pub fn needed(definition: &Definition, role: &str) -> u32 {
    match definition.roles.get(role) {
        Some(Role::Group { at_least, .. }) => *at_least,
        Some(Role::Submitter) | None => 0,
    }
}

/// The roles of active workflows that lack people, by workflow and role.
pub async fn shortages(context: &Context, view: &ReadTx) -> Result<Vec<Shortage>, Error> {
    if view.organisation().await?.is_none() {
        return Ok(Vec::new());
    }
    let (_, calendar) = organisation(view).await?;
    shortages_on(context, view, calendar.date(context.clock.now())).await
}

/// The same with those who are away on another day than today.
pub(in crate::usecase) async fn shortages_on(
    context: &Context,
    view: &ReadTx,
    day: Date,
) -> Result<Vec<Shortage>, Error> {
    let definitions = context.definitions.all_current(view).await?;
    let mut wanted = Vec::new();
    for definition in &definitions {
        for (role, filled) in &definition.roles {
            if let Role::Group { group, .. } = filled {
                wanted.push((definition, role, group));
            }
        }
    }
    let groups: Vec<String> = wanted.iter().map(|(_, _, group)| (*group).clone()).collect();
    let mut members: BTreeMap<_, _> = view.members(&groups).await?;
    let absent = absent(view, &members.values().flatten().copied().collect(), day).await?;
    for (slug, members) in &mut members {
        members.retain(|person| absent.passes_on(slug, *person).is_none());
    }
    let short = wanted.into_iter().filter_map(|(definition, role, group)| {
        let members = members.get(group).map_or(0, BTreeSet::len);
        let needed = needed(definition, role);
        (u32::try_from(members).unwrap_or(u32::MAX) < needed).then(|| Shortage {
            workflow: definition.workflow.clone(),
            title: definition.title.clone(),
            role: role.clone(),
            group: group.clone(),
            members,
            needed,
        })
    });
    Ok(short.collect())
}

/// The same for whoever may look at the house.
pub async fn lacking(call: &Call) -> Result<Vec<Shortage>, Error> {
    looks(&call.caller)?;
    shortages(&call.context, &call.context.store.view().await?).await
}

/// The workflows and roles that lack people, in a few words each.
pub async fn all_shortages(context: &Context) -> Result<Vec<String>, Error> {
    let view = context.store.view().await?;
    let Some(organisation) = view.organisation().await? else { return Ok(Vec::new()) };
    let told = |Shortage { workflow, role, members, needed, .. }: Shortage| {
        format!("{workflow}: {members} of {needed} as {role} at {}", organisation.short)
    };
    Ok(shortages(context, &view).await?.into_iter().map(told).collect())
}

/// Leaves an alarm for each role that lacks people and did not before.
pub(in crate::usecase) async fn alarm(
    context: &Context,
    tx: &Tx,
    before: &[Shortage],
    at: Timestamp,
) -> Result<(), Error> {
    let same = |one: &Shortage, other: &Shortage| one.workflow == other.workflow && one.role == other.role;
    for short in shortages(context, tx).await? {
        if !before.iter().any(|known| same(known, &short)) {
            let (workflow, role) = (short.workflow, short.role);
            enqueue(tx, &Effect::Understaffed { workflow, role, at }, at).await?;
        }
    }
    Ok(())
}

/// An alarm that still holds, with the administrators who have to hear of it.
pub async fn alarmed(context: &Context, workflow: &str, role: &str) -> Result<Option<Alarm<Shortage>>, Error> {
    let view = context.store.view().await?;
    let short = shortages(context, &view).await?;
    let Some(short) = short.into_iter().find(|short| short.workflow == workflow && short.role == role) else {
        return Ok(None);
    };
    letter::alarm(&view, &[Duty::Administrator], short).await
}
