//! What people typed and what was not taken in: kept beside the answers, and what came in without a session.

use crate::step::{Change, Step};

pub(crate) const STEP: Step =
    Step { name: "m0005_typed", change: Change::Additive, statements: &[TABLES], append_only: &[] };

const TABLES: &str = r"
-- What somebody typed into a form of a submission and what is no answer yet; one row for each form and person.
CREATE TABLE typed (
    submission {uuid} NOT NULL REFERENCES submission (id),
    person {uuid} NOT NULL REFERENCES person (id),
    -- As addresses name it below the submission: form/study, act/submit, review/assess.
    form {text} NOT NULL,
    -- Names and values, as they were posted.
    fields {text} NOT NULL,
    -- What is wrong with them.
    faults {text} NOT NULL,
    typed_at {int} NOT NULL,
    PRIMARY KEY (submission, person, form)
) {strict};
CREATE INDEX typed_of ON typed (person);
CREATE INDEX typed_age ON typed (typed_at);

-- A form that came in after its sender's session had ended: nothing was done with it.
CREATE TABLE unsent (
    id {uuid} NOT NULL PRIMARY KEY,
    person {uuid} NOT NULL REFERENCES person (id),
    -- Where it was posted to.
    place {text} NOT NULL,
    fields {text} NOT NULL,
    posted_at {int} NOT NULL
) {strict};
CREATE INDEX unsent_of ON unsent (person, posted_at);
CREATE INDEX unsent_age ON unsent (posted_at);

-- Whose browser it is: who signed in there last. It lets nobody in; it says whose a form is that comes without a session.
CREATE TABLE browser (
    secret_hash {blob} NOT NULL PRIMARY KEY,
    person {uuid} NOT NULL REFERENCES person (id),
    until {int} NOT NULL
) {strict};
CREATE INDEX browser_of ON browser (person);
CREATE INDEX browser_age ON browser (until);
";
