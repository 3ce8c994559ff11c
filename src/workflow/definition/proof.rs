//! What a definition claims of all its paths.

use serde::Serialize;

/// Something the explorer must prove over all paths.
#[derive(Clone, Debug, Serialize)]
pub struct Proof {
    /// As people read it.
    pub name: String,
    /// What.
    #[serde(flatten)]
    pub claim: Claim,
}

/// What is to be proved.
#[derive(Clone, Debug, Serialize)]
#[serde(untagged)]
pub enum Claim {
    /// Approvals of a track stand before a state is entered.
    Approvals {
        /// The state.
        before: String,
        /// How many of which track.
        approvals: Approvals,
    },
    /// Approvals by different persons stand before a state is entered.
    DistinctApprovals {
        /// The state.
        before: String,
        /// How many of which track.
        distinct_approvals: Approvals,
    },
    /// Somebody who acts in one role never acts in another.
    Never {
        /// The pair.
        never: NeverActs,
    },
    /// From anywhere an end can be reached.
    ReachEnd {
        /// `reach_end`.
        from_any: String,
    },
    /// A transition fires at most so often.
    Bound {
        /// Which and how often.
        bound: Bound,
    },
}

/// So many approvals of a track.
#[derive(Clone, Debug, Serialize, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Approvals {
    /// The track.
    pub track: String,
    /// Fewest.
    pub at_least: u32,
    /// Roles whose holders do not count.
    #[serde(default)]
    pub excluding: Vec<String>,
}

/// Roles closed to the holder of another.
#[derive(Clone, Debug, Serialize, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NeverActs {
    /// The role.
    pub person: String,
    /// Closed to it.
    pub acts_as: Vec<String>,
}

/// A bound on a transition.
#[derive(Clone, Debug, Serialize, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Bound {
    /// The transition.
    pub transition: String,
    /// Most.
    pub at_most: u32,
}
