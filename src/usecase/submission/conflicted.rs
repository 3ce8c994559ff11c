//! Who of those who could decide about a submission has a conflict of interest.

use std::collections::BTreeSet;

use crate::{
    domain::{Conflict, PersonId},
    model::Person,
    store::ReadTx,
    usecase::{Case, Error},
};

/// Somebody who has a conflict of interest, or had one.
#[derive(Clone, Debug)]
pub struct Conflicted {
    /// Who.
    pub person: Person,
    /// What stands against them.
    pub conflicts: BTreeSet<Conflict>,
    /// What the office lifted.
    pub lifted: BTreeSet<Conflict>,
    /// Whether the office has something to decide about it.
    pub asked: bool,
}

/// Everybody with a conflict of interest, by name.
pub(super) async fn conflicted(view: &ReadTx, case: &Case) -> Result<Vec<Conflicted>, Error> {
    let item = &case.submission.item;
    let own = |person: &&PersonId| **person != item.submitter;
    let all: BTreeSet<PersonId> =
        case.conflicts.keys().chain(item.lifted.keys()).chain(item.asked.keys()).filter(own).copied().collect();
    let mut people = view.persons(&all).await?;
    people.sort_by(|one, other| (&one.name, one.id).cmp(&(&other.name, other.id)));
    let of = |person: Person| {
        let lifted = item.lifted.get(&person.id).cloned().unwrap_or_default();
        let conflicts = case.acquainted.now.get(&person.id).cloned().unwrap_or_default();
        let conflicts = conflicts.difference(&lifted).copied().collect();
        Conflicted { conflicts, lifted, asked: item.asked.contains_key(&person.id), person }
    };
    Ok(people.into_iter().map(of).collect())
}
