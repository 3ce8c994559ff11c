//! What the office is told: since when it is late, and what it has seen to.

use crate::step::{Change, Step};

pub(crate) const STEP: Step =
    Step { name: "m0006_office", change: Change::Additive, statements: &[TURN], append_only: &[] };

const TURN: &str = r"
-- Since when the office is late: the limit that passed and led to where the submission stands.
ALTER TABLE turn ADD COLUMN late_since {int};
";
