//! Samples of a version of a workflow.

use super::{
    super::{
        Act, Control, Countersigning, DefinitionPage, Fault, Field, Link, Rules, ShownState, ShownVersion, Tone, Way,
    },
    at, day, fact, link, tag, text, texts,
    workflow::{asked, drawing},
};

pub(in super::super) fn pages() -> Vec<DefinitionPage> {
    vec![proposed(), in_force()]
}

fn in_force() -> DefinitionPage {
    DefinitionPage {
        version: text("3f2a90c1b7de"),
        status: tag("In force", Tone::Good),
        standing: text("New submissions and drafts follow it."),
        faults: Vec::new(),
        activate: None,
        against: None,
        differences: Vec::new(),
        ..proposed()
    }
}

fn proposed() -> DefinitionPage {
    let act = |label: &str, href: &str| Act { label: text(label), href: text(href), tone: Tone::Quiet, refusal: None };
    DefinitionPage {
        back: link("Workflows", "/workflows"),
        id: text("self-study"),
        title: text("Recognition of documented self-study"),
        version: text("91c2aa04f1d0"),
        status: tag("Proposed", Tone::Turn),
        standing: text("Proposed by Hannah Brandt. Nothing follows it before it is put into force."),
        faults: vec![Fault::new(
            "#reason",
            "Reason: there is no other administrator to look at your own change: say why it cannot wait for one.",
        )],
        acts: vec![
            act("Edit the draft", "/workflows/self-study/edit"),
            act("Try it on past submissions", "/workflows/self-study/replay?version=91c2"),
        ],
        activate: Some(countersign("Put it into force", "/workflows/self-study/versions/91c2/activate")),
        against: Some(text("version 3f2a90c1b7de, which is in force")),
        differences: texts(&["The state 'assessment' now reminds after 'P7D', 'P14D', 'P21D' (was 'P7D', 'P14D')."]),
        drawing: drawing(),
        states: states(),
        form: asked(),
        rules: vec![
            Rules { title: text("Who acts"), lines: texts(&["Author: whoever submits it."]) },
            Rules {
                title: text("Deadlines"), lines: texts(&["“Being assessed” becomes “Overdue” after 30 days."])
            },
        ],
        checks: vec![
            fact("Names, conditions, ways", "Checked: there is no error."),
            fact("Somebody else assessed", "Holds on every path: before “Recognised” stands at least 1 approval."),
        ],
        versions: versions(),
        plans: vec![Link::new(
            "From 0b7714e2c9aa to 3f2a90c1b7de, planned today",
            "/workflows/self-study/migrations/1",
        )],
        downloads: vec![
            link("Definition (YAML)", "/workflows/self-study/versions/91c2/definition.yaml"),
            link("Drawing (SVG)", "/workflows/self-study/versions/91c2/drawing.svg"),
        ],
    }
}

fn states() -> Vec<ShownState> {
    let way = |what: &str, cause: &str, to: &str| Way { what: text(what), cause: text(cause), to: text(to) };
    let state =
        |label: &str, notes: &[&str], ways: Vec<Way>| ShownState { label: text(label), notes: texts(notes), ways };
    vec![
        state(
            "Draft",
            &[],
            vec![way("Send for assessment", "Author", "Being assessed"), way("Withdraw", "Author", "Withdrawn")],
        ),
        state(
            "Being assessed",
            &["Assess by assessor: 1 verdict"],
            vec![
                way("Accept", "By itself: assess complete", "Recognised"),
                way("Late", "After 30 days", "Overdue, with the lead assessor"),
            ],
        ),
        state("Recognised", &["Records credit"], Vec::new()),
    ]
}

fn versions() -> Vec<ShownVersion> {
    let version = |label: &str, href: Option<&str>, (state, tone), open: u32, migrate: Option<&str>| ShownVersion {
        label: text(label),
        href: href.map(text),
        status: tag(state, tone),
        since: day(11, 20),
        by: text("Proposed by Hannah Brandt"),
        activated: vec![format!("Put into force by Peter Osei on {}", at(11, 3, 9, 0).text)],
        open: open.to_string(),
        migrate: migrate.map(text),
    };
    let earlier = ("Replaced, still followed", Tone::Moving);
    vec![
        version("91c2aa04f1d0", None, ("Proposed", Tone::Turn), 0, None),
        version("3f2a90c1b7de", Some("/workflows/self-study/versions/3f2a"), ("In force", Tone::Good), 14, None),
        version("0b7714e2c9aa", Some("/x"), earlier, 3, Some("/workflows/self-study/migrate?from=0b77")),
    ]
}

/// What a second administrator does.
pub(super) fn countersign(send: &str, action: &str) -> Countersigning {
    let reason = Field::new("reason", "Reason", Control::long_text("")).hint("It is kept in the log.").optional();
    Countersigning {
        lead: text("Proposed by Hannah Brandt. You are the second pair of eyes."),
        fields: vec![reason],
        replaces: Some(text("3f2a90c1b7de")),
        send: text(send),
        action: text(action),
    }
}
