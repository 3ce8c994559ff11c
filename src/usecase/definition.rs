//! Workflows and their versions: drafts, checks, activation by a second administrator, and items taken over to a newer one.

mod activate;
mod check;
mod draft;
mod list;
mod migrate;
mod proposed;
mod prove;
mod read;
mod replay;
mod second_approval;
mod seed;
mod status;

pub use activate::activate;
pub use check::{Checked, check};
pub use draft::{Draft, draft, propose, save};
pub use list::{Compared, Version, Workflow, compare, version, workflow, workflows};
pub use migrate::{Fate, foresee, plan, plans, propose_migration, run_migration};
pub use proposed::{Proposal, Proposed, proposals, proposed};
pub use prove::{Disproved, Proved, Relied, disproved, prove, relied_on, unproved};
pub use read::{current, of_hash, since, versions};
pub use replay::{Otherwise, Replayed, replay};
pub use seed::{seed, seed_awaited};
pub use status::Status;

use std::collections::{BTreeMap, BTreeSet};

use crate::{domain::PersonId, model::Person, store::ReadTx, usecase::Error};

/// Who these persons are, by id.
async fn names(
    view: &ReadTx,
    persons: impl IntoIterator<Item = PersonId>,
) -> Result<BTreeMap<PersonId, Person>, Error> {
    let ids: BTreeSet<PersonId> = persons.into_iter().collect();
    let people = view.persons(&ids).await?;
    Ok(people.into_iter().map(|person| (person.id, person)).collect())
}
