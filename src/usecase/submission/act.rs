//! Taking one step: whatever the engine offers, by whoever the engine lets.

use std::sync::Arc;

use super::{persist_decision, read::opened, unsaved, whole::whole};
use crate::{
    access::{Act, Caller},
    model::{Receipt, Submission},
    usecase::{Call, Case, Deed, Error, Reference, Target},
    workflow::{Actor, Command, Definition, Event, Item, decide},
};

/// A step that was taken.
#[derive(Clone, Debug)]
pub struct Acted {
    /// The submission after it.
    pub submission: Submission,
    /// What happened.
    pub events: Vec<Event>,
    /// The definition under which it was taken.
    pub definition: Arc<Definition>,
    /// Whether it is open to the caller still.
    pub open: bool,
}

impl Acted {
    pub(super) fn of(call: &Call, case: &Case, submission: Submission, events: Vec<Event>) -> Result<Self, Error> {
        let after = case.after(call, submission);
        let open = opened(&after, &call.caller)?;
        Ok(Self { submission: after.submission, events, definition: after.definition, open })
    }
}

/// Takes a step in one transaction: decision, events, ledger and everything that must follow.
pub async fn act(call: &Call, target: &Target, command: &Command) -> Result<Acted, Error> {
    let deed = call.begin().await?;
    let case = seen(&deed, call, &target.reference).await?;
    take(deed, call, &case, target.version, command).await
}

/// The case for somebody who may see it: who may not must not learn from the kind of refusal that it exists.
pub(super) async fn seen(tx: &Deed<'_>, call: &Call, reference: &Reference) -> Result<Case, Error> {
    let case = Case::hold(tx, call, reference).await?;
    case.allow(&call.caller, Act::See)?;
    Ok(case)
}

/// Takes a step in the transaction that the case was loaded in, and ends it.
pub(super) async fn take(
    deed: Deed<'_>,
    call: &Call,
    case: &Case,
    version: Option<u64>,
    command: &Command,
) -> Result<Acted, Error> {
    let (act, actor) = standing(&call.caller, command);
    let permit = case.allow(&call.caller, act)?;
    case.expect(version)?;
    let command = command.clone().taken_in().map_err(Error::Invalid)?;
    if let Command::Fire { transition, .. } = &command {
        unsaved::none_for(&deed, call, case, transition).await?;
    }
    let events = decide(&case.definition, &case.submission.item, &command, &case.facts(actor))?;
    let submission = persist_decision(&deed, &call.context, permit, case, events.clone()).await?;
    if let Some(form) = form(&command) {
        deed.forget_typed(call.caller.person, case.submission.id, &form).await?;
    }
    let acted = Acted::of(call, case, submission, events)?;
    deed.commit(Receipt::stepped(&acted.submission)).await?;
    Ok(acted)
}

/// The page on which a command is filled in.
fn form(command: &Command) -> Option<String> {
    match command {
        Command::Fire { transition, .. } => Some(format!("act/{transition}")),
        Command::Judge { track, .. } => Some(format!("review/{track}")),
        _ => None,
    }
}

/// Takes two steps in one transaction, both or neither: a reviewer leaves and another takes the place.
pub async fn act_twice(call: &Call, target: &Target, first: &Command, second: &Command) -> Result<Acted, Error> {
    let deed = call.begin().await?;
    let case = seen(&deed, call, &target.reference).await?;
    let (act, actor) = standing(&call.caller, first);
    let permit = case.allow(&call.caller, act)?;
    case.allow(&call.caller, standing(&call.caller, second).0)?;
    case.expect(target.version)?;
    let (first, second) = (first.clone().taken_in(), second.clone().taken_in());
    let (first, second) = (first.map_err(Error::Invalid)?, second.map_err(Error::Invalid)?);
    let facts = case.facts(actor);
    let mut events = decide(&case.definition, &case.submission.item, &first, &facts)?;
    let between = events.iter().fold(case.submission.item.clone(), Item::apply);
    events.extend(decide(&case.definition, &between, &second, &case.facts(standing(&call.caller, &second).1))?);
    let submission = persist_decision(&deed, &call.context, permit, &case, events.clone()).await?;
    let acted = Acted::of(call, &case, submission, events)?;
    deed.commit(Receipt::stepped(&acted.submission)).await?;
    Ok(acted)
}

/// In which standing a command is given: most for oneself, some for the office.
fn standing(caller: &Caller, command: &Command) -> (Act, Actor) {
    let me = caller.person;
    let for_another = match command {
        Command::Assign { .. } | Command::Remind => true,
        Command::Release { person, .. } | Command::Recuse { person, .. } => *person != me,
        Command::Fire { .. }
        | Command::Claim { .. }
        | Command::Declare { .. }
        | Command::Judge { .. }
        | Command::Resolve { .. }
        | Command::Tick => false,
    };
    if for_another { (Act::Manage, Actor::Coordinator(me)) } else { (Act::Step, whole(caller)) }
}
