//! In which parts somebody acts.

use crate::{access::Caller, domain::Duty, workflow::Actor};

/// The caller in all their parts: who runs the queue may step back from it too.
pub(super) fn whole(caller: &Caller) -> Actor {
    if caller.duties.contains(&Duty::Coordinator) {
        Actor::Coordinator(caller.person)
    } else {
        Actor::Person(caller.person)
    }
}
