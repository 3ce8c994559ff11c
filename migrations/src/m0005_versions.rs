//! Versions of workflows: who proposed them, who activated them when, drafts, and items taken over to a newer one.

use crate::step::{Change, Step};

pub(crate) const STEP: Step =
    Step { name: "m0005_versions", change: Change::Breaking, statements: STATEMENTS, append_only: &["activation"] };

const STATEMENTS: &str = r"
-- Nobody: it came from a file.
ALTER TABLE definition ADD COLUMN proposed_by {uuid} REFERENCES person (id);

CREATE TABLE draft_definition (
    workflow {text} NOT NULL PRIMARY KEY,
    source {text} NOT NULL,
    version {int} NOT NULL CHECK (version > 0),
    edited_by {uuid} NOT NULL REFERENCES person (id),
    edited_at {int} NOT NULL
) {strict};

CREATE TABLE activation (
    workflow {text} NOT NULL,
    number {int} NOT NULL CHECK (number > 0),
    hash {text} NOT NULL,
    replaced {text},
    proposed_by {uuid} REFERENCES person (id),
    -- Nobody: it was taken over from a file.
    activated_by {uuid} REFERENCES person (id),
    reason {text},
    at {int} NOT NULL,
    PRIMARY KEY (workflow, number),
    CHECK (activated_by IS NULL OR activated_by <> proposed_by OR reason IS NOT NULL),
    FOREIGN KEY (workflow, hash) REFERENCES definition (workflow, hash),
    FOREIGN KEY (workflow, replaced) REFERENCES definition (workflow, hash)
) {strict};
CREATE INDEX activation_of_hash ON activation (hash);

-- Until now every version became current the moment it was loaded.
INSERT INTO activation (workflow, number, hash, replaced, at)
SELECT definition.workflow,
    ROW_NUMBER() OVER past,
    definition.hash,
    LAG(definition.hash) OVER past,
    definition.loaded_at
FROM definition LEFT JOIN current_definition ON current_definition.hash = definition.hash
WINDOW past AS (
    PARTITION BY definition.workflow
    ORDER BY CASE WHEN current_definition.hash IS NULL THEN 0 ELSE 1 END, definition.loaded_at, definition.hash
);

CREATE TABLE migration_plan (
    id {uuid} NOT NULL PRIMARY KEY,
    organisation {uuid} NOT NULL REFERENCES organisation (id),
    workflow {text} NOT NULL,
    from_hash {text} NOT NULL,
    to_hash {text} NOT NULL,
    mapping {text} NOT NULL,
    proposed_by {uuid} NOT NULL,
    proposed_at {int} NOT NULL,
    run_by {uuid},
    run_at {int},
    reason {text},
    -- How many submissions went over.
    items {int},
    CHECK (from_hash <> to_hash),
    CHECK ((run_at IS NULL) = (run_by IS NULL) AND (run_at IS NULL) = (items IS NULL)),
    CHECK (run_by IS NULL OR run_by <> proposed_by OR reason IS NOT NULL),
    FOREIGN KEY (organisation, proposed_by) REFERENCES person (organisation, id),
    FOREIGN KEY (organisation, run_by) REFERENCES person (organisation, id),
    FOREIGN KEY (workflow, from_hash) REFERENCES definition (workflow, hash),
    FOREIGN KEY (workflow, to_hash) REFERENCES definition (workflow, hash)
) {strict};
CREATE INDEX migration_plan_of_workflow ON migration_plan (organisation, workflow, id);

CREATE INDEX submission_of_definition ON submission (organisation, definition, life, id);
CREATE INDEX submission_of_workflow ON submission (organisation, workflow, life, state);
";
