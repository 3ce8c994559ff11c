//! The workflows of the house: which version is active, which are there beside it, and what is open in each.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use super::{
    check::without_meeting,
    names,
    prove::Proved,
    status::{Status, status},
};
use crate::{
    domain::PersonId,
    model::{Activation, DraftDefinition, OpenCount, Person, StoredDefinition},
    store::ReadTx,
    usecase::{Call, Context, Error, admin::looks},
    workflow::{Definition, Difference, Fault, difference},
};

/// A workflow with everything that is known of its versions.
#[derive(Clone, Debug)]
pub struct Workflow {
    /// Its id.
    pub id: String,
    /// The version that new submissions follow; none for a workflow that is only proposed or drafted.
    pub active: Option<Arc<Definition>>,
    /// All versions, the last first.
    pub versions: Vec<Version>,
    /// Every activation, the last first.
    pub activations: Vec<Activation>,
    /// The draft, if there is one.
    pub draft: Option<DraftDefinition>,
    /// The open submissions by version and state.
    pub open: Vec<OpenCount>,
    /// Who appears above.
    pub people: BTreeMap<PersonId, Person>,
}

/// One version of a workflow.
#[derive(Clone, Debug)]
pub struct Version {
    /// The version as it is stored.
    pub stored: StoredDefinition,
    /// Where it stands.
    pub status: Status,
    /// What still keeps a checked one from being activated: meetings that no calendar has.
    pub lacking: Vec<Fault>,
    /// How it stands with the checker.
    pub proved: Proved,
}

/// All workflows that are active, proposed or drafted, by id.
pub async fn workflows(call: &Call) -> Result<Vec<Workflow>, Error> {
    looks(&call.caller)?;
    let view = call.context.store.view().await?;
    let mut ids: BTreeSet<String> = view.workflows().await?;
    ids.extend(view.draft_definitions().await?.into_iter().map(|draft| draft.workflow));
    let (open, used) = (view.open_counts().await?, view.definitions_in_use().await?);
    let mut found = Vec::new();
    for id in ids {
        found.push(gather(&view, &call.context, id, &open, &used).await?);
    }
    Ok(found)
}

/// One workflow.
pub async fn workflow(call: &Call, id: &str) -> Result<Workflow, Error> {
    looks(&call.caller)?;
    let view = call.context.store.view().await?;
    let (open, used) = (view.open_counts().await?, view.definitions_in_use().await?);
    let found = gather(&view, &call.context, id.to_owned(), &open, &used).await?;
    if found.versions.is_empty() && found.draft.is_none() { Err(Error::NotFound) } else { Ok(found) }
}

async fn gather(
    view: &ReadTx,
    context: &Context,
    id: String,
    open: &[OpenCount],
    used: &BTreeSet<String>,
) -> Result<Workflow, Error> {
    let active = match view.current_definition(&id).await? {
        Some(active) => Some(context.definitions.pinned(view, &active.hash).await?),
        None => None,
    };
    let activations = view.activations(&id).await?;
    let proofs = view.proofs().await?;
    let hash = active.as_ref().map(|active| active.hash.as_str());
    let mut versions = Vec::new();
    for stored in view.definitions(&id).await? {
        let status = status(&stored, hash, &activations, used);
        let lacking = if status == Status::Checked {
            let definition = context.definitions.pinned(view, &stored.hash).await?;
            without_meeting(context, view, &stored.source, &definition).await?
        } else {
            Vec::new()
        };
        versions.push(Version { proved: Proved::by(proofs.get(&stored.hash)), stored, status, lacking });
    }
    let draft = view.draft_definition(&id).await?;
    let proposers = versions.iter().filter_map(|version| version.stored.proposed_by);
    let activators = activations.iter().filter_map(|activation| activation.activated_by);
    let persons = proposers.chain(activators).chain(draft.iter().map(|draft| draft.edited_by));
    let people = names(view, persons).await?;
    let open = open.iter().filter(|count| count.workflow == id).cloned().collect();
    Ok(Workflow { id, active, versions, activations, draft, open, people })
}

/// One version with its text.
pub async fn version(call: &Call, id: &str, hash: &str) -> Result<Version, Error> {
    let found = workflow(call, id).await?;
    found.versions.into_iter().find(|version| version.stored.hash == hash).ok_or(Error::NotFound)
}

/// Two versions side by side.
#[derive(Clone, Debug)]
pub struct Compared {
    /// The older one.
    pub from: Arc<Definition>,
    /// The other one.
    pub to: Arc<Definition>,
    /// What changed.
    pub differences: Vec<Difference>,
}

/// What changed from one version, or the active one where none is named, to another.
pub async fn compare(call: &Call, id: &str, from: Option<&str>, to: &str) -> Result<Compared, Error> {
    looks(&call.caller)?;
    let view = call.context.store.view().await?;
    let from = match from {
        Some(from) => known(&view, &call.context, id, from).await?,
        None => call.context.definitions.current(&view, id).await?,
    };
    let to = known(&view, &call.context, id, to).await?;
    let differences = difference(&from, &to);
    Ok(Compared { from, to, differences })
}

/// A version of a workflow, parsed.
pub(super) async fn known(view: &ReadTx, context: &Context, id: &str, hash: &str) -> Result<Arc<Definition>, Error> {
    let found = view.definition(hash).await?.filter(|found| found.workflow == id);
    found.ok_or(Error::NotFound)?;
    context.definitions.pinned(view, hash).await
}
