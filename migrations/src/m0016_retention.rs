//! How long things are kept, and people who want to be forgotten.
//!
//! What only grows may lose a person's data under an erasure that is on record, and the row then says under which; lines of
//! the log may go once they are older than a recorded end, which lies a year back at least. Nothing else changes them.

use crate::step::{Change, Step};

/// A program that does not know who was ever named would leave names where a newer one does not look.
pub(crate) const STEP: Step = Step {
    name: "m0016_retention",
    change: Change::Breaking,
    statements: STATEMENTS,
    append_only: &["erasure", "log_end"],
};

const STATEMENTS: &str = r#"
CREATE TABLE erasure (
    id {uuid} NOT NULL PRIMARY KEY,
    organisation {uuid} NOT NULL,
    person {uuid} NOT NULL,
    at {int} NOT NULL,
    -- Nobody: the command line, or the end of what was kept.
    decided_by {uuid},
    depth {text} NOT NULL CHECK (depth IN ('restricted', 'anonymised')),
    -- When what is still kept goes too; never where there is none.
    kept_until {int},
    -- What was erased and what was kept, and why, as JSON.
    statement {text} NOT NULL,
    FOREIGN KEY (organisation, person) REFERENCES person (organisation, id)
) {strict};
CREATE INDEX erasure_of_person ON erasure (organisation, person, id);
CREATE INDEX erasure_by_end ON erasure (kept_until, id) WHERE kept_until IS NOT NULL;

ALTER TABLE person ADD COLUMN erased_at {int};

-- Under which erasure a row lost what it said of a person.
ALTER TABLE event ADD COLUMN erasure {uuid};
ALTER TABLE revision ADD COLUMN erasure {uuid};
ALTER TABLE log ADD COLUMN erasure {uuid};

-- Until when the log was swept.
CREATE TABLE log_end (
    upto {int} NOT NULL PRIMARY KEY,
    at {int} NOT NULL,
    -- 365 days: nobody sweeps away what is happening.
    CHECK (upto <= at - 31536000000000)
) {strict};

-- Who was ever named in a submission, also in answers that were changed since.
CREATE TABLE mention (
    organisation {uuid} NOT NULL,
    email {text} NOT NULL,
    submission {uuid} NOT NULL,
    PRIMARY KEY (organisation, email, submission),
    FOREIGN KEY (organisation, submission) REFERENCES submission (organisation, id)
) {strict};
CREATE INDEX mention_of_submission ON mention (organisation, submission);
INSERT INTO mention (organisation, email, submission) SELECT organisation, email, submission FROM named;
INSERT INTO mention (organisation, email, submission)
SELECT DISTINCT submission.organisation, {email}, submission.id
FROM submission JOIN revision ON revision.submission = submission.id, {sent_emails}
ON CONFLICT DO NOTHING;

-- Who set off an event, as its JSON has it. Within a text of JSON the quotes would have backslashes.
CREATE INDEX event_by_person ON event (substr(body, {find}(body, '"by":"') + 6, 36)) WHERE {find}(body, '"by":"') > 0;
CREATE INDEX log_by_age ON log (at, id);
CREATE INDEX link_by_end ON link (expires_at);
CREATE INDEX throttle_by_age ON throttle (window_start);
CREATE INDEX mail_sent ON mail (sent_at) WHERE sent_at IS NOT NULL;
CREATE INDEX mail_dropped ON mail (dropped_at) WHERE dropped_at IS NOT NULL;

{redactable event}
{redactable revision}
{redactable log}
"#;
