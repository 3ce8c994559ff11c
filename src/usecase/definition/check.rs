//! Checking a text: apart from the requests being served, one at a time, and not for ever.

use std::time::Duration;

use anyhow::anyhow;
use jiff::tz::TimeZone;

use crate::{
    domain::Calendar,
    store::ReadTx,
    usecase::{Call, Context, Error, admin::looks, calendar_of},
    workflow::{self, Definition, Fault, Limits, Proven, Severity},
};

/// Longest text of a definition, in bytes.
pub(super) const MOST_BYTES: usize = 256 * 1024;

/// How long a check may take, with the wait for its turn.
const PATIENCE: Duration = Duration::from_secs(20);

/// What a check found.
#[derive(Clone, Debug)]
pub struct Checked {
    /// The definition, where it is sound.
    pub definition: Option<Definition>,
    /// Errors, or the warnings of a sound one.
    pub faults: Vec<Fault>,
    /// What the exploration of a sound one found out.
    pub proven: Option<Proven>,
}

/// Checks a text: the one given, or the draft of the workflow.
pub async fn check(call: &Call, workflow: &str, source: Option<String>) -> Result<Checked, Error> {
    looks(&call.caller)?;
    let source = if let Some(source) = source {
        source
    } else {
        let view = call.context.store.view().await?;
        view.draft_definition(workflow).await?.ok_or(Error::NotFound)?.source
    };
    examine(&call.context, source).await
}

/// Checks a text as it would be checked for activation.
pub(super) async fn examine(context: &Context, source: String) -> Result<Checked, Error> {
    if source.len() > MOST_BYTES {
        return Err(Error::TooLarge { limit: MOST_BYTES.try_into().unwrap_or(u64::MAX) });
    }
    let late =
        |_| Error::Conflict("checking this takes too long now; try again, or make the workflow smaller".to_owned());
    let text = source.clone();
    let limits = limits(context);
    let checked = tokio::time::timeout(PATIENCE, explored(context, source, limits)).await.map_err(late)??;
    let workflow::Checked { definition, faults, proven } = match checked {
        Ok(sound) => sound,
        Err(faults) => return Ok(Checked { definition: None, faults, proven: None }),
    };
    let view = context.store.view().await?;
    let lacking = without_meeting(context, &view, &text, &definition).await?;
    if lacking.is_empty() {
        return Ok(Checked { definition: Some(definition), faults, proven: Some(proven) });
    }
    Ok(Checked { definition: None, faults: faults.into_iter().chain(lacking).collect(), proven: None })
}

/// Puts a text to the proof, apart from the requests being served and one at a time.
pub(super) async fn explored(
    context: &Context,
    source: String,
    limits: Limits,
) -> Result<Result<workflow::Checked, Vec<Fault>>, Error> {
    let turn = context.definitions.checking.clone().acquire_owned().await.map_err(|error| anyhow!(error))?;
    let library = context.definitions.clone();
    let proved = tokio::task::spawn_blocking(move || {
        let proved = workflow::prove(&source, library.credits(), limits);
        // Held to the end of the proof, whoever waits for it or has gone away.
        drop(turn);
        proved
    });
    Ok(proved.await.map_err(|error| anyhow!(error))?)
}

/// How far the installation lets an exploration go.
pub(super) fn limits(context: &Context) -> Limits {
    Limits { configurations: context.config.configurations, ..Limits::default() }
}

impl Checked {
    /// The definition; where there is none, everything that is wrong with the text as faults of the field `source`.
    pub(super) fn sound(self) -> Result<Definition, Error> {
        let Self { definition, faults, .. } = self;
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

/// What keeps a definition from being activated: meetings that the calendar does not have, as before the organisation is
/// founded.
pub(super) async fn without_meeting(
    context: &Context,
    view: &ReadTx,
    source: &str,
    definition: &Definition,
) -> Result<Vec<Fault>, Error> {
    let now = context.clock.now();
    let calendar = match view.organisation().await? {
        Some(organisation) => calendar_of(&organisation)?,
        None => Calendar::plain(TimeZone::UTC),
    };
    Ok(workflow::check::meetings(source, definition, &calendar, now))
}
