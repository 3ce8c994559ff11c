//! How long things are kept, and people who want to be forgotten.
//!
//! What only grows may lose a person's data under an erasure that is on record, and the row then says under which; lines of
//! the log may go once they are older than a recorded end, which lies a year back at least. Nothing else changes them.

pub(crate) const TABLES: &str = r"
CREATE TABLE erasure (
    id {uuid} NOT NULL PRIMARY KEY,
    person {uuid} NOT NULL REFERENCES person (id),
    at {int} NOT NULL,
    -- Nobody: the command line, or the end of what was kept.
    decided_by {uuid},
    depth {text} NOT NULL CHECK (depth IN ('restricted', 'anonymised')),
    -- When what is still kept goes too; never where there is none.
    kept_until {int},
    -- What was erased and what was kept, and why, as JSON.
    statement {text} NOT NULL
) {strict};
CREATE INDEX erasure_of_person ON erasure (person, id);
CREATE INDEX erasure_by_end ON erasure (kept_until, id) WHERE kept_until IS NOT NULL;

-- Until when the log was swept.
CREATE TABLE log_end (
    upto {int} NOT NULL PRIMARY KEY,
    at {int} NOT NULL,
    -- 365 days: nobody sweeps away what is happening.
    CHECK (upto <= at - 31536000000000)
) {strict};
";
