//! Who is named in a submission, and so cannot judge it.

use crate::step::{Change, Step};

pub(crate) const STEP: Step =
    Step { name: "m0010_named", change: Change::Breaking, statements: STATEMENTS, append_only: &[] };

const STATEMENTS: &str = r"
CREATE TABLE named (
    organisation {uuid} NOT NULL,
    submission {uuid} NOT NULL,
    email {text} NOT NULL,
    PRIMARY KEY (submission, email),
    FOREIGN KEY (organisation, submission) REFERENCES submission (organisation, id)
) {strict};

INSERT INTO named (organisation, submission, email)
SELECT DISTINCT submission.organisation, submission.id, {email}
FROM submission JOIN submission_content ON submission_content.submission = submission.id, {emails};
";
