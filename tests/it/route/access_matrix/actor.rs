//! Everybody who can stand before a route.

/// Somebody, and the submission they ask about.
pub(super) struct Actor {
    /// The column.
    pub(super) name: &'static str,
    /// What they are to the submission.
    pub(super) about: &'static str,
    /// Who plays them; nobody in person where there is no key.
    pub(super) key: Option<&'static str>,
    /// Which submission.
    pub(super) target: Target,
}

/// A submission of the scene.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Target {
    /// A course in review.
    Review,
    /// A course before the committee.
    Decision,
}

const fn actor(name: &'static str, key: &'static str, about: &'static str) -> Actor {
    Actor { name, about, key: Some(key), target: Target::Review }
}

/// All of them, in the order of the columns.
pub(super) const ACTORS: &[Actor] = &[
    Actor { key: None, ..actor("anonymous", "", "not signed in") },
    actor("owner", "author", "whose course it is; it is in review"),
    actor("stranger", "other-author", "another author"),
    actor("invited", "second-reviewer", "was assigned and has not declared that there is no conflict"),
    actor("reviewer", "first-reviewer", "has taken a seat and declared"),
    actor("candidate", "third-reviewer", "of the group that reviews, without a seat"),
    actor("conflicted", "fourth-reviewer", "of the same group, with a conflict of interest"),
    Actor {
        target: Target::Decision,
        ..actor("decider", "chair", "whose group decides; another course, before the committee")
    },
    actor("coordinator", "coordinator", "runs the queue"),
    actor("auditor", "auditor", "reads everything and changes nothing"),
    actor("admin", "administrator", "manages people, groups and the organisation"),
    Actor { target: Target::Decision, ..actor("suspended", "second-chair", "could decide, and is suspended") },
];
