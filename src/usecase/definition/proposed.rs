//! What one administrator proposed and another one has to look at: versions of workflows, and migrations.

use jiff::Timestamp;
use uuid::Uuid;

use super::{
    names,
    second_approval::{Administrators, Matter, waits_for},
};
use crate::{
    domain::{Duty, PersonId},
    store::ReadTx,
    usecase::{
        Call, Context, Error,
        admin::administers,
        letter::{self, Alarm},
    },
};

/// Something that waits for a second administrator.
#[derive(Clone, Debug)]
pub struct Proposal {
    /// The workflow's id.
    pub workflow: String,
    /// What people call it.
    pub title: String,
    /// What is to be looked at.
    pub what: Proposed,
    /// Who proposed it.
    pub by: PersonId,
    /// What they are called.
    pub name: String,
    /// When.
    pub at: Timestamp,
    /// The version that is left, where submissions go over to another one.
    from: Option<String>,
}

impl Proposal {
    fn matter(&self) -> Matter<'_> {
        self.from.as_deref().map_or(Matter::Version, |from| Matter::Migration { from })
    }
}

/// What was proposed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Proposed {
    /// A version, by its hash.
    Version(String),
    /// A migration, by the id of its plan.
    Migration(Uuid),
}

/// What waits for the caller, the longest waiting first.
pub async fn proposals(call: &Call) -> Result<Vec<Proposal>, Error> {
    administers(&call.caller)?;
    let view = call.context.store.view().await?;
    let mut found = Vec::new();
    for proposal in all(&view, &call.context).await? {
        if waits_for(&view, call, proposal.matter(), proposal.by).await? {
            found.push(proposal);
        }
    }
    found.sort_by_key(|proposal| proposal.at);
    Ok(found)
}

/// One that still waits, with the administrators who have to hear of it: those who may put it into force.
pub async fn proposed(context: &Context, what: &Proposed) -> Result<Option<Alarm<Proposal>>, Error> {
    let view = context.store.view().await?;
    let found = all(&view, context).await?.into_iter().find(|proposal| proposal.what == *what);
    let Some(proposal) = found else { return Ok(None) };
    let now = context.clock.now();
    let may = Administrators::at(&view, now, proposal.matter()).await?.independent_of(proposal.by);
    let alarm = letter::alarm(&view, &[Duty::Administrator], proposal).await?;
    Ok(alarm.map(|mut alarm| {
        alarm.people.retain(|person| may.contains(&person.id));
        alarm
    }))
}

/// Of each workflow the last version that nobody activated, and the last plan that nobody carried out: what was proposed
/// before was overtaken.
async fn all(view: &ReadTx, context: &Context) -> Result<Vec<Proposal>, Error> {
    let mut found: Vec<Proposal> = Vec::new();
    for workflow in view.workflows().await? {
        let active = view.current_definition(&workflow).await?.map(|active| active.hash);
        let proposal = |what, by, at| Proposal {
            workflow: workflow.clone(),
            title: String::new(),
            what,
            by,
            name: String::new(),
            at,
            from: None,
        };
        if let Some((hash, by, at)) = view.last_proposed(&workflow).await? {
            let title = context.definitions.pinned(view, &hash).await?.title.clone();
            found.push(Proposal { title, ..proposal(Proposed::Version(hash), by, at) });
        }
        if let Some(plan) = view.last_migration_plan(&workflow).await?
            && plan.run.is_none()
            && active.as_deref() == Some(plan.to.as_str())
        {
            let title = context.definitions.pinned(view, &plan.to).await?.title.clone();
            let proposal = proposal(Proposed::Migration(plan.id), plan.proposed_by, plan.proposed_at);
            found.push(Proposal { title, from: Some(plan.from), ..proposal });
        }
    }
    let people = names(view, found.iter().map(|proposal| proposal.by)).await?;
    for proposal in &mut found {
        proposal.name = people.get(&proposal.by).map(|person| person.name.clone()).unwrap_or_default();
    }
    Ok(found)
}
