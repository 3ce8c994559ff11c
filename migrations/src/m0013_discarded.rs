//! Empty drafts that their authors threw away: they are on record and found nowhere.

use crate::step::{Change, Step};

pub(crate) const STEP: Step =
    Step { name: "m0013_discarded", change: Change::Additive, statements: &[SUBMISSION], append_only: &[] };

const SUBMISSION: &str = "ALTER TABLE submission ADD COLUMN discarded_at {int}";
