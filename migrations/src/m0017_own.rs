//! What one person sent of a workflow is found without reading everybody's.

use crate::step::{Change, Step};

pub(crate) const STEP: Step =
    Step { name: "m0017_own", change: Change::Additive, statements: STATEMENTS, append_only: &[] };

const STATEMENTS: &str = r"
CREATE INDEX submission_own_of_workflow ON submission (organisation, submitter, workflow, state, id);
";
