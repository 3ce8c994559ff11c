//! What the office decides about conflicts of interest.

use crate::{
    present::{
        form::{
            Entered, Form,
            field::{Choice, Control, Field},
        },
        head, path,
        words::conflict,
    },
    usecase::submission::{Conflicted, Dossier, Settled},
    workflow::Ruling,
};

/// What can be decided, by the words of the form.
const DECISIONS: [(&str, Settled, &str); 4] = [
    ("lift", Settled::Lifted, "It does not stand in the way: lift it"),
    ("seat-another", Settled::Ruled(Ruling::SeatAnother), "It stands: somebody else takes the place"),
    (
        "name-back",
        Settled::Ruled(Ruling::NameBack),
        "Have the name taken back: the author is asked, without being told whom it is about",
    ),
    ("decided", Settled::Ruled(Ruling::Decided), "It was looked at anew"),
];

/// What somebody decided.
pub(crate) fn decision(word: &str) -> Option<Settled> {
    DECISIONS.iter().find(|(known, ..)| *known == word).map(|(_, settled, _)| *settled)
}

pub(crate) fn of(dossier: &Dossier, entered: &Entered) -> Form {
    let Entered { fields: typed, faults } = entered;
    let submission = &dossier.case.submission;
    let choice = |id: &str, label: String, chosen: &str| {
        let choice = Choice::new(id, label);
        if id == chosen { choice.chosen() } else { choice }
    };
    let chosen = typed.text("person");
    let people = dossier.conflicted.iter().map(|one| choice(&one.person.id.to_string(), told(one), &chosen)).collect();
    let who = Field::new("person", "Whose", Control::Choice { options: people });
    let chosen = typed.text("decision");
    let decisions = DECISIONS.iter().map(|(word, _, label)| choice(word, (*label).to_owned(), &chosen)).collect();
    let what = Field::new("decision", "What you decide", Control::Choice { options: decisions });
    let why = Field::new("reason", "Why", Control::long_text(typed.text("reason")))
        .hint("The history keeps it; the author does not read it.");
    let fields = vec![
        Field { fault: faults.on("person"), ..who },
        Field { fault: faults.on("decision"), ..what },
        Field { fault: faults.on("reason"), ..why },
    ];
    let none = dossier.conflicted.is_empty();
    let lead = "Nobody of those who could decide about this has a conflict of interest that is known.".to_owned();
    Form {
        head: Some(head::head(dossier)),
        back: Some(head::back(dossier)),
        heading: "Conflicts of interest".to_owned(),
        lead: none.then_some(lead),
        version: Some(submission.version),
        ..Form::new(
            if none { Vec::new() } else { fields },
            faults,
            path::below(&submission.reference, "conflicts"),
            "Record the decision",
        )
    }
}

/// Somebody, and what stands against them.
fn told(one: &Conflicted) -> String {
    let stands: Vec<&str> = one.conflicts.iter().map(|known| conflict::stands(*known)).collect();
    let lifted: Vec<&str> = one.lifted.iter().map(|known| conflict::stands(*known)).collect();
    let asked = if one.asked { "; the office has to decide" } else { "" };
    match (stands.is_empty(), lifted.is_empty()) {
        (false, true) => format!("{}: {}{asked}", one.person.name, stands.join(", ")),
        (false, false) => {
            format!("{}: {}; lifted: {}{asked}", one.person.name, stands.join(", "), lifted.join(", "))
        }
        (true, _) => format!("{}: lifted: {}{asked}", one.person.name, lifted.join(", ")),
    }
}
