//! Who is away, who writes along, what was taken out of what was sent, and what is claimed twice.

use crate::step::{Change, Step};

pub(crate) const STEP: Step =
    Step { name: "m0003_people", change: Change::Additive, statements: &[TABLES], append_only: &[] };

const TABLES: &str = r#"
CREATE TABLE absence (
    id {uuid} NOT NULL PRIMARY KEY,
    person {uuid} NOT NULL REFERENCES person (id),
    first_day {text} NOT NULL CHECK (length(first_day) = 10),
    -- That day included.
    last_day {text} NOT NULL CHECK (length(last_day) = 10),
    entered_by {uuid} NOT NULL REFERENCES person (id),
    entered_at {int} NOT NULL,
    CHECK (first_day <= last_day)
) {strict};
CREATE INDEX absence_of_person ON absence (person, last_day);
CREATE INDEX absence_entered_by ON absence (entered_by);

-- Groups in which the places of members who are away wait for them; in all others they pass on.
CREATE TABLE waiting_group (
    slug {text} NOT NULL PRIMARY KEY REFERENCES "group" (slug)
) {strict};

-- Who knows a submission as its author does: those who write along, and those who handed it over.
CREATE TABLE party (
    submission {uuid} NOT NULL REFERENCES submission (id),
    -- An address, or somebody's id.
    who {text} NOT NULL,
    PRIMARY KEY (submission, who)
) {strict};
CREATE INDEX party_of ON party (who, submission);

-- Where it is no person that goes, but an answer or a file of this submission.
ALTER TABLE erasure ADD COLUMN submission {uuid} REFERENCES submission (id);
CREATE INDEX erasure_of_submission ON erasure (submission) WHERE submission IS NOT NULL;

-- The same bytes, whoever uploaded them.
CREATE INDEX document_by_hash ON document (sha256);
-- What a submission claims: a day and a title, folded. The same stand for the same thing, learnt or taught.
CREATE TABLE claim (
    submission {uuid} NOT NULL REFERENCES submission (id),
    words {text} NOT NULL,
    PRIMARY KEY (submission, words)
) {strict};
CREATE INDEX claim_of_words ON claim (words, submission);
"#;
