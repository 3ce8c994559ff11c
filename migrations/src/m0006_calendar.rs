//! The calendar of an organisation: days off, holidays, meetings, as the office writes them.

use crate::step::{Change, Step};

pub(crate) const STEP: Step =
    Step { name: "m0006_calendar", change: Change::Additive, statements: STATEMENTS, append_only: &[] };

// An empty calendar reads as Saturdays and Sundays off.
const STATEMENTS: &str = r"
ALTER TABLE organisation ADD COLUMN calendar {text} NOT NULL DEFAULT '{}';
";
