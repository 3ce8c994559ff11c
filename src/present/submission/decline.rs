//! Declining a place in a review by the link of the letter.

use crate::{
    present::{
        form::{
            Entered, Form,
            fault::Faults,
            field::{Choice, Control, Field},
        },
        part::Link,
        words,
    },
    usecase::submission::{Because, Declinable},
};

/// Why somebody declines, by the words of the form.
const REASONS: [(&str, Because, &str); 2] =
    [("busy", Because::Busy, "I cannot review it"), ("conflict", Because::Conflicted, "I have a conflict of interest")];

/// Why somebody declines.
pub(crate) fn because(word: &str) -> Option<Because> {
    REASONS.iter().find(|(known, ..)| *known == word).map(|(_, because, _)| *because)
}

pub(crate) fn of(asked: &Declinable, action: String, entered: &Entered) -> Form {
    let Entered { fields: typed, faults } = entered;
    let chosen = typed.text("because");
    let options =
        REASONS.iter().map(|(word, _, label)| Choice { chosen: *word == chosen, ..Choice::new(*word, *label) });
    let why = Field::new("because", "Why", Control::Choice { options: options.collect() });
    let reason = Field::new("reason", "In your words", Control::long_text(typed.text("reason")))
        .hint("The office reads it; the author does not.");
    let fields =
        vec![Field { fault: faults.on("because"), ..why }, Field { fault: faults.on("reason"), ..reason }.optional()];
    let reviews: Vec<String> = asked
        .tracks
        .iter()
        .map(|name| asked.case.definition.track(name).map_or_else(|| words::plain(name), |track| track.title(name)))
        .collect();
    let submission = &asked.case.submission;
    Form {
        heading: "Decline the review".to_owned(),
        lead: Some(format!(
            "{}, {}: {}. You were given a place in it, {}.",
            submission.reference,
            words::title(&submission.title, &asked.case.definition),
            words::list(&reviews),
            asked.person.name
        )),
        ..Form::new(fields, faults, action, "Decline it")
    }
}

/// What is said afterwards.
pub(crate) fn done(asked: &Declinable) -> Form {
    Form {
        heading: "You have declined".to_owned(),
        lead: Some(format!(
            "The place in {} is free again, and the office knows. There is nothing more to do.",
            asked.case.submission.reference
        )),
        ..Form::plain(Vec::new(), &Faults::default(), String::new(), "", Link::new("Home", "/"))
    }
}
