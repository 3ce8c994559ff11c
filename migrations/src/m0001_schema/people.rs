//! The organisation, its people and groups, how they sign in, and what the house remembers about itself.

pub(crate) const TABLES: &str = r#"
CREATE TABLE organisation (
    id {uuid} NOT NULL PRIMARY KEY,
    name {text} NOT NULL,
    short {text} NOT NULL UNIQUE,
    time_zone {text} NOT NULL,
    created_at {int} NOT NULL,
    -- Days off, holidays, meetings, as the office writes them. An empty one reads as Saturdays and Sundays off.
    calendar {text} NOT NULL DEFAULT '{}',
    look_back_days {int} NOT NULL DEFAULT 60,
    -- A store holds one organisation: there is no second row.
    single {bool} NOT NULL DEFAULT true UNIQUE CHECK (single)
) {strict};

CREATE TABLE person (
    id {uuid} NOT NULL PRIMARY KEY,
    email {text} NOT NULL UNIQUE,
    name {text} NOT NULL,
    -- Lower case, because the databases disagree on letters beyond ASCII.
    name_key {text} NOT NULL,
    credentials {text} NOT NULL,
    affiliation {text} NOT NULL,
    -- Folded by the program, so that who works where somebody else does is found however the institution is written.
    affiliation_key {text} NOT NULL DEFAULT '',
    standing {text} NOT NULL CHECK (standing IN ('named', 'invited', 'active', 'suspended')),
    duties {text} NOT NULL,
    password {text},
    created_at {int} NOT NULL,
    erased_at {int}
) {strict};
CREATE INDEX person_by_name ON person (name_key, id);
CREATE INDEX person_on_duty ON person (name_key, id) WHERE duties <> '[]';

-- The words that a search finds a row by, here and for submissions and activities; the program writes them.
CREATE TABLE person_word (
    owner {uuid} NOT NULL REFERENCES person (id) ON DELETE CASCADE,
    word {text} NOT NULL,
    PRIMARY KEY (owner, word)
) {keyed};
CREATE INDEX person_word_beginning ON person_word (word, owner);

CREATE TABLE "group" (
    id {uuid} NOT NULL PRIMARY KEY,
    slug {text} NOT NULL UNIQUE,
    title {text} NOT NULL
) {strict};

CREATE TABLE membership (
    slug {text} NOT NULL REFERENCES "group" (slug),
    person {uuid} NOT NULL REFERENCES person (id),
    PRIMARY KEY (slug, person)
) {strict};
CREATE INDEX membership_by_person ON membership (person, slug);

CREATE TABLE session (
    id {uuid} NOT NULL PRIMARY KEY,
    secret_hash {blob} NOT NULL UNIQUE,
    person {uuid} NOT NULL REFERENCES person (id),
    created_at {int} NOT NULL,
    seen_at {int} NOT NULL,
    expires_at {int} NOT NULL,
    agent {text} NOT NULL
) {strict};
CREATE INDEX session_by_person ON session (person);
CREATE INDEX session_by_end ON session (expires_at);

CREATE TABLE link (
    id {uuid} NOT NULL PRIMARY KEY,
    token_hash {blob} NOT NULL UNIQUE,
    person {uuid} NOT NULL REFERENCES person (id),
    purpose {text} NOT NULL CHECK (purpose IN ('set-up', 'invitation', 'reset')),
    expires_at {int} NOT NULL,
    used_at {int}
) {strict};
CREATE INDEX link_by_person ON link (person);
CREATE INDEX link_by_end ON link (expires_at);

CREATE TABLE throttle (
    bucket {text} NOT NULL PRIMARY KEY,
    failures {int} NOT NULL CHECK (failures >= 0),
    window_start {int} NOT NULL,
    until {int}
) {strict};
CREATE INDEX throttle_by_age ON throttle (window_start);

CREATE TABLE signing_key (
    kid {text} NOT NULL PRIMARY KEY,
    pkcs8 {blob} NOT NULL,
    state {text} NOT NULL CHECK (state IN ('next', 'active', 'retiring', 'retired')),
    created_at {int} NOT NULL,
    changed_at {int} NOT NULL
) {strict};
CREATE UNIQUE INDEX signing_key_one_active ON signing_key (state) WHERE state = 'active';

CREATE TABLE kept_receipt (
    person {uuid} NOT NULL REFERENCES person (id),
    request_key {text} NOT NULL,
    fingerprint {blob} NOT NULL,
    receipt {text} NOT NULL,
    created_at {int} NOT NULL,
    PRIMARY KEY (person, request_key)
) {strict};
CREATE INDEX kept_receipt_by_age ON kept_receipt (created_at);

CREATE TABLE setting (
    name {text} NOT NULL PRIMARY KEY,
    value {text} NOT NULL
) {strict};

CREATE TABLE log (
    id {uuid} NOT NULL PRIMARY KEY,
    at {int} NOT NULL,
    actor {uuid},
    act {text} NOT NULL,
    subject {text} NOT NULL,
    detail {text} NOT NULL,
    -- Under which erasure the line lost what it said of a person.
    erasure {uuid}
) {strict};
CREATE INDEX log_by_age ON log (at, id);
"#;
