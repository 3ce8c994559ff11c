//! Whether the office has to act on a submission: what waits for it comes first in its queue.

use crate::step::{Change, Step};

pub(crate) const STEP: Step =
    Step { name: "m0008_away", change: Change::Breaking, statements: STATEMENTS, append_only: &[] };

const STATEMENTS: &str = r"
-- Nobody but the author has to act, or nobody at all.
ALTER TABLE submission ADD COLUMN away {bool} NOT NULL DEFAULT false;
UPDATE submission SET away = NOT unstaffed AND NOT EXISTS (
    SELECT 1 FROM turn
    WHERE turn.submission = submission.id AND (turn.person IS NULL OR turn.person <> submission.submitter)
);
DROP INDEX submission_oldest;
DROP INDEX submission_life_oldest;
CREATE INDEX submission_oldest ON submission (organisation, away, state_since, id);
CREATE INDEX submission_life_oldest ON submission (organisation, life, away, state_since, id);
";
