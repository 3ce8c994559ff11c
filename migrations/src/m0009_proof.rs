//! Which checker proved a version of a workflow, and what it found.

use crate::step::{Change, Step};

pub(crate) const STEP: Step =
    Step { name: "m0009_proof", change: Change::Additive, statements: STATEMENTS, append_only: &[] };

const STATEMENTS: &str = r"
-- A version without a row was never proved, as far as is known.
CREATE TABLE proof (
    hash {text} NOT NULL PRIMARY KEY REFERENCES definition (hash),
    -- The number of the checker: it rises whenever more is proved.
    checker {int} NOT NULL CHECK (checker > 0),
    at {int} NOT NULL,
    -- What is wrong with the version, as JSON; an empty list where it is proved.
    findings {text} NOT NULL
) {strict};
";
