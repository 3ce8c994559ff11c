//! A rule may award again once its award was taken back, and an activity knows which answers were accredited.

use crate::step::{Change, Step};

pub(crate) const STEP: Step =
    Step { name: "m0007_award", change: Change::Breaking, statements: STATEMENTS, append_only: &[] };

const STATEMENTS: &str = r"
-- The how-manieth award of its rule to the person; a line that takes one back has 1 and is not counted.
ALTER TABLE ledger_entry ADD COLUMN occurrence {int} NOT NULL DEFAULT 1;
DROP INDEX ledger_entry_one_award;
CREATE UNIQUE INDEX ledger_entry_one_award ON ledger_entry (submission, rule, person, occurrence) WHERE reverses IS NULL;

-- The number of the revision that was accredited.
ALTER TABLE activity ADD COLUMN revision {int} NOT NULL DEFAULT 1;
";
