//! Taking the open submissions of an older version over to the active one: planned, foreseen item by item, then all or none.

use std::sync::Arc;

use serde_json::json;
use uuid::Uuid;

use super::{
    list::known,
    second_approval::{Matter, second},
};
use crate::{
    access::{Caller, Permit},
    clock::new_id,
    domain::{Effect, SubmissionId},
    model::{LogAct, MigrationPlan, MigrationRun, Page, Receipt, Submission},
    store::{self, ReadTx},
    usecase::{
        Call, Case, Context, Error,
        admin::{administers, looks},
        enqueue,
        submission::{is_open_in, persist_decision},
    },
    workflow::{Actor, Definition, Event, FieldFault, Item, Mapping, Migration},
};

/// Submissions on one page of what would happen.
const PAGE: u16 = 50;

/// Submissions in the way that a refusal names, at most.
const NAMED: usize = 100;

/// What a migration means for one submission.
#[derive(Clone, Debug)]
pub struct Fate {
    /// Its reference.
    pub reference: String,
    /// Whether whoever asks may open it.
    pub open: bool,
    /// Its title, where whoever asks may open it.
    pub title: Option<String>,
    /// The state it is in, by its label.
    pub from: String,
    /// The state it would be in; none where it cannot go over.
    pub to: Option<String>,
    /// What would happen, in order.
    pub events: Vec<Event>,
    /// What is in the way.
    pub obstacles: Vec<String>,
}

/// Plans a migration to the active version. The mapping is checked; what it means item by item [`foresee`] tells.
pub async fn propose_migration(
    call: &Call,
    workflow: &str,
    from: &str,
    to: &str,
    mapping: Mapping,
) -> Result<MigrationPlan, Error> {
    administers(&call.caller)?;
    let deed = call.begin().await?;
    if from == to {
        return Err(Error::field("to", "same", "choose two versions"));
    }
    let versions =
        (known(&deed, &call.context, workflow, from).await?, known(&deed, &call.context, workflow, to).await?);
    leads_to_the_active(&deed, workflow, to).await?;
    let faults = Migration { from: &versions.0, to: &versions.1, mapping: &mapping }.faults();
    if !faults.is_empty() {
        return Err(Error::Invalid(faults));
    }
    let plan = MigrationPlan {
        id: new_id(),
        workflow: workflow.to_owned(),
        from: from.to_owned(),
        to: to.to_owned(),
        mapping,
        proposed_by: call.caller.person,
        proposed_at: call.now,
        run: None,
    };
    deed.add_migration_plan(&plan).await?;
    let detail = json!({ "plan": plan.id, "from": from, "to": to, "mapping": plan.mapping });
    deed.note(LogAct::MigrationProposed, workflow, detail).await?;
    enqueue(&deed, &Effect::MigrationProposed { plan: plan.id }, call.now).await?;
    deed.commit(Receipt::Migration(plan.clone())).await?;
    Ok(plan)
}

/// The plans for a workflow, the last first.
pub async fn plans(call: &Call, workflow: &str) -> Result<Vec<MigrationPlan>, Error> {
    looks(&call.caller)?;
    Ok(call.context.store.view().await?.migration_plans(workflow).await?)
}

/// One plan.
pub async fn plan(call: &Call, workflow: &str, id: Uuid) -> Result<MigrationPlan, Error> {
    looks(&call.caller)?;
    find(&call.context.store.view().await?, workflow, id).await
}

/// A page of what a plan would do now, submission by submission. Changes nothing.
pub async fn foresee(call: &Call, workflow: &str, id: Uuid, cursor: Option<&str>) -> Result<Page<Fate>, Error> {
    looks(&call.caller)?;
    let after = match cursor {
        Some(cursor) => Some(cursor.parse().or(Err(store::Error::BadCursor))?),
        None => None,
    };
    let view = call.context.store.view().await?;
    let plan = find(&view, workflow, id).await?;
    let ways = Ways::of(&view, &call.context, &plan).await?;
    let mut found = view.pinned(&plan.from, after, PAGE + 1).await?;
    let more = found.len() > usize::from(PAGE);
    found.truncate(PAGE.into());
    let next = found.last().filter(|_| more).map(|last| last.id.to_string());
    let mut rows = Vec::with_capacity(found.len());
    for submission in found {
        let open = is_open_in(&view, call, submission.clone()).await?;
        let case = Case::under(&view, submission, ways.to.clone(), call.now).await?;
        rows.push(ways.fate(&case, &call.caller, open));
    }
    Ok(Page { rows, next })
}

/// Carries a plan out: every open submission of the older version goes over, or none does.
pub async fn run_migration(
    call: &Call,
    workflow: &str,
    id: Uuid,
    reason: Option<&str>,
) -> Result<MigrationPlan, Error> {
    administers(&call.caller)?;
    let deed = call.begin().await?;
    let plan = find(&deed, workflow, id).await?;
    if plan.run.is_some() {
        return Err(Error::Conflict("this migration was carried out already".to_owned()));
    }
    leads_to_the_active(&deed, workflow, &plan.to).await?;
    let reason = second(&deed, call, Matter::of(&plan), Some(plan.proposed_by), reason).await?;
    let ways = Ways::of(&deed, &call.context, &plan).await?;
    let (mut after, mut items, mut in_the_way): (Option<SubmissionId>, u64, Vec<FieldFault>) = (None, 0, Vec::new());
    loop {
        let found = deed.pinned(&plan.from, after, PAGE).await?;
        let Some(last) = found.last() else { break };
        after = Some(last.id);
        for submission in found {
            let case = Case::held_under(&deed, submission, ways.to.clone(), call.now).await?;
            let Some(case) = case else { continue };
            match ways.carry(&case, &call.caller) {
                Ok(events) if in_the_way.is_empty() => {
                    persist_decision(&deed, &call.context, Permit::of_a_migration(), &case, events).await?;
                    items = items.saturating_add(1);
                }
                Ok(_) => {}
                Err(obstacles) => in_the_way.push(in_words(&case.submission, &obstacles)),
            }
        }
        if in_the_way.len() >= NAMED {
            break;
        }
    }
    if !in_the_way.is_empty() {
        // Nothing was committed: whoever went over so far did not.
        return Err(Error::Invalid(in_the_way));
    }
    let run = MigrationRun { by: call.caller.person, at: call.now, reason, items };
    deed.migration_ran(plan.id, &run).await?;
    let detail = json!({ "plan": plan.id, "items": items, "proposed_by": plan.proposed_by, "reason": run.reason });
    deed.note(LogAct::MigrationRun, workflow, detail).await?;
    let plan = MigrationPlan { run: Some(run), ..plan };
    deed.commit(Receipt::Migration(plan.clone())).await?;
    Ok(plan)
}

/// The versions of a plan, with its mapping.
struct Ways {
    from: Arc<Definition>,
    to: Arc<Definition>,
    mapping: Mapping,
}

impl Ways {
    async fn of(view: &ReadTx, context: &Context, plan: &MigrationPlan) -> Result<Self, Error> {
        let from = context.definitions.pinned(view, &plan.from).await?;
        let to = context.definitions.pinned(view, &plan.to).await?;
        Ok(Self { from, to, mapping: plan.mapping.clone() })
    }

    fn carry(&self, case: &Case, caller: &Caller) -> Result<Vec<Event>, Vec<String>> {
        let migration = Migration { from: &self.from, to: &self.to, mapping: &self.mapping };
        migration.carry(&case.submission.item, &case.facts(Actor::Person(caller.person)))
    }

    fn fate(&self, case: &Case, caller: &Caller, open: bool) -> Fate {
        let Submission { reference, title, item, .. } = &case.submission;
        let label = |definition: &Definition, state: &str| {
            definition.states.get(state).map_or_else(|| state.to_owned(), |state| state.label.clone())
        };
        let (to, events, obstacles) = match self.carry(case, caller) {
            Ok(events) => {
                let after = events.iter().fold(item.clone(), Item::apply);
                (Some(label(&self.to, &after.state)), events, Vec::new())
            }
            Err(obstacles) => (None, Vec::new(), obstacles),
        };
        let (reference, title) = (reference.clone(), open.then(|| title.clone()));
        Fate { reference, open, title, from: label(&self.from, &item.state), to, events, obstacles }
    }
}

async fn find(view: &ReadTx, workflow: &str, id: Uuid) -> Result<MigrationPlan, Error> {
    let plan = view.migration_plan(id).await?;
    plan.filter(|plan| plan.workflow == workflow).ok_or(Error::NotFound)
}

/// Nothing new is sent under a version that is not active, so that nobody comes behind while a migration runs.
async fn leads_to_the_active(view: &ReadTx, workflow: &str, to: &str) -> Result<(), Error> {
    let active = view.current_definition(workflow).await?;
    if active.is_some_and(|active| active.hash == to) {
        return Ok(());
    }
    Err(Error::Conflict("submissions go over to the active version only: activate it first".to_owned()))
}

fn in_words(submission: &Submission, obstacles: &[String]) -> FieldFault {
    FieldFault {
        field: submission.reference.clone(),
        code: "unmapped".to_owned(),
        message: format!("{}: {}", submission.reference, obstacles.join("; ")),
    }
}
