//! A file looked at without downloading.

use serde::Serialize;

use crate::{
    domain::DocumentId,
    present::{
        View,
        file::{self, File, Frame},
        head::{self, Head},
        part::Link,
        path,
        words::calendar::Calendar,
    },
    usecase::submission::Dossier,
};

/// A file in a sandboxed frame.
#[derive(Clone, Debug, Serialize)]
pub struct DocumentView {
    pub head: Head,
    pub file: File,
    /// Address of the bytes, served under `Content-Security-Policy: sandbox`.
    pub source: String,
    pub frame: Frame,
    pub back: Link,
}

impl View for DocumentView {
    const TEMPLATE: &'static str = "page/document_view.html";
}

/// The page on which a file is looked at; nothing for what no browser shows safely.
pub(crate) fn view(dossier: &Dossier, id: DocumentId) -> Option<DocumentView> {
    let document = dossier.documents.iter().find(|document| document.id == id && document.held().is_none())?;
    let reference = &dossier.case.submission.reference;
    let question = dossier.case.definition.question(&document.question);
    Some(DocumentView {
        head: head::head(dossier),
        file: file::file(document, reference, &Calendar::of(&dossier.case)),
        source: path::below(reference, &format!("files/{id}/raw")),
        frame: file::frame(&document.media_type)?,
        back: Link {
            label: question.map_or_else(|| "Back".to_owned(), |question| format!("Back to {}", question.label)),
            href: format!("{}#answer-{}", path::submission(reference), document.question),
        },
    })
}
