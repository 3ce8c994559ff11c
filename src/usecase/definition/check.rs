//! Checking a text: apart from the requests being served, one at a time, and not for ever.

use std::time::Duration;

use anyhow::anyhow;

use super::draft::MOST_BYTES;
use crate::{
    access::Caller,
    usecase::{Context, Error, office::looks},
    workflow::{self, Definition, Fault, Severity},
};

/// How long a check may take, with the wait for its turn.
const PATIENCE: Duration = Duration::from_secs(20);

/// What a check found.
#[derive(Clone, Debug)]
pub struct Checked {
    /// The definition, where it is sound.
    pub definition: Option<Definition>,
    /// Errors, or the warnings of a sound one.
    pub faults: Vec<Fault>,
}

/// Checks a text: the one given, or the draft of the workflow.
pub async fn check(
    context: &Context,
    caller: &Caller,
    workflow: &str,
    source: Option<String>,
) -> Result<Checked, Error> {
    looks(caller)?;
    let source = if let Some(source) = source {
        source
    } else {
        let view = context.store.view().await?;
        view.draft_definition(workflow).await?.ok_or(Error::NotFound)?.source
    };
    examine(context, source).await
}

/// Checks a text as it would be checked for activation.
pub(super) async fn examine(context: &Context, source: String) -> Result<Checked, Error> {
    if source.len() > MOST_BYTES {
        return Err(Error::TooLarge { limit: MOST_BYTES.try_into().unwrap_or(u64::MAX) });
    }
    let late =
        |_| Error::Conflict("checking this takes too long now; try again, or make the workflow smaller".to_owned());
    let (turn, library) = (context.definitions.checking.clone(), context.definitions.clone());
    let checked = tokio::time::timeout(PATIENCE, async move {
        let turn = turn.acquire_owned().await.map_err(|error| anyhow!(error))?;
        let checked = tokio::task::spawn_blocking(move || {
            let loaded = workflow::load(&source, library.credits());
            // Held to the end of the check, whoever waits for it or has gone away.
            drop(turn);
            loaded
        });
        checked.await.map_err(|error| anyhow!(error))
    });
    let checked = checked.await.map_err(late)??;
    Ok(match checked {
        Ok((definition, faults)) => Checked { definition: Some(definition), faults },
        Err(faults) => Checked { definition: None, faults },
    })
}

impl Checked {
    /// The definition; where there is none, everything that is wrong with the text as faults of the field `source`.
    pub(super) fn sound(self) -> Result<Definition, Error> {
        let Self { definition, faults } = self;
        definition.ok_or_else(|| {
            let errors = faults.into_iter().filter(|fault| fault.severity == Severity::Error);
            let field = |fault: Fault| workflow::FieldFault {
                field: format!("source/{}/{}", fault.line, fault.column),
                code: fault.rule,
                message: fault.message,
            };
            Error::Invalid(errors.map(field).collect())
        })
    }
}
