//! Organisations, people, groups, how they sign in, and what the house remembers about itself.

use crate::step::{Change, Step};

pub(crate) const STEP: Step =
    Step { name: "m0001_people", change: Change::Additive, statements: STATEMENTS, append_only: &["log"] };

const STATEMENTS: &str = r#"
CREATE TABLE organisation (
    id {uuid} NOT NULL PRIMARY KEY,
    name {text} NOT NULL,
    short {text} NOT NULL UNIQUE,
    time_zone {text} NOT NULL,
    created_at {int} NOT NULL
) {strict};

CREATE TABLE person (
    id {uuid} NOT NULL PRIMARY KEY,
    organisation {uuid} NOT NULL REFERENCES organisation (id),
    email {text} NOT NULL,
    name {text} NOT NULL,
    -- Lower case, because the databases disagree on letters beyond ASCII.
    name_key {text} NOT NULL,
    credentials {text} NOT NULL,
    affiliation {text} NOT NULL,
    standing {text} NOT NULL CHECK (standing IN ('named', 'invited', 'active', 'suspended')),
    duties {text} NOT NULL,
    password {text},
    created_at {int} NOT NULL,
    UNIQUE (organisation, email),
    UNIQUE (organisation, id)
) {strict};
CREATE INDEX person_by_name ON person (organisation, name_key, id);
CREATE INDEX person_by_email ON person (email);

CREATE TABLE "group" (
    id {uuid} NOT NULL PRIMARY KEY,
    organisation {uuid} NOT NULL REFERENCES organisation (id),
    slug {text} NOT NULL,
    title {text} NOT NULL,
    UNIQUE (organisation, slug)
) {strict};

CREATE TABLE membership (
    organisation {uuid} NOT NULL,
    slug {text} NOT NULL,
    person {uuid} NOT NULL,
    PRIMARY KEY (organisation, slug, person),
    FOREIGN KEY (organisation, slug) REFERENCES "group" (organisation, slug),
    FOREIGN KEY (organisation, person) REFERENCES person (organisation, id)
) {strict};
CREATE INDEX membership_by_person ON membership (person);

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

CREATE TABLE throttle (
    bucket {text} NOT NULL PRIMARY KEY,
    failures {int} NOT NULL CHECK (failures >= 0),
    window_start {int} NOT NULL,
    until {int}
) {strict};

CREATE TABLE signing_key (
    kid {text} NOT NULL PRIMARY KEY,
    pkcs8 {blob} NOT NULL,
    state {text} NOT NULL CHECK (state IN ('next', 'active', 'retiring', 'retired')),
    created_at {int} NOT NULL,
    changed_at {int} NOT NULL
) {strict};
CREATE UNIQUE INDEX signing_key_one_active ON signing_key (state) WHERE state = 'active';

CREATE TABLE kept_answer (
    person {uuid} NOT NULL REFERENCES person (id),
    request_key {text} NOT NULL,
    fingerprint {blob} NOT NULL,
    status {int} NOT NULL,
    headers {text} NOT NULL,
    body {blob} NOT NULL,
    created_at {int} NOT NULL,
    PRIMARY KEY (person, request_key)
) {strict};
CREATE INDEX kept_answer_by_age ON kept_answer (created_at);

CREATE TABLE setting (
    name {text} NOT NULL PRIMARY KEY,
    value {text} NOT NULL
) {strict};

CREATE TABLE log (
    id {uuid} NOT NULL PRIMARY KEY,
    organisation {uuid} REFERENCES organisation (id),
    at {int} NOT NULL,
    actor {uuid},
    act {text} NOT NULL,
    subject {text} NOT NULL,
    detail {text} NOT NULL
) {strict};
CREATE INDEX log_by_organisation ON log (organisation, id);
"#;
