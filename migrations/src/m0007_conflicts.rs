//! Conflicts of interest over the whole history: who was named in what was sent, under which address, and what was lifted.

use crate::step::{Change, Step};

pub(crate) const STEP: Step =
    Step { name: "m0007_conflicts", change: Change::Additive, statements: &[TABLES], append_only: &[] };

const TABLES: &str = r"
-- Who stood in a version that was sent, for good, with the name as it was given, folded.
CREATE TABLE sent_name (
    submission {uuid} NOT NULL REFERENCES submission (id),
    email {text} NOT NULL,
    name_key {text} NOT NULL,
    PRIMARY KEY (submission, email)
) {strict};
CREATE INDEX sent_name_of ON sent_name (email, submission);

-- Addresses that somebody had before the one they have.
CREATE TABLE former_address (
    email {text} NOT NULL,
    person {uuid} NOT NULL REFERENCES person (id),
    PRIMARY KEY (email, person)
) {strict};
CREATE INDEX former_address_of ON former_address (person);

-- Conflicts of interest that the office lifted.
CREATE TABLE lifted_conflict (
    submission {uuid} NOT NULL REFERENCES submission (id),
    person {uuid} NOT NULL REFERENCES person (id),
    conflict {text} NOT NULL,
    PRIMARY KEY (submission, person, conflict)
) {strict};
CREATE INDEX lifted_conflict_of ON lifted_conflict (person);

-- Links in letters by which somebody declines the place in a review that they were given, without signing in.
CREATE TABLE decline (
    token_hash {blob} NOT NULL PRIMARY KEY,
    submission {uuid} NOT NULL REFERENCES submission (id),
    person {uuid} NOT NULL REFERENCES person (id),
    expires_at {int} NOT NULL
) {strict};
CREATE INDEX decline_of ON decline (person, submission);
CREATE INDEX decline_in ON decline (submission);
CREATE INDEX decline_by_end ON decline (expires_at);
";
