//! Submissions, their events, who holds them, and who is named in them.

pub(crate) const TABLES: &str = r#"
CREATE TABLE reference_counter (
    prefix {text} NOT NULL,
    year {int} NOT NULL,
    last {int} NOT NULL,
    PRIMARY KEY (prefix, year)
) {strict};

CREATE TABLE submission (
    id {uuid} NOT NULL PRIMARY KEY,
    workflow {text} NOT NULL,
    definition {text} NOT NULL,
    reference {text} NOT NULL UNIQUE,
    title {text} NOT NULL,
    -- Lower case, because the databases disagree on letters beyond ASCII.
    title_key {text} NOT NULL,
    submitter {uuid} NOT NULL REFERENCES person (id),
    state {text} NOT NULL,
    state_since {int} NOT NULL,
    life {text} NOT NULL CHECK (life IN ('draft', 'open', 'closed')),
    -- Nobody but the author has to act, or nobody at all: what waits for the office comes before it in the queue.
    away {bool} NOT NULL DEFAULT false,
    -- Open, and nobody in person has it.
    unassigned {bool} NOT NULL DEFAULT false,
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
    FOREIGN KEY (workflow, definition) REFERENCES definition (workflow, hash)
) {strict};
-- Without a filter the three lives are read side by side.
CREATE INDEX submission_life_newest ON submission (life, id);
CREATE INDEX submission_life_oldest ON submission (life, away, state_since, id);
CREATE INDEX submission_life_due_first ON submission (life, due, id);
CREATE INDEX submission_life_title ON submission (life, title_key, id);
-- A list that is narrowed is read lane by lane, each along an index of its order.
CREATE INDEX submission_lane_newest ON submission (workflow, state, life, unassigned, id);
CREATE INDEX submission_lane_oldest ON submission (workflow, state, life, unassigned, away, state_since, id);
CREATE INDEX submission_lane_due_first ON submission (workflow, state, life, unassigned, due, id);
CREATE INDEX submission_lane_title ON submission (workflow, state, life, unassigned, title_key, id);
CREATE INDEX submission_submitter ON submission (submitter, id);
CREATE INDEX submission_own_of_workflow ON submission (submitter, workflow, state, id);
CREATE INDEX submission_of_definition ON submission (definition, life, id);
CREATE INDEX submission_of_version ON submission (workflow, definition, life, state);
CREATE INDEX submission_finished ON submission (workflow, id) WHERE life = 'closed' AND sent_at IS NOT NULL;
CREATE INDEX submission_unstaffed ON submission (id) WHERE unstaffed;
CREATE INDEX submission_timer ON submission (next_due) WHERE next_due IS NOT NULL;

-- Where submissions have ever stood.
CREATE TABLE lane (
    workflow {text} NOT NULL,
    state {text} NOT NULL,
    life {text} NOT NULL,
    unassigned {bool} NOT NULL,
    PRIMARY KEY (workflow, state, life, unassigned)
) {keyed};

CREATE TABLE submission_word (
    owner {uuid} NOT NULL REFERENCES submission (id) ON DELETE CASCADE,
    word {text} NOT NULL,
    PRIMARY KEY (owner, word)
) {keyed};
CREATE INDEX submission_word_beginning ON submission_word (word, owner);

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
    -- Under which erasure the row lost what it said of a person.
    erasure {uuid},
    PRIMARY KEY (submission, sequence)
) {strict};
CREATE INDEX event_of_kind ON event (kind, submission, sequence);
-- Who set off an event, as its JSON has it. Within a text of JSON the quotes would have backslashes.
CREATE INDEX event_by_person ON event (substr(body, {find}(body, '"by":"') + 6, 36)) WHERE {find}(body, '"by":"') > 0;

CREATE TABLE revision (
    submission {uuid} NOT NULL REFERENCES submission (id),
    number {int} NOT NULL CHECK (number > 0),
    sequence {int} NOT NULL,
    answers {text} NOT NULL,
    at {int} NOT NULL,
    -- Under which erasure the row lost what it said of a person.
    erasure {uuid},
    PRIMARY KEY (submission, number)
) {strict};

CREATE TABLE turn (
    submission {uuid} NOT NULL REFERENCES submission (id),
    position {int} NOT NULL,
    person {uuid} REFERENCES person (id),
    slug {text},
    role {text} NOT NULL,
    track {text},
    since {int} NOT NULL,
    due {int},
    PRIMARY KEY (submission, position),
    CHECK ((person IS NULL) <> (slug IS NULL))
) {strict};
CREATE INDEX turn_of_person ON turn (person, since, submission, position) WHERE person IS NOT NULL;
CREATE INDEX turn_of_group ON turn (slug, since, submission, position) WHERE slug IS NOT NULL;

CREATE TABLE seat (
    submission {uuid} NOT NULL REFERENCES submission (id),
    track {text} NOT NULL,
    position {int} NOT NULL,
    person {uuid} NOT NULL REFERENCES person (id),
    since {int} NOT NULL,
    declared {bool} NOT NULL,
    verdict {text},
    voided {bool} NOT NULL,
    PRIMARY KEY (submission, track, position)
) {strict};
CREATE INDEX seat_of_person ON seat (person, submission);

CREATE TABLE recusal (
    submission {uuid} NOT NULL REFERENCES submission (id),
    person {uuid} NOT NULL REFERENCES person (id),
    PRIMARY KEY (submission, person)
) {strict};
CREATE INDEX recusal_of_person ON recusal (person, submission);

-- Who is named in a submission, and so cannot judge it.
CREATE TABLE named (
    submission {uuid} NOT NULL REFERENCES submission (id),
    email {text} NOT NULL,
    PRIMARY KEY (submission, email)
) {strict};

-- Who was ever named in one, also in answers that were changed since.
CREATE TABLE mention (
    email {text} NOT NULL,
    submission {uuid} NOT NULL REFERENCES submission (id),
    PRIMARY KEY (email, submission)
) {strict};
CREATE INDEX mention_of_submission ON mention (submission);

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
"#;
