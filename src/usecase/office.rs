//! The house itself: people, groups, the organisation. Every change is logged in its own transaction.

mod calendar;
mod found;
mod group;
mod masthead;
mod organisation;
mod person;

use jiff::Timestamp;
use serde_json::Value;

pub use found::{Founding, found};
pub use group::{Membership, group, groups, join, leave};
pub use masthead::{Masthead, host, masthead};
pub use organisation::{change, organisation, trail};
pub use person::{Described, Invitation, Invited, edit, invite, people, person};

use super::Error;
use crate::{
    access::Caller,
    clock::new_id,
    domain::Duty,
    store::{LogLine, Tx},
};

/// Lets administrators through.
pub fn administers(caller: &Caller) -> Result<(), Error> {
    if caller.duties.contains(&Duty::Administrator) {
        Ok(())
    } else {
        Err(Error::Forbidden("people, groups and the organisation are managed by administrators".to_owned()))
    }
}

/// Lets those through who may look at the house.
fn looks(caller: &Caller) -> Result<(), Error> {
    if caller.duties.is_empty() { Err(Error::Forbidden("this belongs to the office".to_owned())) } else { Ok(()) }
}

/// Writes a line of the house's log: what was done, to what.
async fn note(
    tx: &Tx,
    caller: &Caller,
    at: Timestamp,
    (act, subject): (&str, &str),
    detail: Value,
) -> Result<(), Error> {
    let line = LogLine {
        id: new_id(),
        organisation: Some(caller.organisation),
        at,
        actor: Some(caller.person),
        act: act.to_owned(),
        subject: subject.to_owned(),
        detail,
    };
    Ok(tx.add_log(&line).await?)
}
