//! The ledger of credit and the catalogue of activities.

use crate::step::{Change, Step};

pub(crate) const STEP: Step =
    Step { name: "m0003_credit", change: Change::Additive, statements: STATEMENTS, append_only: &["ledger_entry"] };

const STATEMENTS: &str = r"
CREATE TABLE ledger_entry (
    id {uuid} NOT NULL PRIMARY KEY,
    organisation {uuid} NOT NULL,
    person {uuid} NOT NULL,
    credit {text} NOT NULL,
    amount {int} NOT NULL,
    earned {text} NOT NULL CHECK (length(earned) = 10),
    submission {uuid},
    rule {text} NOT NULL,
    title {text} NOT NULL,
    reverses {uuid},
    recorded_at {int} NOT NULL,
    CHECK (amount >= 0 OR reverses IS NOT NULL),
    UNIQUE (organisation, person, id),
    FOREIGN KEY (organisation, person) REFERENCES person (organisation, id),
    FOREIGN KEY (organisation, submission) REFERENCES submission (organisation, id),
    FOREIGN KEY (organisation, person, reverses) REFERENCES ledger_entry (organisation, person, id)
) {strict};
CREATE UNIQUE INDEX ledger_entry_one_award ON ledger_entry (submission, rule, person) WHERE reverses IS NULL;
CREATE UNIQUE INDEX ledger_entry_one_reversal ON ledger_entry (reverses) WHERE reverses IS NOT NULL;
CREATE INDEX ledger_entry_of_person ON ledger_entry (organisation, person, earned, id);

CREATE TABLE activity (
    submission {uuid} NOT NULL PRIMARY KEY,
    organisation {uuid} NOT NULL,
    title {text} NOT NULL,
    provider {text} NOT NULL,
    -- Title and provider in lower case.
    search_key {text} NOT NULL,
    designation {text} NOT NULL,
    credit {text} NOT NULL,
    maximum {int} NOT NULL CHECK (maximum >= 0),
    first_day {text} NOT NULL CHECK (length(first_day) = 10),
    last_day {text} NOT NULL CHECK (length(last_day) = 10),
    starts_on {text},
    listed_at {int} NOT NULL,
    ended_at {int},
    CHECK (first_day <= last_day),
    FOREIGN KEY (organisation, submission) REFERENCES submission (organisation, id)
) {strict};
CREATE INDEX activity_listed ON activity (organisation, listed_at, submission);
";
