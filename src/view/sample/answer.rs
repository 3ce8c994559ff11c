//! The answers of the samples: a self-study and a course.

use super::{
    super::{AnswerSection, Shown, ShownAnswer, ShownPerson},
    file, text, texts,
};

fn answer(question: &str, label: &str, value: Shown) -> ShownAnswer {
    ShownAnswer {
        question: text(question),
        label: text(label),
        value,
        change: None,
        before: None,
        requests: Vec::new(),
    }
}

fn words(question: &str, label: &str, words: &str) -> ShownAnswer {
    answer(question, label, Shown::Text { text: text(words) })
}

pub(super) fn study() -> Vec<AnswerSection> {
    vec![
        AnswerSection {
            title: text("What you studied"),
            answers: vec![
                words("title", "Title of what you studied", "Standards of Care in Diabetes 2026, sections 9 to 11"),
                answer("source", "Publisher, DOI or web address", Shown::Missing),
                words("completed_on", "Date you finished", "Sunday 8 November 2026"),
                words("hours", "Hours claimed", "6.50"),
                words("credit_type", "Claim as", "AAFP Elective"),
                words(
                    "reflection",
                    "What you learned and will change",
                    "I will start SGLT2 inhibitors earlier in patients with albuminuria, and stop checking glucose at home in those on metformin alone.\n\nI will know from the quarterly register: share of patients with albuminuria who are on an SGLT2 inhibitor.",
                ),
            ],
        },
        AnswerSection {
            title: text("Evidence"),
            answers: vec![
                answer(
                    "evidence",
                    "Certificate, log or notes",
                    Shown::Files {
                        files: vec![
                            file("reading-log-diabetes-2026.pdf", "PDF", "412 KB"),
                            file("notes-page-3.jpg", "Image", "2.1 MB"),
                        ],
                    },
                ),
                words("attest", "The hours and the work are my own", "Yes"),
            ],
        },
    ]
}

pub(super) fn course() -> Vec<AnswerSection> {
    let person = |name: &str, part: &str, disclosure: &str| ShownPerson {
        name: text(name),
        email: Some(text("faculty@example.org")),
        part: text(part),
        disclosure: Some(text(disclosure)),
    };
    let agenda = [
        ["Physics you need at the bedside", "45", "Dr Miriam Adeyemi", "Yes"],
        ["Lung and heart: hands-on in pairs", "90", "Dr Jonas Lindqvist", "Yes"],
        ["Lunch", "45", "", "No"],
        ["Cases from six rural emergency rooms", "65", "Dr Miriam Adeyemi", "Yes"],
    ];
    vec![
        AnswerSection {
            title: text("Need"),
            answers: vec![
                words(
                    "gap",
                    "Practice gap",
                    "Four of six critical access hospitals in our region have a portable ultrasound; in 2025 it was used in 11 % of patients with undifferentiated shock. Transfer decisions wait for radiology that is 90 minutes away.",
                ),
                answer(
                    "needs",
                    "The gap is one of",
                    Shown::List { items: texts(&["Competence: knowing how", "Performance: what is done in practice"]) },
                ),
            ],
        },
        AnswerSection {
            title: text("Agenda and faculty"),
            answers: vec![
                answer(
                    "agenda",
                    "Agenda",
                    Shown::Table {
                        headings: texts(&["What takes place", "Minutes", "Presenter", "Counts"]),
                        rows: agenda.iter().map(|row| texts(row)).collect(),
                    },
                ),
                answer(
                    "faculty",
                    "Everybody who controls the content",
                    Shown::People {
                        people: vec![
                            person("Dr Miriam Adeyemi", "Course director, speaker", "None declared"),
                            person(
                                "Dr Jonas Lindqvist",
                                "Speaker",
                                "Consulting fees from Sonolyte (portable ultrasound), ended March 2026",
                            ),
                        ],
                    },
                ),
                answer(
                    "materials",
                    "Slides and handouts",
                    Shown::Files { files: vec![file("slides-day-1.pptx", "Slides", "18.4 MB")] },
                ),
            ],
        },
    ]
}
