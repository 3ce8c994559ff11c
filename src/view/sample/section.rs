//! Samples of the sections of a form: every kind of question.

use super::{
    super::{Choice, Control, Digits, Fault, Field, FormSection, Input, Sum, Tone},
    course, file,
    form::number,
    link, study, tag, text,
};

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
        vec![Fault::new("#hours", step)],
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
        vec![Fault::new(
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

#[cfg(test)]
mod tests {
    use super::{
        super::super::{Form, View},
        *,
    };

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
