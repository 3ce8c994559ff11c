//! How long a timer runs: `P30D`, `{ business_days: 30 }` or `{ meeting: committee }`.

use super::super::{
    bounds::BUSINESS_DAYS,
    fields::{Reader, Spelling},
    tree::{Data, Node},
};
use crate::workflow::definition::Wait;

/// What the wait is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Place {
    /// A transition by time.
    After,
    /// A reminder: it comes before a meeting, never at it.
    Remind,
}

/// A wait; nothing after a fault in the map that it is written as.
pub(super) fn wait<'t>(reader: &mut Reader<'t, '_>, node: &'t Node, place: Place) -> Option<Wait> {
    let (what, known): (_, &[&str]) = match place {
        Place::After => ("after", &["business_days", "meeting"]),
        Place::Remind => ("remind", &["business_days"]),
    };
    let Data::Map(_) = &node.data else { return Some(Wait::Length(reader.length(node, what))) };
    let fields = reader.fields(node, &format!("'{what}'"), known);
    match (fields.get("business_days"), fields.get("meeting")) {
        (Some(days), None) => {
            let business_days = reader.plain_number(days, "business_days")?;
            if !BUSINESS_DAYS.contains(&business_days) {
                let message = format!("'business_days' is a number from 1 to {}", BUSINESS_DAYS.end());
                reader.fault("kind", days.at, message);
            }
            Some(Wait::BusinessDays { business_days })
        }
        (None, Some(meeting)) => {
            let name = reader.plain_text(meeting, "meeting");
            if !name.is_empty() {
                reader.spelled(&name, meeting.at, Spelling::Hyphens);
            }
            Some(Wait::Meeting { meeting: name })
        }
        _ => {
            let keys = known.join("' or '");
            reader.fault("kind", node.at, format!("'{what}' is a length of time as P30D, or says '{keys}'"));
            None
        }
    }
}
