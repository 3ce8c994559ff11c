//! Redacting an answer or a file.

use crate::{
    domain::{Answer, DocumentId},
    present::{
        form::{
            Entered, Form,
            field::{Choice, Control, Field},
        },
        head, path,
    },
    usecase::submission::{Dossier, is_redactable},
    workflow::About,
};

pub(crate) fn of(dossier: &Dossier, entered: &Entered) -> Form {
    let Entered { fields: typed, faults } = entered;
    let case = &dossier.case;
    let action = path::below(&case.submission.reference, "redact");
    let chosen = typed.text("what");
    let questions = case.definition.form.iter().flat_map(|section| &section.questions);
    let answered = |id: &str| case.submission.answers.get(id).is_some();
    let answers = questions
        .filter(|question| is_redactable(question) && answered(&question.id))
        .map(|question| (format!("question/{}", question.id), question.label.clone()));
    let sent: Vec<DocumentId> = case
        .submission
        .answers
        .0
        .values()
        .flat_map(|answer| match answer {
            Answer::Files(files) => files.as_slice(),
            _ => &[],
        })
        .copied()
        .collect();
    let files = dossier.documents.iter().filter(|document| sent.contains(&document.id));
    let files = files.map(|document| (format!("file/{}", document.id), format!("The file {}", document.name)));
    let options = answers.chain(files).map(|(id, label)| {
        let choice = Choice::new(&id, label);
        if id == chosen { choice.chosen() } else { choice }
    });
    let what = Field::new("what", "What is taken out", Control::Choice { options: options.collect() });
    let why = Field::new("reason", "Why", Control::long_text(typed.text("reason")))
        .hint("Everybody who reads the submission reads this. Do not repeat what is to go.");
    let elsewhere = dossier.repeats.iter().filter(|repeat| repeat.file.is_some()).map(|repeat| &repeat.reference);
    let elsewhere: Vec<&str> = elsewhere.map(String::as_str).collect();
    let again = if elsewhere.is_empty() {
        String::new()
    } else {
        format!(" A file of it lies with {} too: redact it there as well.", elsewhere.join(", "))
    };
    Form {
        head: Some(head::head(dossier)),
        back: Some(head::back(dossier)),
        heading: "Redact an answer or a file".to_owned(),
        lead: Some(format!(
            "It goes from every version that was sent, from letters and from what quotes it; a file’s bytes are deleted. Its \
             hash, who took it out, when and why stay. Backups made before have it for as long as whoever runs the server \
             keeps them.{again}"
        )),
        warning: Some("This cannot be undone.".to_owned()),
        version: Some(case.submission.version),
        tone: crate::present::part::Tone::Bad,
        ..Form::new(
            vec![Field { fault: faults.on("what"), ..what }, Field { fault: faults.on("reason"), ..why }],
            faults,
            action.clone(),
            "Redact it",
        )
    }
}

/// What was chosen: `question/ID` or `file/ID`.
pub(crate) fn chosen(what: &str) -> Option<About> {
    match what.split_once('/')? {
        ("question", id) => Some(About::Question(id.to_owned())),
        ("file", id) => id.parse().ok().map(About::Document),
        _ => None,
    }
}
