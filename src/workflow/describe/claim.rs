//! What was proved, in words.

use super::{Statement, Topic, count, role_of};
use crate::{
    domain::phrase::{capital, either, many, plain},
    workflow::{
        Definition,
        definition::{Approvals, Claim, Proof},
    },
};

/// What was proved, claim by claim; one that claims something else is another one.
pub(super) fn proofs(definition: &Definition) -> impl Iterator<Item = Statement> {
    definition.prove.iter().map(|proof| {
        let Proof { name, claim: claimed } = proof;
        let sentence = format!("Holds on every path: {}", claim(definition, claimed));
        Statement::new(Topic::Proofs, &["prove", name, &sentence], capital(name), sentence.clone())
    })
}

fn claim(definition: &Definition, claim: &Claim) -> String {
    let enough = |approvals: &Approvals, whose: &str| {
        let count = many(count(approvals.at_least), "approval");
        let but: Vec<String> = approvals.excluding.iter().map(|role| plain(role)).collect();
        let but = if but.is_empty() { String::new() } else { format!(", none by the {}", either(&but)) };
        let track = definition
            .track(&approvals.track)
            .map_or_else(|| approvals.track.clone(), |track| track.title(&approvals.track));
        format!("at least {count} of “{track}”{whose}{but}")
    };
    match claim {
        Claim::Approvals { before, approvals } => {
            format!("before “{}” stand {}.", definition.state_called(before), enough(approvals, ""))
        }
        Claim::DistinctApprovals { before, distinct_approvals } => {
            let approvals = enough(distinct_approvals, " by different persons");
            format!("before “{}” stand {approvals}.", definition.state_called(before))
        }
        Claim::Never { never } => {
            let closed = role_of(&never.acts_as);
            format!("whoever acts as {} never acts as {closed}.", plain(&never.person))
        }
        Claim::ReachEnd { .. } => "an end can be reached from everywhere.".to_owned(),
        Claim::Bound { bound } => {
            let times = many(count(bound.at_most), "time");
            format!("{} happens at most {times}.", definition.step_called(&bound.transition))
        }
    }
}
