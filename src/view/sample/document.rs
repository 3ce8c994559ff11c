//! Samples of looking at a file.

use super::{
    super::{DocumentView, Frame, Tone},
    file, link, study, tag, text,
};

pub(in super::super) fn document() -> Vec<DocumentView> {
    let shown = |name: &str, kind: &str, source: &str, frame| DocumentView {
        head: study(tag("Being assessed", Tone::Turn)),
        file: file(name, kind, "412 KB"),
        source: text(source),
        frame,
        back: link("Back to the submission", "/submissions/SS-2026-0042/review"),
    };
    vec![
        shown("reading-log-diabetes-2026.pdf", "PDF", "/documents/0193-a1/content", Frame::Pdf),
        shown("notes.txt", "Text", "/documents/0193-a3/content", Frame::Text),
        shown("notes-page-3.jpg", "Image", "/documents/0193-a2/content", Frame::Image),
    ]
}
