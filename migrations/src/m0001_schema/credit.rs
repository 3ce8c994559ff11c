//! The ledger of credit and the catalogue of activities.

pub(crate) const TABLES: &str = r"
CREATE TABLE ledger_entry (
    id {uuid} NOT NULL PRIMARY KEY,
    person {uuid} NOT NULL REFERENCES person (id),
    credit {text} NOT NULL,
    amount {int} NOT NULL,
    earned {text} NOT NULL CHECK (length(earned) = 10),
    submission {uuid} REFERENCES submission (id),
    rule {text} NOT NULL,
    title {text} NOT NULL,
    reverses {uuid},
    -- The how-manieth award of its rule to the person; a line that takes one back has 1 and is not counted.
    occurrence {int} NOT NULL DEFAULT 1,
    recorded_at {int} NOT NULL,
    CHECK (amount >= 0 OR reverses IS NOT NULL),
    UNIQUE (person, id),
    FOREIGN KEY (person, reverses) REFERENCES ledger_entry (person, id)
) {strict};
CREATE UNIQUE INDEX ledger_entry_one_award ON ledger_entry (submission, rule, person, occurrence) WHERE reverses IS NULL;
CREATE UNIQUE INDEX ledger_entry_one_reversal ON ledger_entry (reverses) WHERE reverses IS NOT NULL;
CREATE INDEX ledger_entry_of_person ON ledger_entry (person, earned, id);
CREATE INDEX ledger_entry_of_rule ON ledger_entry (submission, rule, id);

CREATE TABLE activity (
    submission {uuid} NOT NULL PRIMARY KEY REFERENCES submission (id),
    title {text} NOT NULL,
    provider {text} NOT NULL,
    designation {text} NOT NULL,
    credit {text} NOT NULL,
    maximum {int} NOT NULL CHECK (maximum >= 0),
    first_day {text} NOT NULL CHECK (length(first_day) = 10),
    last_day {text} NOT NULL CHECK (length(last_day) = 10),
    starts_on {text},
    listed_at {int} NOT NULL,
    ended_at {int},
    -- The number of the revision that was accredited.
    revision {int} NOT NULL DEFAULT 1,
    CHECK (first_day <= last_day)
) {strict};
CREATE INDEX activity_listed ON activity (listed_at, submission);
CREATE INDEX activity_lasting ON activity (last_day, submission) WHERE ended_at IS NULL;

CREATE TABLE activity_word (
    owner {uuid} NOT NULL REFERENCES activity (submission) ON DELETE CASCADE,
    word {text} NOT NULL,
    PRIMARY KEY (owner, word)
) {keyed};
CREATE INDEX activity_word_beginning ON activity_word (word, owner);
";
