//! The second factor of signing in: a secret that an app knows too, recovery codes, and who is half-way through the door.

use crate::step::{Change, Step};

/// An older program would let in with the password alone whoever has a second factor.
pub(crate) const STEP: Step =
    Step { name: "m0010_second_factor", change: Change::Breaking, statements: &[TABLES], append_only: &[] };

const TABLES: &str = r"
CREATE TABLE second_factor (
    person {uuid} NOT NULL PRIMARY KEY REFERENCES person (id),
    secret {blob} NOT NULL,
    since {int} NOT NULL,
    -- The step of the last code that was taken: none is taken twice, and none of before.
    last_step {int} NOT NULL
) {strict};

-- Codes that let in once each where the app is lost; used ones are gone.
CREATE TABLE recovery_code (
    person {uuid} NOT NULL REFERENCES person (id),
    code_hash {blob} NOT NULL,
    PRIMARY KEY (person, code_hash)
) {strict};

-- Who gave the right password and has not given a code yet.
CREATE TABLE half_session (
    secret_hash {blob} NOT NULL PRIMARY KEY,
    person {uuid} NOT NULL REFERENCES person (id),
    expires_at {int} NOT NULL
) {strict};
CREATE INDEX half_session_by_person ON half_session (person);
CREATE INDEX half_session_by_end ON half_session (expires_at);

-- Of whom the organisation requires one.
ALTER TABLE organisation ADD COLUMN second_factor {text} NOT NULL DEFAULT 'nobody';
";
