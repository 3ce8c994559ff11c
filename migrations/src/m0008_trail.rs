//! The audit trail: what a line of the log is about, and of which submission it tells.

use crate::step::{Change, Step};

pub(crate) const STEP: Step =
    Step { name: "m0008_trail", change: Change::Additive, statements: &[LOG], append_only: &[] };

const LOG: &str = r"
ALTER TABLE log ADD COLUMN kind {text} NOT NULL DEFAULT 'change';
-- It outlives what it tells of.
ALTER TABLE log ADD COLUMN submission {uuid};
CREATE INDEX log_of_kind ON log (kind, at, id);
CREATE INDEX log_of_actor ON log (actor, at, id);
-- For those who may know of no submission.
CREATE INDEX log_of_house ON log (at, id) WHERE submission IS NULL;
";
