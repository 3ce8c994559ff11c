//! Which letters one gets.

use std::collections::BTreeSet;

use strum::IntoEnumIterator as _;

use crate::{
    domain::LetterKind,
    present::{
        form::{
            Form,
            data::FormData,
            fault::Faults,
            field::{Choice, Control, Field},
        },
        part::Link,
    },
};

const LETTERS: &str = "letters";

/// The form, with those ticked that are wanted.
pub(crate) fn of(unwanted: &BTreeSet<LetterKind>) -> Form {
    let options = LetterKind::iter().map(|kind| {
        let (label, hint) = told(kind);
        let option = Choice::new(<&str>::from(kind), label);
        Choice { hint: Some(hint.to_owned()), chosen: !unwanted.contains(&kind), ..option }
    });
    let field = Field::new(LETTERS, "Letters that you get", Control::Choices { options: options.collect() });
    Form {
        heading: "Which letters you get".to_owned(),
        lead: Some(
            "These always go: links to sign in, what happens to your account, receipts and decisions on what you sent, what \
             waits for you alone, and what an administrator has to see to. The others are yours to choose; what they tell \
             stands on your pages too."
                .to_owned(),
        ),
        ..Form::plain(
            vec![field.optional()],
            &Faults::default(),
            "/account/letters".to_owned(),
            "Save",
            Link::new("Your account", "/account"),
        )
    }
}

fn told(kind: LetterKind) -> (&'static str, &'static str) {
    match kind {
        LetterKind::Reminders => ("Reminders", "Something has waited for you for a while."),
        LetterKind::GroupTurns => {
            ("What waits for a group of yours", "Somebody of the group takes it; your pages list it either way.")
        }
        LetterKind::Progress => {
            ("Steps in submissions of others", "Something went on, and there is nothing for you to do.")
        }
        LetterKind::Absences => ("Absences", "Somebody will be away: for coordinators."),
    }
}

/// Kinds that were not ticked.
pub(crate) fn unwanted(typed: &FormData) -> BTreeSet<LetterKind> {
    let wanted: Vec<&str> = typed.all(LETTERS).collect();
    LetterKind::iter().filter(|kind| !wanted.contains(&<&str>::from(*kind))).collect()
}
