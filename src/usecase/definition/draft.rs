//! The draft of a workflow: a text that may be broken until it is proposed.

use serde_json::json;

use super::check::{MOST_BYTES, examine};
use crate::{
    domain::{Effect, PersonId},
    model::{DraftDefinition, LogAct, Proof, Receipt, StoredDefinition},
    store::ReadTx,
    usecase::{
        Call, Context, Error,
        admin::{administers, looks},
        enqueue,
    },
    workflow::{CHECKER, Definition},
};

use jiff::Timestamp;

/// The text to go on from.
#[derive(Clone, Debug)]
pub struct Draft {
    /// The text: the draft, or the active version where there is none.
    pub source: String,
    /// Number of saves; 0 where there is no draft.
    pub version: u64,
    /// Who saved it last, and when.
    pub edited: Option<(PersonId, Timestamp)>,
}

/// The draft of a workflow; where there is none, the active version's text to begin with.
pub async fn draft(call: &Call, workflow: &str) -> Result<Draft, Error> {
    looks(&call.caller)?;
    let view = call.context.store.view().await?;
    if let Some(draft) = view.draft_definition(workflow).await? {
        let edited = Some((draft.edited_by, draft.edited_at));
        return Ok(Draft { source: draft.source, version: draft.version, edited });
    }
    let active = view.current_definition(workflow).await?.ok_or(Error::NotFound)?;
    Ok(Draft { source: active.source, version: 0, edited: None })
}

/// Saves a text, broken or not, over the version that the caller looked at (0: none); gives the new version.
pub async fn save(call: &Call, workflow: &str, source: &str, seen: u64) -> Result<u64, Error> {
    administers(&call.caller)?;
    if source.len() > MOST_BYTES {
        return Err(Error::TooLarge { limit: MOST_BYTES.try_into().unwrap_or(u64::MAX) });
    }
    if !is_id(workflow) {
        let message = "use small letters, digits and hyphens, beginning with a letter";
        return Err(Error::field("id", "text", message));
    }
    // Neither database keeps it the same way, and no YAML has it.
    if source.contains('\0') {
        return Err(Error::field("source", "characters", "take the null character out; typing the text again does it"));
    }
    let draft = DraftDefinition {
        workflow: workflow.to_owned(),
        source: source.to_owned(),
        version: seen,
        edited_by: call.caller.person,
        edited_at: call.now,
    };
    let deed = call.begin().await?;
    let version = deed.save_draft_definition(&draft, seen).await?;
    deed.commit(Receipt::Done).await?;
    Ok(version)
}

/// Proposes the draft: a sound text becomes a version that another administrator can activate.
pub async fn propose(call: &Call, workflow: &str, seen: Option<u64>) -> Result<StoredDefinition, Error> {
    administers(&call.caller)?;
    let draft = call.context.store.view().await?.draft_definition(workflow).await?.ok_or(Error::NotFound)?;
    if seen.is_some_and(|seen| seen != draft.version) {
        return Err(Error::Stale);
    }
    let definition = examine(&call.context, draft.source.clone()).await?.sound()?;
    if definition.workflow != workflow {
        let message = format!("this is the definition of '{}': its id has to be '{workflow}'", definition.workflow);
        return Err(Error::field("source", "workflow", &message));
    }
    let version = StoredDefinition {
        hash: definition.hash.clone(),
        workflow: workflow.to_owned(),
        source: draft.source,
        loaded_at: call.now,
        proposed_by: Some(call.caller.person),
    };
    let deed = call.begin().await?;
    let same = deed.definition_reading(workflow, &version.source).await?;
    if same.is_some() || deed.definition(&version.hash).await?.is_some() {
        return Err(Error::Conflict("a version that says the same is there already; nothing was proposed".to_owned()));
    }
    fits(&deed, &call.context, &definition).await?;
    deed.add_definition(&version).await?;
    deed.put_proof(&Proof {
        hash: version.hash.clone(),
        checker: CHECKER,
        at: version.loaded_at,
        findings: Vec::new(),
    })
    .await?;
    let detail = json!({ "hash": version.hash });
    deed.note(LogAct::WorkflowProposed, workflow, detail).await?;
    enqueue(&deed, &Effect::Proposed { hash: version.hash.clone() }, call.now).await?;
    deed.commit(Receipt::proposed(&version)).await?;
    Ok(version)
}

/// Drafts of submissions follow the active version, so the state that they are in has to be there.
pub(super) async fn fits(view: &ReadTx, context: &Context, definition: &Definition) -> Result<(), Error> {
    let Some(active) = view.current_definition(&definition.workflow).await? else { return Ok(()) };
    let active = context.definitions.pinned(view, &active.hash).await?;
    let (before, after) = (active.start(), definition.start());
    if before == after {
        return Ok(());
    }
    Err(Error::Conflict(format!(
        "drafts of authors are in the start state '{}': keep this name for the start state, and change its label",
        before.unwrap_or_default()
    )))
}

fn is_id(text: &str) -> bool {
    text.len() <= 64
        && text.starts_with(|first: char| first.is_ascii_lowercase())
        && text.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-')
}
