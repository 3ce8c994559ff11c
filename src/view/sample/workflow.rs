//! Samples of the workflows of the house.

use super::{
    super::{Control, Drawing, Fault, Field, FileFault, ShownSection, Tone, Workflow, Workflows},
    at, fact, link, tag, text, texts,
};

pub(in super::super) fn workflows() -> Vec<Workflows> {
    let study = Workflow {
        href: Some(text("/workflows/self-study")),
        version: text("3f2a90c1b7de"),
        since: Some(at(9, 1, 8, 0)),
        usage: text("17 open submissions, 3 on an earlier version."),
        open: vec![fact("Being assessed", "12"), fact("More evidence asked", "5")],
        proofs: text("3 claims proved over all paths."),
        staffing: Some(tag("Too few people", Tone::Bad)),
        lacking: texts(&["Auditor: 0 of 1 in the group “Audit sample”."]),
        draft: Some(link("A draft was saved by Hannah Brandt, yesterday", "/workflows/self-study/edit")),
        proposed: vec![link(
            "Version 91c2aa04f1d0 was proposed by Hannah Brandt and waits to be put into force",
            "/workflows/self-study/versions/91c2",
        )],
        faults: vec![FileFault {
            place: text("workflows/self-study.yaml:41:7"),
            rule: text("names"),
            message: text("There is no state “recognized”. Did you mean “recognised”?"),
        }],
        ..Workflow::unknown("self-study", "Recognition of documented self-study")
    };
    let course = Workflow {
        edit: Some(link("Edit", "/workflows/course-accreditation/edit")),
        meetings: texts(&[
            "The organisation's calendar has no meeting 'committee' that takes papers in the next two years.",
        ]),
        faults: vec![FileFault {
            place: text("workflows/course-accreditation.yaml:3:1"),
            rule: text("format"),
            message: text("A tab cannot indent YAML. Use spaces."),
        }],
        ..Workflow::unknown("course-accreditation", "course-accreditation.yaml")
    };
    let id = Field::new("id", "Its id", Control::text("Grand Rounds"))
        .hint("Small letters, digits and hyphens, as in course-accreditation.")
        .fault("Use small letters, digits and hyphens, beginning with a letter.");
    vec![Workflows {
        workflows: vec![study, course],
        begin: vec![id],
        faults: vec![Fault::new("#id", "Its id: use small letters, digits and hyphens, beginning with a letter.")],
    }]
}

/// A drawing of two states.
pub(super) fn drawing() -> Drawing {
    Drawing {
        svg: text(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"picture\" role=\"img\" aria-label=\"Draft, then approved\" \
             width=\"1400\" height=\"120\" viewBox=\"0 0 1400 120\"><rect x=\"8\" y=\"30\" width=\"120\" height=\"60\" \
             rx=\"8\" fill=\"var(--sheet)\" stroke=\"var(--edge)\"/><text x=\"68\" y=\"65\" text-anchor=\"middle\" \
             fill=\"var(--ink)\">Draft</text><path d=\"M128 60H1264\" stroke=\"var(--edge)\"/><rect x=\"1264\" y=\"30\" \
             width=\"120\" height=\"60\" rx=\"8\" fill=\"var(--sheet)\" stroke=\"var(--edge)\"/><text x=\"1324\" y=\"65\" \
             text-anchor=\"middle\" fill=\"var(--ink)\">Approved</text></svg>",
        ),
        name: text("Drawing of “Recognition of documented self-study”, scrolls"),
    }
}

/// A form as its author will see it.
pub(super) fn asked() -> Vec<ShownSection> {
    let title = Field::new("form/title", "Title of what you studied", Control::text(""));
    let reflection = Field::new("form/reflection", "What you learned and will change", Control::long_text(""))
        .hint("Do not include anything that identifies a patient.");
    vec![ShownSection { title: text("What you studied"), fields: vec![title, reflection] }]
}
