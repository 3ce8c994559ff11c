//! People, groups and settings of the organisation.

pub mod erasure;
pub mod group;
pub mod groups;
pub mod invitation;
pub mod invite_several;
pub mod link;
pub mod organisation;
pub mod outbox;
pub mod people;
pub mod person;
pub mod trail;

use super::form::{data::FormData, field::Choice};
use crate::{access::Caller, domain::Duty, model::Person, usecase::admin::Membership};

/// Whether letters leave the house.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Letters {
    Sent,
    /// They are kept, and nobody gets them.
    Kept,
}

/// Whether somebody manages the house, rather than looking at it.
fn administers(caller: &Caller) -> bool {
    caller.duties.contains(&Duty::Administrator)
}

/// What the groups are called that somebody is in.
fn joined(person: &Person, groups: &[Membership]) -> Vec<String> {
    let joined = groups.iter().filter(|found| found.members.iter().any(|member| member.id == person.id));
    joined.map(|found| found.group.title.clone()).collect()
}

fn chosen<'a>(typed: &FormData, name: &str, options: impl IntoIterator<Item = (&'a str, &'a str)>) -> Vec<Choice> {
    let given: Vec<&str> = typed.all(name).collect();
    options.into_iter().map(|(id, label)| Choice { chosen: given.contains(&id), ..Choice::new(id, label) }).collect()
}
