//! The first schema: everything as it was when the steps before the first release were laid together.

mod credit;
mod document;
mod people;
mod retention;
mod submission;
mod work;
mod workflow;

use crate::step::{Change, Step};

pub(crate) const STEP: Step = Step {
    name: "m0001_schema",
    change: Change::Additive,
    statements: &[
        people::TABLES,
        workflow::TABLES,
        submission::TABLES,
        document::TABLES,
        credit::TABLES,
        work::TABLES,
        retention::TABLES,
    ],
    append_only: &["log", "event", "revision", "definition", "activation", "ledger_entry", "erasure", "log_end"],
};
