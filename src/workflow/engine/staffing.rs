//! Whether there are enough people for the next step. Where there are not, the item waits and says so.

use std::collections::BTreeSet;

use super::{decision_builder::DecisionBuilder, role};
use crate::workflow::{
    EventKind,
    definition::{Role, Trigger},
    item::Progress,
};

/// Raises `unstaffed` once for each role that lacks people, and takes it back once there are enough.
pub(super) fn review(step: &mut DecisionBuilder<'_>) {
    let lacking = lacking(step);
    let raised = step.item.unstaffed.clone();
    for role in lacking.difference(&raised) {
        step.emit(None, None, EventKind::Unstaffed { role: role.clone() });
    }
    for role in raised.difference(&lacking) {
        step.emit(None, None, EventKind::Staffed { role: role.clone() });
    }
}

fn lacking(step: &DecisionBuilder<'_>) -> BTreeSet<String> {
    let Some(state) = step.state().filter(|_| !step.item.closed) else { return BTreeSet::new() };
    let nothing = Progress::default();
    let open: Vec<_> = state
        .tracks
        .iter()
        .map(|(name, track)| (track, step.item.tracks.get(name).unwrap_or(&nothing)))
        .filter(|(_, progress)| !progress.complete())
        .collect();
    if open.is_empty() {
        return without_anybody(step);
    }
    open.into_iter()
        .filter(|(track, progress)| {
            let judged = |person| progress.seat(person).is_some_and(|seat| seat.verdict.is_some());
            let able = role::able(step, &track.role).filter(|person| !judged(*person)).count();
            let given = u32::try_from(progress.given()).unwrap_or(u32::MAX);
            u32::try_from(able).unwrap_or(u32::MAX) < track.quorum.saturating_sub(given)
        })
        .map(|(track, _)| track.role.clone())
        .collect()
}

/// Roles of the transitions out of here in which nobody can act.
fn without_anybody(step: &DecisionBuilder<'_>) -> BTreeSet<String> {
    let transitions = step.definition.transitions.values();
    transitions
        .filter(|transition| transition.from.contains(&step.item.state))
        .filter_map(|transition| match &transition.trigger {
            Trigger::By(roles) => Some(roles),
            Trigger::After(_) | Trigger::Auto => None,
        })
        .flatten()
        .filter(|role| matches!(step.definition.roles.get(*role), Some(Role::Group { .. })))
        .filter(|role| role::able(step, role).next().is_none())
        .cloned()
        .collect()
}
