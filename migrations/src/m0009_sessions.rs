//! From where somebody signed in, so that they know a session that is not theirs.

use crate::step::{Change, Step};

pub(crate) const STEP: Step =
    Step { name: "m0009_sessions", change: Change::Additive, statements: &[SESSION], append_only: &[] };

const SESSION: &str = "ALTER TABLE session ADD COLUMN address {text} NOT NULL DEFAULT ''";
