//! What has to be done after a transaction: jobs and letters.

use crate::step::{Change, Step};

pub(crate) const STEP: Step =
    Step { name: "m0004_outbox", change: Change::Additive, statements: STATEMENTS, append_only: &[] };

const STATEMENTS: &str = r"
CREATE TABLE job (
    id {uuid} NOT NULL PRIMARY KEY,
    kind {text} NOT NULL,
    payload {text} NOT NULL,
    run_at {int} NOT NULL,
    attempts {int} NOT NULL CHECK (attempts >= 0),
    token {uuid},
    locked_until {int},
    done_at {int},
    failed_at {int},
    error {text},
    dedupe {text} UNIQUE
) {strict};
CREATE INDEX job_waiting ON job (run_at, id) WHERE done_at IS NULL AND failed_at IS NULL;
CREATE INDEX job_done ON job (done_at) WHERE done_at IS NOT NULL;
CREATE INDEX job_failed ON job (failed_at, id) WHERE failed_at IS NOT NULL;

CREATE TABLE mail (
    id {uuid} NOT NULL PRIMARY KEY,
    organisation {uuid} NOT NULL,
    person {uuid} NOT NULL,
    recipient {text} NOT NULL,
    subject {text} NOT NULL,
    text_body {text} NOT NULL,
    html_body {text} NOT NULL,
    about {uuid},
    queued_at {int} NOT NULL,
    sent_at {int},
    dedupe {text} UNIQUE,
    FOREIGN KEY (organisation, person) REFERENCES person (organisation, id),
    FOREIGN KEY (organisation, about) REFERENCES submission (organisation, id)
) {strict};
CREATE INDEX mail_waiting ON mail (queued_at, id) WHERE sent_at IS NULL;
CREATE INDEX mail_of_organisation ON mail (organisation, id);
";
