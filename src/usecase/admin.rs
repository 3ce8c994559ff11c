//! Administration: people, groups, the organisation. Every change is logged in its own transaction.

mod address;
mod calendar;
mod create_organisation;
mod group;
mod invite_several;
mod organisation;
mod outbox;
mod page_header;
mod person;
mod second_factor;
mod setup;
mod staffing;
mod trail;
mod way_back;
mod while_away;

use aws_lc_rs::digest::{SHA256, digest};
use serde_json::Value;

pub use address::change_address;
pub(super) use address::{is_taken, readdress};
pub use create_organisation::{Founding, create_organisation};
pub(super) use group::open_for;
pub use group::{Membership, Need, group, groups, join, leave, open_missing, remove, rename};
pub use invite_several::{Listed, invite_several, look_at};
pub use organisation::{change, look_back, organisation, organisation_version};
pub use outbox::{GivenUp, Lost, Outbox, Trial, Tried, Unsent, WayOut, dismiss, outbox, retry, try_mail};
pub use page_header::{PageHeader, page_header};
pub use person::{
    Described, Handed, Invitation, Invited, edit, invite, link, namesakes, people, person, person_version, writes,
};
pub(super) use person::{described, note_change, works_elsewhere};
pub use second_factor::{second_factor, take_second_factor};
pub use setup::{MailSet, Setup, Staffed, ToSetUp, hide_setup, setup};
pub use staffing::{Shortage, alarmed, all_shortages, lacking, needed, shortages};
pub(super) use staffing::{alarm, shortages_on};
pub use trail::{Trail, trail};
pub use way_back::{LetIn, way_back};
pub use while_away::{WhileAway, set_while_away};

use super::Error;
use crate::{access::Caller, domain::Duty};

/// Lets administrators through.
pub fn administers(caller: &Caller) -> Result<(), Error> {
    if caller.duties.contains(&Duty::Administrator) {
        Ok(())
    } else {
        Err(Error::Forbidden("people, groups and the organisation are managed by administrators".to_owned()))
    }
}

/// Lets those through who may look at the house.
pub(super) fn looks(caller: &Caller) -> Result<(), Error> {
    if caller.duties.is_empty() { Err(Error::Forbidden("this belongs to the office".to_owned())) } else { Ok(()) }
}

/// A number for what stands, another one for anything else: the version of what has no events. Eight bytes of SHA-256.
fn fingerprint(facts: &Value) -> u64 {
    let digest = digest(&SHA256, facts.to_string().as_bytes());
    digest.as_ref().iter().take(8).fold(0, |number, byte| number << 8 | u64::from(*byte))
}

/// Refuses when the caller looked at something else than what stands.
fn expect(seen: Option<u64>, stands: u64) -> Result<(), Error> {
    if seen.is_some_and(|seen| seen != stands) { Err(Error::Stale) } else { Ok(()) }
}
