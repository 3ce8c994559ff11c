//! What a second administrator does with what a first one proposed.

use serde::Serialize;

use crate::present::form::{
    Entered,
    field::{Control, Field},
};

/// What a second administrator does with what a first one proposed.
#[derive(Clone, Debug, Serialize)]
pub struct Countersigning {
    /// Who proposed it, and what follows from that.
    pub lead: String,
    pub fields: Vec<Field>,
    /// The version in force now, posted as `replaces`, where one is replaced.
    pub replaces: Option<String>,
    pub send: String,
    pub action: String,
}

/// What a second administrator does; who proposed and looks alone is told what that asks.
pub(crate) fn countersign(who: Option<&str>, own: bool, entered: &Entered) -> Countersigning {
    let Entered { fields: typed, faults } = entered;
    let lead = match (who, own) {
        (_, true) => {
            "You proposed this yourself. Another administrator has to look at it; only where there is no other \
                      may you go on alone, and you say why."
                .to_owned()
        }
        (Some(who), false) => {
            format!("Proposed by {who}. You are the second pair of eyes: look at everything on this page first.")
        }
        (None, false) => "Look at everything on this page first.".to_owned(),
    };
    let reason = Field::new("reason", "Reason", Control::long_text(typed.text("reason")))
        .hint("It is kept in the log. Needed where one administrator does both.")
        .optional();
    let fields = vec![Field { fault: faults.on("reason"), ..reason }];
    Countersigning { lead, fields, replaces: None, send: String::new(), action: String::new() }
}
