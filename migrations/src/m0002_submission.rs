//! Definitions, submissions, their events, who holds them, and their documents.

use crate::step::{Change, Step};

pub(crate) const STEP: Step = Step {
    name: "m0002_submission",
    change: Change::Additive,
    statements: STATEMENTS,
    append_only: &["event", "revision", "definition"],
};

const STATEMENTS: &str = r"
CREATE TABLE definition (
    hash {text} NOT NULL PRIMARY KEY,
    workflow {text} NOT NULL,
    source {text} NOT NULL,
    loaded_at {int} NOT NULL,
    UNIQUE (workflow, hash)
) {strict};

CREATE TABLE current_definition (
    workflow {text} NOT NULL PRIMARY KEY,
    hash {text} NOT NULL,
    FOREIGN KEY (workflow, hash) REFERENCES definition (workflow, hash)
) {strict};

CREATE TABLE reference_counter (
    organisation {uuid} NOT NULL REFERENCES organisation (id),
    prefix {text} NOT NULL,
    year {int} NOT NULL,
    last {int} NOT NULL,
    PRIMARY KEY (organisation, prefix, year)
) {strict};

CREATE TABLE submission (
    id {uuid} NOT NULL PRIMARY KEY,
    organisation {uuid} NOT NULL REFERENCES organisation (id),
    workflow {text} NOT NULL,
    definition {text} NOT NULL,
    reference {text} NOT NULL,
    title {text} NOT NULL,
    -- Lower case, because the databases disagree on letters beyond ASCII.
    title_key {text} NOT NULL,
    submitter {uuid} NOT NULL,
    state {text} NOT NULL,
    state_since {int} NOT NULL,
    life {text} NOT NULL CHECK (life IN ('draft', 'open', 'closed')),
    unstaffed {bool} NOT NULL,
    -- The earliest instant a holder has to act by; the largest integer where there is none, so that it sorts last.
    due {int} NOT NULL,
    -- The earliest timer.
    next_due {int},
    version {int} NOT NULL CHECK (version > 0),
    sequence {int} NOT NULL CHECK (sequence > 0),
    begun_at {int} NOT NULL,
    updated_at {int} NOT NULL,
    sent_at {int},
    UNIQUE (organisation, reference),
    UNIQUE (organisation, id),
    FOREIGN KEY (organisation, submitter) REFERENCES person (organisation, id),
    FOREIGN KEY (workflow, definition) REFERENCES definition (workflow, hash)
) {strict};
CREATE INDEX submission_oldest ON submission (organisation, state_since, id);
CREATE INDEX submission_due_first ON submission (organisation, due, id);
CREATE INDEX submission_title ON submission (organisation, title_key, id);
CREATE INDEX submission_life_newest ON submission (organisation, life, id);
CREATE INDEX submission_life_oldest ON submission (organisation, life, state_since, id);
CREATE INDEX submission_life_due_first ON submission (organisation, life, due, id);
CREATE INDEX submission_life_title ON submission (organisation, life, title_key, id);
CREATE INDEX submission_submitter ON submission (organisation, submitter, id);
CREATE INDEX submission_timer ON submission (next_due) WHERE next_due IS NOT NULL;

-- Apart from the row that lists read: it is a hundred times as long.
CREATE TABLE submission_content (
    submission {uuid} NOT NULL PRIMARY KEY REFERENCES submission (id),
    item {text} NOT NULL,
    answers {text} NOT NULL
) {strict};

CREATE TABLE event (
    submission {uuid} NOT NULL REFERENCES submission (id),
    sequence {int} NOT NULL CHECK (sequence > 0),
    at {int} NOT NULL,
    kind {text} NOT NULL,
    body {text} NOT NULL,
    PRIMARY KEY (submission, sequence)
) {strict};
CREATE INDEX event_of_kind ON event (kind, submission, sequence);

CREATE TABLE turn (
    organisation {uuid} NOT NULL,
    submission {uuid} NOT NULL,
    position {int} NOT NULL,
    person {uuid},
    slug {text},
    role {text} NOT NULL,
    track {text},
    since {int} NOT NULL,
    due {int},
    PRIMARY KEY (submission, position),
    CHECK ((person IS NULL) <> (slug IS NULL)),
    FOREIGN KEY (organisation, submission) REFERENCES submission (organisation, id),
    FOREIGN KEY (organisation, person) REFERENCES person (organisation, id)
) {strict};
CREATE INDEX turn_of_person ON turn (organisation, person, since, submission, position) WHERE person IS NOT NULL;
CREATE INDEX turn_of_group ON turn (organisation, slug, since, submission, position) WHERE slug IS NOT NULL;

CREATE TABLE seat (
    organisation {uuid} NOT NULL,
    submission {uuid} NOT NULL,
    track {text} NOT NULL,
    position {int} NOT NULL,
    person {uuid} NOT NULL,
    since {int} NOT NULL,
    declared {bool} NOT NULL,
    verdict {text},
    voided {bool} NOT NULL,
    PRIMARY KEY (submission, track, position),
    FOREIGN KEY (organisation, submission) REFERENCES submission (organisation, id),
    FOREIGN KEY (organisation, person) REFERENCES person (organisation, id)
) {strict};
CREATE INDEX seat_of_person ON seat (person, submission);

CREATE TABLE recusal (
    organisation {uuid} NOT NULL,
    submission {uuid} NOT NULL,
    person {uuid} NOT NULL,
    PRIMARY KEY (submission, person),
    FOREIGN KEY (organisation, submission) REFERENCES submission (organisation, id),
    FOREIGN KEY (organisation, person) REFERENCES person (organisation, id)
) {strict};

CREATE TABLE revision (
    submission {uuid} NOT NULL REFERENCES submission (id),
    number {int} NOT NULL CHECK (number > 0),
    sequence {int} NOT NULL,
    answers {text} NOT NULL,
    at {int} NOT NULL,
    PRIMARY KEY (submission, number)
) {strict};

CREATE TABLE document (
    id {uuid} NOT NULL PRIMARY KEY,
    organisation {uuid} NOT NULL,
    submission {uuid} NOT NULL,
    question {text} NOT NULL,
    name {text} NOT NULL,
    media_type {text} NOT NULL,
    size {int} NOT NULL CHECK (size >= 0),
    sha256 {text} NOT NULL CHECK (length(sha256) = 64),
    blob_key {text} NOT NULL,
    standing {text} NOT NULL CHECK (standing IN ('staged', 'available', 'removed')),
    uploaded_by {uuid} NOT NULL,
    uploaded_at {int} NOT NULL,
    FOREIGN KEY (organisation, submission) REFERENCES submission (organisation, id),
    FOREIGN KEY (organisation, uploaded_by) REFERENCES person (organisation, id)
) {strict};
CREATE INDEX document_of_submission ON document (submission, id);
CREATE INDEX document_by_key ON document (blob_key);
CREATE INDEX document_staged ON document (uploaded_at, id) WHERE standing = 'staged';
";
