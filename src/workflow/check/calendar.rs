//! Whether an organisation's calendar has the meetings that a definition waits for.

use jiff::Timestamp;

use super::{Fault, tree::Tree};
use crate::{
    domain::Calendar,
    workflow::{
        Definition,
        definition::{Trigger, Wait},
    },
};

/// A fault for each transition that waits for a meeting of which the calendar holds none in the next two years.
#[must_use]
pub fn meetings(source: &str, definition: &Definition, calendar: &Calendar, now: Timestamp) -> Vec<Fault> {
    let Ok(tree) = Tree::read(source) else { return Vec::new() };
    let lacking = definition.transitions.iter().filter_map(|(name, transition)| match &transition.trigger {
        Trigger::After(Wait::Meeting { meeting }) if calendar.next_meeting(meeting, now).is_none() => {
            Some((name, meeting))
        }
        _ => None,
    });
    let fault = |(name, meeting): (&String, &String)| {
        let message = format!(
            "the organisation's calendar has no meeting '{meeting}' that takes papers in the next two years; an \
             administrator enters it on the organisation's page, as {meeting}: first Thursday at 09:00"
        );
        Fault::error("calendar", tree.place(&["transitions", name, "after"]), message)
    };
    lacking.map(fault).collect()
}
