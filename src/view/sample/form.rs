//! Samples of pages that ask.

use super::{
    super::{
        AnswerSection, CheckAnswers, Choice, Control, Digits, Fault, Field, Form, FormSection, Input, ShownAnswer, Sum,
        Tone,
    },
    arithmetic, button, course, file, link, study, submission, tag, text,
};

fn number(value: &str, unit: &str, digits: Digits) -> Control {
    Control::Number { value: text(value), unit: Some(text(unit)), digits }
}

fn fault(href: &str, message: &str) -> Fault {
    Fault { href: text(href), message: text(message) }
}

pub(in super::super) fn form() -> Vec<Form> {
    vec![withdraw(), approve(), invitation(), set_up()]
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
        also: Vec::new(),
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
        faults: vec![fault("#asks/credits", message)],
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
        also: Vec::new(),
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
        faults: vec![fault("#email", "Enter an e-mail address like name@example.org")],
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
        also: vec![button("Suspend this person", "/people/1/suspend", Tone::Bad)],
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
        also: Vec::new(),
    }
}

pub(in super::super) fn section() -> Vec<FormSection> {
    vec![study_section(), evidence_section(), agenda_section(), faculty_section()]
}

fn section_of(title: &str, position: &str, fields: Vec<Field>, faults: Vec<Fault>) -> FormSection {
    FormSection {
        head: study(tag("Draft", Tone::Turn)),
        title: text(title),
        position: text(position),
        back: link("All sections", "/submissions/SS-2026-0042"),
        faults,
        fields,
        action: text("/submissions/SS-2026-0042/form/study"),
        version: 7,
    }
}

fn study_section() -> FormSection {
    let credit = vec![
        Choice::new("aafp-elective", "AAFP Elective").chosen(),
        Choice {
            hint: Some(text("For physicians who hold or seek the AMA Physician's Recognition Award.")),
            ..Choice::new("ama-pra-2", "AMA PRA Category 2")
        },
    ];
    let step = "Enter the hours in steps of 0.25, for example 6.5 or 6.75";
    let mut reflection = Field::new("reflection", "What you learned and will change", Control::long_text("I will start SGLT2 inhibitors earlier in patients with albuminuria, and stop checking glucose at home in those on metformin alone."))
        .hint("Do not include anything that identifies a patient.");
    reflection.requests = vec![text("Say how you will know that the change reached your patients.")];
    section_of(
        "What you studied",
        "Section 1 of 2",
        vec![
            Field::new(
                "title",
                "Title of what you studied",
                Control::text("Standards of Care in Diabetes 2026, sections 9 to 11"),
            ),
            Field::new("source", "Publisher, DOI or web address", Control::text("10.2337/dc26-SINT")).optional(),
            Field::new("completed_on", "Date you finished", Control::Date { value: text("2026-11-08") }),
            Field::new("hours", "Hours claimed", number("6.6", "hours", Digits::Decimal)).fault(step),
            Field::new("credit_type", "Claim as", Control::Choice { options: credit }),
            reflection,
        ],
        vec![fault("#hours", step)],
    )
}

fn evidence_section() -> FormSection {
    let files = Control::Files {
        files: vec![
            file("reading-log-diabetes-2026.pdf", "PDF", "412 KB"),
            file("notes-page-3.jpg", "Image", "2.1 MB"),
        ],
        accept: text(".pdf,image/*,.docx,.xlsx,.pptx,.txt"),
        limits: text("PDF, image, Office file or text; at most 50 MB each, up to 20 files."),
        max_size: 50_000_000,
        action: text("/submissions/SS-2026-0042/documents?question=evidence"),
        more: true,
    };
    section_of(
        "Evidence",
        "Section 2 of 2",
        vec![
            Field::new("evidence", "Certificate, log or notes", files)
                .fault("“certificate.pdf” is a program, not a PDF. Export the document as PDF and upload that."),
            Field::new("attest", "The hours and the work are my own", Control::Confirm { ticked: false }),
        ],
        vec![fault(
            "#evidence",
            "“certificate.pdf” is a program, not a PDF. Export the document as PDF and upload that.",
        )],
    )
}

fn agenda_section() -> FormSection {
    let row = |index: usize, item: &str, minutes: &str, who: &str, counts: &str| {
        let options = |chosen: &str, options: &[(&str, &str)]| {
            options
                .iter()
                .map(|(id, label)| Choice { chosen: *id == chosen, ..Choice::new(*id, *label) })
                .collect::<Vec<_>>()
        };
        vec![
            Field::new(format!("agenda/{index}/item"), "What takes place", Control::text(item)),
            Field::new(format!("agenda/{index}/minutes"), "Minutes", number(minutes, "min", Digits::Numeric)),
            Field::new(
                format!("agenda/{index}/presenter"),
                "Presenter",
                Control::Select {
                    options: options(who, &[("", "Nobody"), ("ma", "Dr Miriam Adeyemi"), ("jl", "Dr Jonas Lindqvist")]),
                },
            ),
            Field::new(
                format!("agenda/{index}/counts"),
                "Counts for credit",
                Control::Select { options: options(counts, &[("yes", "Yes"), ("no", "No")]) },
            ),
        ]
    };
    let agenda = Control::Table {
        row: text("agenda item"),
        rows: vec![
            row(0, "Welcome and housekeeping", "15", "", "no"),
            row(1, "Physics you need at the bedside", "45", "ma", "yes"),
            row(2, "Lung and heart: hands-on in pairs", "90", "jl", "yes"),
        ],
        more: true,
        sum: Some(Sum {
            minutes: text("minutes"),
            counts: Some(text("counts")),
            step_minutes: 15,
            total: 135,
            credit: text("2.25"),
            unit: text("AMA PRA Category 1 Credit"),
        }),
    };
    let needs = ["Knowledge", "Competence: knowing how", "Performance: what is done in practice"];
    let needs = needs
        .iter()
        .enumerate()
        .map(|(index, label)| Choice { chosen: index == 1, ..Choice::new(format!("n{index}"), *label) });
    FormSection {
        head: course(tag("Draft", Tone::Turn)),
        ..section_of(
            "Agenda",
            "Section 4 of 7",
            vec![
                Field::new("need", "The gap is one of", Control::Choices { options: needs.collect() }),
                Field::new("live", "Do participants attend in person?", Control::YesNo { value: Some(text("yes")) }),
                Field::new("agenda", "Agenda", agenda)
                    .hint("Breaks, welcome and exhibits are listed and do not count."),
            ],
            Vec::new(),
        )
    }
}

fn faculty_section() -> FormSection {
    let row = |index: usize, name: &str, email: &str, part: &str, disclosure: &str| {
        vec![
            Field::new(format!("faculty/{index}/name"), "Name", Control::text(name)),
            Field::new(format!("faculty/{index}/email"), "E-mail address", Control::Text { value: text(email), input: Input::Email, autocomplete: "off" }),
            Field::new(format!("faculty/{index}/part"), "Part played", Control::text(part)),
            Field::new(format!("faculty/{index}/disclosure"), "Financial relationships of the last 24 months", Control::LongText { value: text(disclosure), rows: 2 })
                .hint("Every one with a company that makes, sells or markets health care products. Write “None” if there are none."),
        ]
    };
    let people = Control::People {
        rows: vec![
            row(0, "Dr Miriam Adeyemi", "m.adeyemi@example.org", "Course director, speaker", "None"),
            row(
                1,
                "Dr Jonas Lindqvist",
                "j.lindqvist@example.org",
                "Speaker",
                "Consulting fees from Sonolyte (portable ultrasound), ended March 2026",
            ),
        ],
        more: true,
    };
    FormSection {
        head: course(tag("Draft", Tone::Turn)),
        ..section_of(
            "Faculty",
            "Section 5 of 7",
            vec![Field::new("faculty", "Everybody who controls the content", people)],
            Vec::new(),
        )
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
            sections: change(submission::study_answers()),
            arithmetic: None,
            next: text(
                "An assessor reads it, usually within 30 days. You get a letter when it is decided, or when something is asked. Until then you can withdraw it.",
            ),
            send: Some(button("Send for assessment", "/submissions/SS-2026-0042/transitions/submit", Tone::Good)),
        },
        CheckAnswers {
            head: course(tag("Draft", Tone::Turn)),
            back: link("All sections", "/submissions/CA-2026-0007"),
            faults: vec![
                fault(
                    "/submissions/CA-2026-0007/form/faculty#faculty/1/disclosure",
                    "Ask Dr Jonas Lindqvist for his disclosure, and enter it",
                ),
                fault(
                    "/submissions/CA-2026-0007/form/evaluation#method",
                    "Say how you will find out what participants changed",
                ),
            ],
            sections: change(submission::course_answers()),
            arithmetic: Some(arithmetic()),
            next: text("Two answers are missing. The list at the top leads to them; nothing you wrote is lost."),
            send: None,
        },
    ]
}

#[cfg(test)]
mod tests {
    use super::{super::super::View, *};

    #[test]
    fn every_kind_of_control_is_among_the_samples() {
        fn kinds(field: &Field, found: &mut std::collections::BTreeSet<String>) {
            let control = serde_json::to_value(&field.control).unwrap();
            found.insert(control["control"].as_str().unwrap().to_owned());
            if let Control::Table { rows, .. } | Control::People { rows, .. } = &field.control {
                rows.iter().flatten().for_each(|field| kinds(field, found));
            }
        }
        let mut found = std::collections::BTreeSet::new();
        FormSection::samples().iter().flat_map(|section| &section.fields).for_each(|field| kinds(field, &mut found));
        Form::samples().iter().flat_map(|form| &form.fields).for_each(|field| kinds(field, &mut found));
        let all = [
            "choice",
            "choices",
            "confirm",
            "date",
            "files",
            "long-text",
            "number",
            "people",
            "select",
            "table",
            "text",
            "yes-no",
        ];
        assert_eq!(found.into_iter().collect::<Vec<_>>(), all);
    }
}
