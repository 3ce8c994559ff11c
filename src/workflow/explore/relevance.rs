//! What of an item's past can still matter in a state: everything else is forgotten, so that fewer items differ.
//!
//! An answer matters while a condition that lies ahead reads it before the author can change it; the verdicts of a
//! track, until the track opens afresh; that a person acted in a role, while a role that separation closes to them, or a
//! proof that does not count their approval, lies ahead; how often something was done, while a condition or a bound that
//! counts it lies ahead.

use std::collections::BTreeSet;

use crate::workflow::{
    Condition, Definition, claim,
    condition::{SymbolicAnswers, Variable},
    definition::{Approvals, Claim, Role, State, Transition, Trigger},
};

/// What matters in one state.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Relevant {
    /// Variables of the symbolic.
    pub(super) variables: BTreeSet<usize>,
    /// Tracks.
    pub(super) tracks: BTreeSet<String>,
    /// Roles somebody acted in.
    pub(super) roles: BTreeSet<String>,
    /// Roles whose approvals a proof does not count.
    excluded: BTreeSet<String>,
    /// Counters.
    pub(super) counters: BTreeSet<String>,
    /// Transitions that a proof bounds.
    pub(super) bounds: BTreeSet<String>,
}

impl Relevant {
    /// Whether what is known of an answer is kept: not where the author can change it.
    pub(super) fn keeps(&self, at: usize, variable: &Variable, state: &State) -> bool {
        self.variables.contains(&at) && (variable.decided || !state.is_editable())
    }
}

/// Two roles of which no person may act in both.
pub(super) type Pair = (String, String);

/// Conditions that decide whether a transition is taken.
pub(super) fn conditions(transition: &Transition) -> impl Iterator<Item = &Condition> {
    transition.when.iter().chain(transition.requires.iter().map(|requirement| &requirement.condition))
}

/// For each state, in the order of the file.
pub(super) fn relevant(
    definition: &Definition,
    symbolic: &SymbolicAnswers,
    pairs: &[Pair],
    claims: &[&Claim],
) -> Vec<Relevant> {
    let mut live = vec![Relevant::default(); definition.states.len()];
    loop {
        let mut settled = true;
        for (at, name) in definition.states.keys().enumerate() {
            let ahead = ahead(definition, symbolic, &live, name, claims);
            if let Some(known) = live.get_mut(at).filter(|known| **known != ahead) {
                *known = ahead;
                settled = false;
            }
        }
        if settled {
            break;
        }
    }
    // So far `roles` are those that can act from here on; what matters is who acted in a role closed by one of them.
    for state in &mut live {
        let acting = std::mem::take(&mut state.roles);
        state.roles = pairs
            .iter()
            .flat_map(|(one, other)| [(one, other), (other, one)])
            .filter(|(_, other)| acting.contains(*other))
            .map(|(one, _)| one)
            .chain(&state.excluded)
            .cloned()
            .collect();
    }
    live
}

fn ahead(
    definition: &Definition,
    symbolic: &SymbolicAnswers,
    live: &[Relevant],
    name: &String,
    claims: &[&Claim],
) -> Relevant {
    let mut ahead = Relevant::default();
    for (track, review) in definition.states.get(name).iter().flat_map(|state| &state.tracks) {
        ahead.tracks.insert(track.clone());
        ahead.roles.insert(review.role.clone());
    }
    for (taken, transition) in definition.transitions.iter().filter(|(_, transition)| transition.from.contains(name)) {
        ahead.bounds.extend(bounded(claims).filter(|bounded| *bounded == taken).cloned());
        if let Trigger::By(roles) = &transition.trigger {
            ahead.roles.extend(roles.iter().cloned());
        }
        for condition in conditions(transition) {
            ahead.variables.extend(symbolic.read_by(condition));
            ahead.counters.extend(condition.counters().into_iter().map(str::to_owned));
            ahead.tracks.extend(condition.tracks().into_iter().map(str::to_owned));
        }
        ahead.tracks.extend(claimed(claims, &transition.to).map(|approvals| approvals.track.clone()));
        ahead
            .excluded
            .extend(claimed(claims, &transition.to).flat_map(|approvals| approvals.excluding.iter().cloned()));
        let Some((at, _, to)) = definition.states.get_full(&transition.to) else { continue };
        let Some(then) = live.get(at) else { continue };
        ahead.roles.extend(then.roles.iter().cloned());
        ahead.counters.extend(then.counters.iter().cloned());
        ahead.bounds.extend(then.bounds.iter().cloned());
        ahead.excluded.extend(then.excluded.iter().cloned());
        let asked =
            |name: &str| transition.asks.iter().any(|question| name.strip_prefix("decided.") == Some(&question.id));
        let kept = then.variables.iter().filter(|variable| {
            let known = symbolic.variables().get(**variable);
            known.is_some_and(|known| if known.decided { !asked(&known.name) } else { !to.is_editable() })
                || at_once(definition, symbolic, &transition.to).contains(*variable)
        });
        ahead.variables.extend(kept);
        let reopened = |track: &String| !transition.keep_verdicts && to.tracks.contains_key(track);
        ahead.tracks.extend(then.tracks.iter().filter(|track| !reopened(track)).cloned());
    }
    ahead
}

/// What automatic transitions read on entry, before the author can change anything.
fn at_once(definition: &Definition, symbolic: &SymbolicAnswers, entered: &String) -> BTreeSet<usize> {
    let autos = definition.transitions.values().filter(|it| it.trigger == Trigger::Auto && it.from.contains(entered));
    autos.flat_map(conditions).flat_map(|condition| symbolic.read_by(condition)).collect()
}

/// Transitions that a proof bounds.
fn bounded<'c>(claims: &'c [&Claim]) -> impl Iterator<Item = &'c String> {
    claims.iter().filter_map(|claim| match claim {
        Claim::Bound { bound } => Some(&bound.transition),
        _ => None,
    })
}

/// The approvals that proofs count when a state is entered.
fn claimed<'c>(claims: &'c [&Claim], entered: &'c str) -> impl Iterator<Item = &'c Approvals> {
    claims.iter().filter_map(move |it| claim::wanted_before(it, entered))
}

/// Roles whose approvals a proof does not count, among those that groups fill.
pub(super) fn excluded<'d>(definition: &'d Definition, claims: &[&'d Claim]) -> BTreeSet<&'d String> {
    let group = |role: &&String| matches!(definition.roles.get(*role), Some(Role::Group { .. }));
    let states = definition.states.keys();
    states
        .flat_map(|state| claims.iter().filter_map(|it| claim::wanted_before(it, state)))
        .flat_map(|approvals| &approvals.excluding)
        .filter(group)
        .collect()
}

/// Pairs of roles that separation, or a proof, keeps apart, among those that groups fill.
pub(super) fn pairs(definition: &Definition, claims: &[&Claim]) -> Vec<Pair> {
    let group = |role: &String| matches!(definition.roles.get(role), Some(Role::Group { .. }));
    let ruled = definition.separation.iter().map(|rule| (&rule.person, &rule.never_acts_as));
    let claimed = claims.iter().filter_map(|claim| match claim {
        Claim::Never { never } => Some((&never.person, &never.acts_as)),
        _ => None,
    });
    ruled
        .chain(claimed)
        .flat_map(|(person, others)| others.iter().map(move |other| (person.clone(), other.clone())))
        .filter(|(person, other)| group(person) && group(other))
        .collect()
}
