//! Handing over: proposed by the office, agreed to by owner and successor.

use crate::{
    access::{Act, Caller},
    present::{
        form::{
            Entered, Form,
            fault::Faults,
            field::{Control, Field, Input},
        },
        head,
        part::{Button, Tone},
        path,
        words::turn,
    },
    usecase::submission::Dossier,
};

/// The page: for the office to begin it, for those who are asked to answer.
pub(crate) fn of(dossier: &Dossier, caller: &Caller, entered: &Entered) -> Form {
    let submission = &dossier.case.submission;
    let action = path::below(&submission.reference, "hand-over");
    let asked = submission.item.succession.as_ref();
    let named = |person| turn::name(dossier, person);
    let mine = asked.filter(|asked| asked.to == caller.person || submission.submitter == caller.person);
    let waiting = asked.map(|asked| {
        let agreed: Vec<String> = asked.agreed.iter().map(|person| named(*person)).collect();
        let so_far = if agreed.is_empty() {
            "Nobody has agreed yet.".to_owned()
        } else {
            format!("{} has agreed.", agreed.join(", "))
        };
        let to = named(asked.to);
        format!("It is to be handed over to {to} once both agree. {so_far}")
    });
    let after = "Whoever hands it over can go on reading what was sent until that day; everything else is the successor’s \
                 from then on. Whoever judged it cannot come to own it.";
    let manages = dossier.acts.contains(&Act::Manage);
    let answers = mine.filter(|asked| !asked.agreed.contains(&caller.person)).map(|_| {
        let button = |label: &str, path: &str, tone| Button {
            label: label.to_owned(),
            action: format!("{action}/{path}"),
            version: Some(submission.version),
            tone,
        };
        [button("I agree", "agree", Tone::Good), button("I do not", "decline", Tone::Bad)]
    });
    let (fields, send) = if manages { (fields(entered), "Hand it over") } else { (Vec::new(), "") };
    let none = Faults::default();
    Form {
        head: Some(head::head(dossier)),
        back: Some(head::back(dossier)),
        heading: "Handing it over".to_owned(),
        lead: Some([waiting.unwrap_or_default(), after.to_owned()].join(" ").trim().to_owned()),
        version: Some(submission.version),
        also: answers.into_iter().flatten().collect(),
        ..Form::new(fields, if manages { &entered.faults } else { &none }, action.clone(), send)
    }
}

fn fields(entered: &Entered) -> Vec<Field> {
    let Entered { fields: typed, faults } = entered;
    let address = Control::Text { value: typed.text("email"), input: Input::Email, autocomplete: "off" };
    let to = Field::new("email", "E-mail address of the successor", address).hint("They have an account here.");
    let why = Field::new("reason", "Why, where nobody is asked", Control::long_text(typed.text("reason")));
    let why =
        why.hint("Without a reason owner and successor are asked, and it is handed over once both agree.").optional();
    vec![Field { fault: faults.on("email"), ..to }, Field { fault: faults.on("reason"), ..why }]
}
