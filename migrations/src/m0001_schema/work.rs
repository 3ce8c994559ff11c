//! What has to be done after a transaction: jobs and letters; a mail server that is away, and the clocks of the machines
//! that serve.

pub(crate) const TABLES: &str = r"
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
    dedupe {text} UNIQUE,
    -- When somebody last had it tried again; its patience starts anew then.
    retried_at {int}
) {strict};
CREATE INDEX job_waiting ON job (run_at, id) WHERE done_at IS NULL AND failed_at IS NULL;
-- Letters and other work wait in lines of their own, so that neither is looked for behind the other.
CREATE INDEX job_letter ON job (run_at, id) WHERE done_at IS NULL AND failed_at IS NULL AND kind = 'deliver';
CREATE INDEX job_errand ON job (run_at, id) WHERE done_at IS NULL AND failed_at IS NULL AND kind <> 'deliver';
CREATE INDEX job_done ON job (done_at) WHERE done_at IS NOT NULL;
CREATE INDEX job_failed ON job (failed_at, id) WHERE failed_at IS NOT NULL;

CREATE TABLE mail (
    id {uuid} NOT NULL PRIMARY KEY,
    person {uuid} NOT NULL REFERENCES person (id),
    recipient {text} NOT NULL,
    subject {text} NOT NULL,
    text_body {text} NOT NULL,
    html_body {text} NOT NULL,
    about {uuid} REFERENCES submission (id),
    queued_at {int} NOT NULL,
    sent_at {int},
    dedupe {text} UNIQUE,
    -- When it was written, where it is kept because mail was off.
    kept_at {int},
    -- When somebody let go of it: it is not to be sent.
    dropped_at {int}
) {strict};
CREATE INDEX mail_waiting ON mail (queued_at, id) WHERE sent_at IS NULL;
CREATE INDEX mail_of_person ON mail (person, id);
CREATE INDEX mail_about ON mail (about) WHERE about IS NOT NULL;
CREATE INDEX mail_kept ON mail (kept_at, id) WHERE kept_at IS NOT NULL;
CREATE INDEX mail_sent ON mail (sent_at) WHERE sent_at IS NOT NULL;
CREATE INDEX mail_dropped ON mail (dropped_at) WHERE dropped_at IS NOT NULL;

-- A way out that does not work for now, for all servers of the installation.
CREATE TABLE channel (
    name {text} NOT NULL PRIMARY KEY,
    since {int} NOT NULL,
    -- Pauses so far, one after the other.
    failures {int} NOT NULL CHECK (failures >= 0),
    -- Refusals of one thing after another with nothing taken in between.
    strikes {int} NOT NULL CHECK (strikes >= 0),
    resume_at {int} NOT NULL,
    error {text} NOT NULL
) {strict};

-- What the wall clock and the time since the start of a machine said together.
CREATE TABLE machine_clock (
    boot {text} NOT NULL PRIMARY KEY,
    -- Wall clock minus time since the start, as it was trusted.
    trusted {int} NOT NULL,
    seen_at {int} NOT NULL,
    up {int} NOT NULL,
    -- By how much the wall clock is ahead of what was to be expected.
    ahead {int} NOT NULL,
    -- By how much the wall clock is ahead of the database's, now and as it was trusted.
    drift {int} NOT NULL,
    trusted_drift {int} NOT NULL,
    -- Why deadlines are held back; empty where they are not.
    held {text}
) {strict};
";
