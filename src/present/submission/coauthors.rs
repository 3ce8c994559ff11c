//! Who writes along: named, let write or only read, and taken off.

use crate::{
    present::{
        form::{
            Entered, Form,
            field::{Choice, Control, Field},
        },
        head,
        part::{Button, Tone},
        path,
    },
    usecase::submission::Dossier,
    workflow::Right,
};

/// What a co-author may do, in the order it is offered.
const RIGHTS: [(Right, &str, &str); 2] = [
    (Right::Reads, "reads", "Reads what you read"),
    (Right::Writes, "writes", "Also changes answers and files; sending stays with you"),
];

pub(crate) fn of(dossier: &Dossier, entered: &Entered) -> Form {
    let Entered { fields: typed, faults } = entered;
    let submission = &dossier.case.submission;
    let action = path::below(&submission.reference, "authors");
    let standing = submission.item.coauthors.iter().filter(|(_, coauthor)| coauthor.right != Right::Gone);
    let told = standing.clone().map(|(email, coauthor)| {
        let may = if coauthor.right == Right::Writes { "writes along" } else { "reads along" };
        format!("{} ({email}) {may}.", coauthor.name)
    });
    let rule = "Who is named here gets a letter, sees this as you do, and can never judge it. Enter an address again to \
                change what they may do.";
    let lead: Vec<String> = told.chain([rule.to_owned()]).collect();
    let line = |name: &str, label: &str| Field {
        fault: faults.on(name),
        ..Field::new(name, label, Control::text(typed.text(name)))
    };
    let chosen = right(&typed.text("right")).unwrap_or(Right::Reads);
    let options = RIGHTS.iter().map(|(right, id, label)| {
        let choice = Choice::new(*id, *label);
        if *right == chosen { choice.chosen() } else { choice }
    });
    let may = Field::new("right", "What they may do", Control::Choice { options: options.collect() });
    let taken_off = standing.filter_map(|(email, coauthor)| {
        let person = dossier.case.addresses.get(email)?;
        Some(Button {
            label: format!("{} does not write along any more", coauthor.name),
            action: format!("{action}/{person}/remove"),
            version: Some(submission.version),
            tone: Tone::Bad,
        })
    });
    Form {
        head: Some(head::head(dossier)),
        back: Some(head::back(dossier)),
        heading: "Who writes along".to_owned(),
        lead: Some(lead.join(" ")),
        version: Some(submission.version),
        also: taken_off.collect(),
        ..Form::new(
            vec![line("name", "Name, as it should be printed"), line("email", "E-mail address"), may],
            faults,
            action.clone(),
            "Name this co-author",
        )
    }
}

/// What a co-author may do, as it was chosen.
pub(crate) fn right(chosen: &str) -> Option<Right> {
    RIGHTS.iter().find(|(_, id, _)| *id == chosen).map(|(right, ..)| *right)
}
