//! What one person sent of a workflow is found without reading everybody's, and who works where somebody else does is found
//! however the institution is written.

use crate::step::{Change, Step};

/// A program that does not know the key would leave it as it was when somebody changes places.
pub(crate) const STEP: Step =
    Step { name: "m0017_own", change: Change::Breaking, statements: STATEMENTS, append_only: &[] };

const STATEMENTS: &str = r"
CREATE INDEX submission_own_of_workflow ON submission (organisation, submitter, workflow, state, id);
-- Folded by the program; neither database folds all that people write, and not both alike.
ALTER TABLE person ADD COLUMN affiliation_key {text} NOT NULL DEFAULT '';
";
