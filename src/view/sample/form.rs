//! Samples of pages that ask.

use super::{
    super::{
        AnswerSection, CheckAnswers, Choice, Control, Digits, Fault, Field, Folded, Form, Input, ShownAnswer, Tone,
    },
    answer, arithmetic, button, course, link, study, tag, text,
};

pub(super) fn number(value: &str, unit: &str, digits: Digits) -> Control {
    Control::Number { value: text(value), unit: Some(text(unit)), digits }
}

pub(in super::super) fn form() -> Vec<Form> {
    vec![withdraw(), approve(), invitation(), set_up(), mapping()]
}

fn withdraw() -> Form {
    Form {
        head: Some(study(tag("Draft", Tone::Quiet))),
        back: Some(link("Back to your submission", "/submissions/SS-2026-0042")),
        heading: text("Withdraw this submission?"),
        lead: None,
        warning: Some(text(
            "It ends for good. Your assessor is told; no credit is recorded. What you wrote stays readable for you and the office. To send it again you would start a new one.",
        )),
        faults: Vec::new(),
        fields: vec![
            Field::new("note", "Why do you withdraw it?", Control::LongText { value: String::new(), rows: 3 })
                .optional(),
        ],
        action: text("/submissions/SS-2026-0042/transitions/withdraw"),
        version: Some(7),
        send: text("Withdraw for good"),
        tone: Tone::Bad,
        folded: None,
        also: Vec::new(),
        links: Vec::new(),
    }
}

fn approve() -> Form {
    let message = "Enter at most 4.25: the agenda has 260 minutes that count. Use steps of 0.25.";
    Form {
        head: Some(course(tag("Committee decision", Tone::Turn))),
        back: Some(link("Back to the submission", "/submissions/CA-2026-0007")),
        heading: text("Accredit this course"),
        lead: Some(text(
            "It is listed in the public catalogue at once, and the author may announce it with its credit.",
        )),
        warning: None,
        faults: vec![Fault::new("#asks/credits", message)],
        fields: vec![
            Field::new(
                "asks/credits",
                "Credit a participant may claim at most",
                number("5", "AMA PRA Category 1 Credits", Digits::Decimal),
            )
            .hint("The agenda carries 4.25.")
            .fault(message),
            Field::new(
                "note",
                "For the author",
                Control::long_text("A well-built half day. The committee liked the cases."),
            )
            .optional(),
        ],
        action: text("/submissions/CA-2026-0007/transitions/approve"),
        version: Some(23),
        send: text("Accredit"),
        tone: Tone::Good,
        folded: None,
        also: Vec::new(),
        links: Vec::new(),
    }
}

fn mapping() -> Form {
    let state = |name: &str, label: &str, none: &str| {
        let options = vec![Choice { chosen: true, ..Choice::new("", none) }, Choice::new("review", "Being reviewed")];
        Field::new(name, label, Control::Select { options })
    };
    let lost = state(
        "mapping/states/assessment",
        "The state “Being assessed” becomes",
        "Not said: whoever is there cannot go over",
    );
    let kept = state("mapping/states/overdue", "The state “Overdue” becomes", "“Overdue”, as before");
    Form {
        head: None,
        back: Some(link("Self-study", "/workflows/self-study")),
        heading: text("Plan to take open submissions over"),
        lead: Some(text("Say what the new version calls what it does not have under the old name.")),
        warning: None,
        faults: Vec::new(),
        fields: vec![lost],
        folded: Some(Folded {
            summary: text("Change more: 1 name of both versions"),
            lead: text("Each stays what it is unless you choose something else."),
            open: false,
            fields: vec![kept],
        }),
        action: text("/workflows/self-study/migrate?from=71a5"),
        version: None,
        send: text("Plan it"),
        tone: Tone::Good,
        also: Vec::new(),
        links: Vec::new(),
    }
}

fn invitation() -> Form {
    let groups = ["Accreditation office", "Content reviewers", "Integrity", "Committee", "Self-study assessors"];
    let options = groups.iter().enumerate().map(|(index, name)| Choice::new(format!("g{index}"), *name)).collect();
    Form {
        head: None,
        back: Some(link("People", "/people")),
        heading: text("Invite somebody"),
        lead: Some(text(
            "They get a letter with a link that works once, for seven days. Until they have chosen a password they have no rights at all.",
        )),
        warning: None,
        faults: vec![Fault::new("#email", "Enter an e-mail address like name@example.org")],
        fields: vec![
            Field::new("name", "Name, as it should be printed", Control::text("Dr Kwame Boateng")),
            Field::new(
                "email",
                "E-mail address",
                Control::Text { value: text("k.boateng"), input: Input::Email, autocomplete: "off" },
            )
            .fault("Enter an e-mail address like name@example.org"),
            Field::new("institution", "Institution", Control::text("Lakeside Health")).optional(),
            Field::new("groups", "Member of", Control::Choices { options })
                .hint("Groups carry the roles of the workflows."),
        ],
        action: text("/people/invite"),
        version: None,
        send: text("Send the invitation"),
        tone: Tone::Good,
        folded: None,
        also: vec![button("Suspend this person", "/people/1/suspend", Tone::Bad)],
        links: vec![link("Erase this person, or copy what is kept about them", "/people/1/erase")],
    }
}

fn set_up() -> Form {
    let password =
        |value: &str| Control::Text { value: text(value), input: Input::Password, autocomplete: "new-password" };
    Form {
        head: None,
        back: None,
        heading: text("Set up Imprimatur"),
        lead: Some(text("You are the first administrator. This link works once.")),
        warning: None,
        faults: Vec::new(),
        fields: vec![
            Field::new(
                "organisation",
                "Name of your organisation",
                Control::text("Prairie States Academy of Family Medicine"),
            ),
            Field::new(
                "name",
                "Your name",
                Control::Text { value: String::new(), input: Input::Text, autocomplete: "name" },
            ),
            Field::new(
                "email",
                "Your e-mail address",
                Control::Text { value: String::new(), input: Input::Email, autocomplete: "email" },
            ),
            Field::new("password", "Choose a password", password(""))
                .hint("At least 15 characters. Several words you can remember are better than signs you cannot."),
        ],
        action: text("/set-up/1f9c"),
        version: None,
        send: text("Set up"),
        tone: Tone::Good,
        folded: None,
        also: Vec::new(),
        links: Vec::new(),
    }
}

pub(in super::super) fn check() -> Vec<CheckAnswers> {
    let change = |sections: Vec<AnswerSection>| {
        let answer = |answer: ShownAnswer| ShownAnswer {
            change: Some(format!("/submissions/x/form#{}", answer.question)),
            ..answer
        };
        sections
            .into_iter()
            .map(|section| AnswerSection { answers: section.answers.into_iter().map(answer).collect(), ..section })
            .collect::<Vec<_>>()
    };
    vec![
        CheckAnswers {
            head: study(tag("Draft", Tone::Turn)),
            back: link("All sections", "/submissions/SS-2026-0042"),
            faults: Vec::new(),
            sections: change(answer::study()),
            arithmetic: None,
            next: text(
                "Send by Tuesday 17 November, 09:00 and it goes to the meeting of 3 December; later means 4 February 2027. An assessor reads it, usually within 30 days. You get a letter when it is decided, or when something is asked. Until then you can withdraw it.",
            ),
            send: Some(button("Send for assessment", "/submissions/SS-2026-0042/transitions/submit", Tone::Good)),
        },
        CheckAnswers {
            head: course(tag("Draft", Tone::Turn)),
            back: link("All sections", "/submissions/CA-2026-0007"),
            faults: vec![
                Fault::new(
                    "/submissions/CA-2026-0007/form/faculty#faculty/1/disclosure",
                    "Ask Dr Jonas Lindqvist for his disclosure, and enter it",
                ),
                Fault::new(
                    "/submissions/CA-2026-0007/form/evaluation#method",
                    "Say how you will find out what participants changed",
                ),
            ],
            sections: change(answer::course()),
            arithmetic: Some(arithmetic()),
            next: text("Two answers are missing. The list at the top leads to them; nothing you wrote is lost."),
            send: None,
        },
    ]
}
