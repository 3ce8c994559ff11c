//! Versions of workflows: their texts, proofs and drafts, when each came into force, and plans to take items over.

pub(crate) const TABLES: &str = r"
CREATE TABLE definition (
    hash {text} NOT NULL PRIMARY KEY,
    workflow {text} NOT NULL,
    source {text} NOT NULL,
    loaded_at {int} NOT NULL,
    -- Nobody: it came from a file.
    proposed_by {uuid} REFERENCES person (id),
    UNIQUE (workflow, hash)
) {strict};
CREATE INDEX definition_proposed_by ON definition (proposed_by) WHERE proposed_by IS NOT NULL;

CREATE TABLE current_definition (
    workflow {text} NOT NULL PRIMARY KEY,
    hash {text} NOT NULL,
    FOREIGN KEY (workflow, hash) REFERENCES definition (workflow, hash)
) {strict};
CREATE INDEX current_definition_hash ON current_definition (hash);

-- A version without a row was never proved, as far as is known.
CREATE TABLE proof (
    hash {text} NOT NULL PRIMARY KEY REFERENCES definition (hash),
    -- The number of the checker: it rises whenever more is proved.
    checker {int} NOT NULL CHECK (checker > 0),
    at {int} NOT NULL,
    -- What is wrong with the version, as JSON; an empty list where it is proved.
    findings {text} NOT NULL
) {strict};

CREATE TABLE draft_definition (
    workflow {text} NOT NULL PRIMARY KEY,
    source {text} NOT NULL,
    version {int} NOT NULL CHECK (version > 0),
    edited_by {uuid} NOT NULL REFERENCES person (id),
    edited_at {int} NOT NULL
) {strict};
CREATE INDEX draft_definition_edited_by ON draft_definition (edited_by);

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
CREATE INDEX activation_replaced ON activation (replaced) WHERE replaced IS NOT NULL;
CREATE INDEX activation_proposed_by ON activation (proposed_by) WHERE proposed_by IS NOT NULL;
CREATE INDEX activation_activated_by ON activation (activated_by) WHERE activated_by IS NOT NULL;

CREATE TABLE migration_plan (
    id {uuid} NOT NULL PRIMARY KEY,
    workflow {text} NOT NULL,
    from_hash {text} NOT NULL,
    to_hash {text} NOT NULL,
    mapping {text} NOT NULL,
    proposed_by {uuid} NOT NULL REFERENCES person (id),
    proposed_at {int} NOT NULL,
    run_by {uuid} REFERENCES person (id),
    run_at {int},
    reason {text},
    -- How many submissions went over.
    items {int},
    CHECK (from_hash <> to_hash),
    CHECK ((run_at IS NULL) = (run_by IS NULL) AND (run_at IS NULL) = (items IS NULL)),
    CHECK (run_by IS NULL OR run_by <> proposed_by OR reason IS NOT NULL),
    FOREIGN KEY (workflow, from_hash) REFERENCES definition (workflow, hash),
    FOREIGN KEY (workflow, to_hash) REFERENCES definition (workflow, hash)
) {strict};
CREATE INDEX migration_plan_of_workflow ON migration_plan (workflow, id);
CREATE INDEX migration_plan_proposed_by ON migration_plan (proposed_by);
CREATE INDEX migration_plan_run_by ON migration_plan (run_by) WHERE run_by IS NOT NULL;
CREATE INDEX migration_plan_from ON migration_plan (from_hash);
CREATE INDEX migration_plan_to ON migration_plan (to_hash);
";
