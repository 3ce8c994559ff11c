//! Activating a version: new submissions and drafts follow it from now on; what was sent stays where it is.

use serde_json::json;

use super::{
    check::{Checked, without_meeting},
    draft::fits,
    prove::{Proved, proved},
    second_approval::{Matter, second},
};
use crate::{
    model::{Activation, LogAct, Receipt},
    usecase::{
        Call, Error,
        admin::{administers, open_for},
    },
};

/// Activates a version in the place of the one that the caller looked at; none for a new workflow.
///
/// [`Error::Stale`] where another one is active by now: of two who activate at once the second learns it here.
pub async fn activate(
    call: &Call,
    workflow: &str,
    hash: &str,
    replaces: Option<&str>,
    reason: Option<&str>,
) -> Result<Activation, Error> {
    administers(&call.caller)?;
    let version = call.context.store.view().await?.definition(hash).await?;
    let version = version.filter(|version| version.workflow == workflow).ok_or(Error::NotFound)?;
    if let Proved::No(faults) = proved(&call.context, &version).await? {
        Checked { definition: None, faults, proven: None }.sound()?;
    }
    let deed = call.begin().await?;
    let active = deed.current_definition(workflow).await?.map(|active| active.hash);
    if active.as_deref() == Some(hash) {
        return Err(Error::Conflict("this version is the active one already".to_owned()));
    }
    if active.as_deref() != replaces {
        return Err(Error::Stale);
    }
    let definition = call.context.definitions.pinned(&deed, hash).await?;
    let faults = without_meeting(&call.context, &deed, &version.source, &definition).await?;
    if !faults.is_empty() {
        Checked { definition: None, faults, proven: None }.sound()?;
    }
    fits(&deed, &call.context, &definition).await?;
    let reason = second(&deed, call, Matter::Version, version.proposed_by, reason).await?;
    let activation = Activation {
        workflow: workflow.to_owned(),
        hash: hash.to_owned(),
        replaced: active,
        proposed_by: version.proposed_by,
        activated_by: Some(call.caller.person),
        reason,
        at: call.now,
    };
    deed.activate(&activation).await?;
    open_for(&deed, &definition).await?;
    let alone = activation.proposed_by == activation.activated_by;
    let detail = json!({
        "hash": hash, "replaced": activation.replaced, "proposed_by": activation.proposed_by, "alone": alone,
        "reason": activation.reason,
    });
    deed.note(LogAct::WorkflowActivated, workflow, detail).await?;
    deed.commit(Receipt::Activated(activation.clone())).await?;
    Ok(activation)
}
