//! Disclosures of financial relationships that people give themselves: who was asked, by which links, and what they signed.

use crate::step::{Change, Step};

pub(crate) const STEP: Step =
    Step { name: "m0012_disclosures", change: Change::Additive, statements: &[TABLES], append_only: &[] };

const TABLES: &str = r"
-- Somebody who is named in a submission was asked for their disclosure.
CREATE TABLE disclosure_request (
    id {uuid} NOT NULL PRIMARY KEY,
    submission {uuid} NOT NULL REFERENCES submission (id),
    email {text} NOT NULL,
    name {text} NOT NULL,
    asked_by {uuid} NOT NULL REFERENCES person (id),
    asked_at {int} NOT NULL,
    replaced_at {int}
) {strict};
CREATE INDEX disclosure_request_in ON disclosure_request (submission, email);
CREATE INDEX disclosure_request_of ON disclosure_request (email);
CREATE INDEX disclosure_request_by ON disclosure_request (asked_by);

-- Links by which they give it, without an account.
CREATE TABLE disclosure_link (
    token_hash {blob} NOT NULL PRIMARY KEY,
    request {uuid} NOT NULL REFERENCES disclosure_request (id),
    way {text} NOT NULL,
    expires_at {int} NOT NULL
) {strict};
CREATE INDEX disclosure_link_of ON disclosure_link (request);

-- What they stated and signed; it belongs to the address, and is good for every submission that names it.
CREATE TABLE disclosure (
    id {uuid} NOT NULL PRIMARY KEY,
    request {uuid} NOT NULL UNIQUE REFERENCES disclosure_request (id),
    email {text} NOT NULL,
    way {text} NOT NULL,
    relationships {text} NOT NULL,
    statement {text} NOT NULL,
    signature {text} NOT NULL,
    given_at {int} NOT NULL
) {strict};
CREATE INDEX disclosure_of ON disclosure (email, given_at);
";
