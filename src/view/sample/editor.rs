//! Samples of the editor: as it opens, with faults, overtaken, sound.

use super::{
    super::{Editor, Fault, Found, NumberedLine, Preview},
    link, text, texts,
    workflow::{asked, drawing},
};

const SOURCE: &str = "format: 1\nworkflow: self-study\ntitle: Recognition of documented self-study\nstates:\n  draft: { kind: start, label: Draft }\n  assessment: { label: Being assessed, remind: [P7D, P14D, P21X] }\n";

pub(in super::super) fn editors() -> Vec<Editor> {
    vec![plain(), broken(), overtaken(), sound()]
}

fn plain() -> Editor {
    Editor {
        back: link("Recognition of documented self-study", "/workflows/self-study"),
        id: text("self-study"),
        lead: text("The text of the version in force. What you save becomes a draft that nothing follows."),
        faults: Vec::new(),
        found: None,
        verdict: text("Not checked yet."),
        source: text(SOURCE),
        lines: Vec::new(),
        version: 0,
        action: text("/workflows/self-study/edit"),
        may_save: true,
        theirs: None,
        preview: None,
    }
}

fn broken() -> Editor {
    let found = |line, rule: &str, severity, message: &str, steps: &[&str]| Found {
        line,
        column: 3,
        rule: text(rule),
        severity,
        message: text(message),
        steps: texts(steps),
    };
    let lines = (1..).zip(SOURCE.lines());
    Editor {
        verdict: text("1 error to put right, and 1 warning."),
        found: Some(vec![
            found(5, "reach-end", "warning", "From “draft” no way leads to an end.", &[]),
            found(
                6,
                "format",
                "error",
                "'P21X' is no length of time: write P21D for 21 days.",
                &["the author sends", "Person A approves for track assess"],
            ),
        ]),
        lines: lines.map(|(number, line)| NumberedLine { number, text: text(line), wrong: number > 4 }).collect(),
        ..plain()
    }
}

fn overtaken() -> Editor {
    Editor {
        version: 4,
        faults: vec![Fault::new("#source", "Somebody changed this after you opened it, so nothing was saved.")],
        theirs: Some(text(SOURCE)),
        ..plain()
    }
}

fn sound() -> Editor {
    Editor {
        verdict: text("Sound. It can be proposed."),
        found: Some(Vec::new()),
        preview: Some(Preview {
            drawing: drawing(),
            form: asked(),
            differences: texts(&["The state 'assessment' now reminds after 'P7D', 'P14D' (was 'P7D')."]),
        }),
        ..plain()
    }
}
