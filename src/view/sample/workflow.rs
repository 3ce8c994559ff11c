//! Samples of workflows in force.

use super::{
    super::{FileFault, StateRow, Workflow, Workflows},
    at, text, texts,
};

pub(in super::super) fn workflows() -> Vec<Workflows> {
    let state =
        |label: &str, turn: &str, ways: &[&str]| StateRow { label: text(label), turn: text(turn), ways: texts(ways) };
    vec![Workflows {
        workflows: vec![
            Workflow {
                id: text("self-study"),
                title: text("Recognition of documented self-study"),
                version: text("3f2a90c1b7de"),
                since: Some(at(9, 1, 8, 0)),
                usage: text("14 open submissions follow it, 3 an earlier version."),
                states: vec![
                    state("Draft", "Author", &["Send for assessment → Being assessed", "Withdraw → Withdrawn"]),
                    state(
                        "Being assessed",
                        "Self-study assessors",
                        &[
                            "Approved, at most 8 hours → Recognised",
                            "Approved, more than 8 hours → Audit sample",
                            "After 30 days → Overdue, with the lead assessor",
                        ],
                    ),
                    state("Recognised", "Nobody", &[]),
                ],
                faults: vec![FileFault {
                    place: text("workflows/self-study.yaml:41:7"),
                    rule: text("names"),
                    message: text("There is no state “recognized”. Did you mean “recognised”?"),
                }],
            },
            Workflow {
                id: text("course-accreditation"),
                title: text("Accreditation of a self-produced course"),
                version: String::new(),
                since: None,
                usage: text("Nothing follows it."),
                states: Vec::new(),
                faults: vec![FileFault {
                    place: text("workflows/course-accreditation.yaml:3:1"),
                    rule: text("format"),
                    message: text("A tab cannot indent YAML. Use spaces."),
                }],
            },
        ],
    }]
}
