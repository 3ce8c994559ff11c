//! Uploaded files, and what has to be known of their bytes so that none is deleted by mistake and none is served wrong.

pub(crate) const TABLES: &str = r"
CREATE TABLE document (
    id {uuid} NOT NULL PRIMARY KEY,
    submission {uuid} NOT NULL REFERENCES submission (id),
    question {text} NOT NULL,
    name {text} NOT NULL,
    media_type {text} NOT NULL,
    size {int} NOT NULL CHECK (size >= 0),
    sha256 {text} NOT NULL CHECK (length(sha256) = 64),
    blob_key {text} NOT NULL,
    standing {text} NOT NULL CHECK (standing IN ('staged', 'available', 'removed')),
    uploaded_by {uuid} NOT NULL REFERENCES person (id),
    uploaded_at {int} NOT NULL,
    -- By the database's clock: the bytes stay for a while after this.
    removed_at {int},
    -- The bytes are deleted, and that is on disk.
    swept_at {int},
    -- What was found wrong with the bytes, and not found right since.
    fault {text}
) {strict};
CREATE INDEX document_of_submission ON document (submission, id);
CREATE INDEX document_by_key ON document (blob_key);
CREATE INDEX document_staged ON document (uploaded_at, id) WHERE standing = 'staged';
CREATE INDEX document_uploaded_by ON document (uploaded_by, id);
CREATE INDEX document_to_sweep ON document (blob_key) WHERE removed_at IS NOT NULL AND swept_at IS NULL;
-- The sweep dates what does not say when it was removed.
CREATE INDEX document_undated ON document (id) WHERE standing = 'removed' AND removed_at IS NULL;
CREATE INDEX document_faulty ON document (id) WHERE fault IS NOT NULL;

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
