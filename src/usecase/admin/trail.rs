//! The audit trail: who changed what in the house, and when.

use std::collections::{BTreeMap, BTreeSet};

use crate::{
    access::Caller,
    domain::{Duty, PersonId},
    model::{LogKind, LogLine, Page, Person, TrailFilter},
    usecase::{Call, Error},
};

/// Rows on one page.
const PAGE: u16 = 50;

/// A page of the trail, the last first.
#[derive(Clone, Debug)]
pub struct Trail {
    /// Its lines.
    pub lines: Page<LogLine>,
    /// Who did what is in them.
    pub people: BTreeMap<PersonId, Person>,
}

/// What was done in the house. For auditors and administrators; of a submission it tells auditors alone, and none that they
/// have a conflict with.
pub async fn trail(call: &Call, filter: &TrailFilter, cursor: Option<&str>) -> Result<Trail, Error> {
    audits(&call.caller)?;
    let view = call.context.store.view().await?;
    let me = view.person(call.caller.person).await?.ok_or(Error::NotFound)?;
    let auditor = call.caller.duties.contains(&Duty::Auditor).then_some(&me);
    // Files are a submission's: there is nothing to read through for who may know of none.
    let lines = match (auditor, filter.kind) {
        (None, Some(LogKind::Download)) => Page { rows: Vec::new(), next: None },
        _ => view.log(filter, auditor, cursor, PAGE).await?,
    };
    let actors: BTreeSet<PersonId> = lines.rows.iter().filter_map(|line| line.actor).chain(filter.by).collect();
    let people = view.persons(&actors).await?.into_iter().map(|person| (person.id, person)).collect();
    Ok(Trail { lines, people })
}

fn audits(caller: &Caller) -> Result<(), Error> {
    if caller.duties.contains(&Duty::Auditor) || caller.duties.contains(&Duty::Administrator) {
        Ok(())
    } else {
        Err(Error::Forbidden("the audit trail is read by auditors and administrators".to_owned()))
    }
}
