//! What the worker knows: letters that were kept while mail was off, deadlines that fail, a mail server that is away,
//! and the clocks of the machines that serve.

use crate::step::{Change, Step};

pub(crate) const STEP: Step =
    Step { name: "m0014_worker", change: Change::Additive, statements: STATEMENTS, append_only: &[] };

const STATEMENTS: &str = r"
-- When somebody last had it tried again; its patience starts anew then.
ALTER TABLE job ADD COLUMN retried_at {int};

-- Letters and other work wait in lines of their own, so that neither is looked for behind the other. The index
-- job_waiting stays for programs that know no lines.
CREATE INDEX job_letter ON job (run_at, id) WHERE done_at IS NULL AND failed_at IS NULL AND kind = 'deliver';
CREATE INDEX job_errand ON job (run_at, id) WHERE done_at IS NULL AND failed_at IS NULL AND kind <> 'deliver';

-- When it was written, where it is kept because mail was off.
ALTER TABLE mail ADD COLUMN kept_at {int};
CREATE INDEX mail_kept ON mail (kept_at, id) WHERE kept_at IS NOT NULL;
-- When somebody let go of it: it is not to be sent.
ALTER TABLE mail ADD COLUMN dropped_at {int};

-- A deadline that could not be carried out. It counts as long as the submission has this version.
CREATE TABLE timer_failure (
    submission {uuid} NOT NULL PRIMARY KEY REFERENCES submission (id),
    version {int} NOT NULL,
    attempts {int} NOT NULL CHECK (attempts > 0),
    retry_at {int} NOT NULL,
    given_up_at {int},
    dismissed_at {int},
    error {text} NOT NULL
) {strict};
CREATE INDEX timer_failure_retry ON timer_failure (retry_at);
CREATE INDEX timer_failure_given_up ON timer_failure (given_up_at) WHERE given_up_at IS NOT NULL;

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
