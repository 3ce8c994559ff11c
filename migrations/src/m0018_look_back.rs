//! For how long whoever acted on a submission may look it up once it is over.

use crate::step::{Change, Step};

pub(crate) const STEP: Step =
    Step { name: "m0018_look_back", change: Change::Additive, statements: STATEMENTS, append_only: &[] };

const STATEMENTS: &str = r"
ALTER TABLE organisation ADD COLUMN look_back_days {int} NOT NULL DEFAULT 60;
";
