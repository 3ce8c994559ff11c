//! Another address that somebody asked for, confirmed by the one of now and the new one; and which letters somebody wants.

use crate::step::{Change, Step};

pub(crate) const STEP: Step =
    Step { name: "m0011_address_and_letters", change: Change::Additive, statements: &[TABLES], append_only: &[] };

const TABLES: &str = r"
CREATE TABLE address_change (
    id {uuid} NOT NULL PRIMARY KEY,
    person {uuid} NOT NULL REFERENCES person (id),
    email {text} NOT NULL,
    expires_at {int} NOT NULL,
    old_confirmed_at {int},
    new_confirmed_at {int},
    -- Another one took its place, or it was carried out.
    ended_at {int}
) {strict};
CREATE INDEX address_change_of ON address_change (person);
CREATE INDEX address_change_by_end ON address_change (expires_at);

-- The links in the letters about it.
CREATE TABLE address_link (
    token_hash {blob} NOT NULL PRIMARY KEY,
    request {uuid} NOT NULL REFERENCES address_change (id) ON DELETE CASCADE,
    side {text} NOT NULL CHECK (side IN ('old', 'new'))
) {strict};
CREATE INDEX address_link_of ON address_link (request);

-- Kinds of letters that somebody does not want.
CREATE TABLE unwanted_letter (
    person {uuid} NOT NULL REFERENCES person (id),
    kind {text} NOT NULL,
    PRIMARY KEY (person, kind)
) {strict};
";
