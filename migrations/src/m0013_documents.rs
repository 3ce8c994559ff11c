//! What has to be known of documents so that none is deleted by mistake and none is served wrong.

use crate::step::{Change, Step};

pub(crate) const STEP: Step =
    Step { name: "m0013_documents", change: Change::Additive, statements: STATEMENTS, append_only: &[] };

const STATEMENTS: &str = r"
-- By the database's clock: the bytes stay for a while after this.
ALTER TABLE document ADD COLUMN removed_at {int};
-- The bytes are deleted, and that is on disk.
ALTER TABLE document ADD COLUMN swept_at {int};
-- What was found wrong with the bytes, and not found right since.
ALTER TABLE document ADD COLUMN fault {text};
CREATE INDEX document_to_sweep ON document (blob_key) WHERE removed_at IS NOT NULL AND swept_at IS NULL;
-- A program of an earlier version does not say when: the sweep dates these, the old ones too.
CREATE INDEX document_undated ON document (id) WHERE standing = 'removed' AND removed_at IS NULL;
CREATE INDEX document_faulty ON document (organisation, id) WHERE fault IS NOT NULL;

-- SHA-256 of each 256 KiB of a document that is longer than that, one after the other.
CREATE TABLE document_digest (
    document {uuid} NOT NULL PRIMARY KEY REFERENCES document (id),
    digests {blob} NOT NULL
) {strict};

-- Where uploads are put that are under way: written first, gone once the document has its row.
CREATE TABLE staging (
    id {uuid} NOT NULL PRIMARY KEY,
    -- By the database's clock.
    at {int} NOT NULL
) {strict};
CREATE INDEX staging_oldest ON staging (at, id);

-- As long as one of these lasts no bytes are deleted.
CREATE TABLE sweep_hold (
    name {text} NOT NULL PRIMARY KEY,
    -- By the database's clock.
    until {int} NOT NULL
) {strict};
";
