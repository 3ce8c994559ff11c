//! Files: how they are listed, and which may be looked at without downloading.

use std::collections::BTreeSet;

use serde::Serialize;

use super::{
    path,
    words::{self, calendar::Calendar, when::When},
};
use crate::{blob::MEDIA, model::Document, workflow::definition::Accept};

#[derive(Clone, Debug, Serialize)]
pub struct File {
    pub id: String,
    pub name: String,
    /// `PDF`, `Image`, `Word`, `Slides`: one short word.
    pub kind: String,
    /// `1.2 MB`.
    pub size: String,
    pub uploaded: When,
    pub download: String,
    /// Where it can be looked at without downloading.
    pub view: Option<String>,
    /// `New since your review`.
    pub changed: Option<String>,
    /// Why nobody can open it yet.
    pub held: Option<String>,
    /// What whoever adds it should know.
    pub hints: Vec<String>,
}

/// How a file is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Frame {
    Image,
    /// In a frame without the attribute `sandbox`: Chromium shows no PDF inside one. The answer's own
    /// `Content-Security-Policy: sandbox` takes its place, and Chromium does show a PDF under that.
    Pdf,
    Text,
}

/// A file as it is listed.
pub(crate) fn file(document: &Document, reference: &str, calendar: &Calendar) -> File {
    let address = path::below(reference, &format!("files/{}", document.id));
    File {
        id: document.id.to_string(),
        name: document.name.clone(),
        kind: kind(&document.media_type),
        size: words::size(document.size),
        uploaded: calendar.day(document.uploaded_at),
        view: frame(&document.media_type).filter(|_| document.held().is_none()).map(|_| format!("{address}/view")),
        held: document.held().map(|held| format!("Nobody can open this file yet: it {held}.")),
        download: address,
        changed: None,
        hints: Vec::new(),
    }
}

/// What whoever has added a file should know of it, before others wait for it. Nothing of it is a fault.
pub(crate) fn hints(document: &Document, documents: &[Document]) -> Vec<String> {
    let hidden = document.media_type.starts_with("image/") && frame(&document.media_type).is_none();
    let before = documents.iter().any(|other| other.sha256 == document.sha256 && other.id < document.id);
    [
        (hidden, "Browsers do not show this kind of picture: who reads it has to download it. A JPEG or PDF is seen at once."),
        (before, "You have added this file already, maybe under another name."),
    ]
    .into_iter()
    .filter(|(holds, _)| *holds)
    .map(|(_, hint)| hint.to_owned())
    .collect()
}

/// How a type is shown inside a page: only PDF, pictures that browsers know, and plain text.
pub(crate) fn frame(media_type: &str) -> Option<Frame> {
    match media_type.split(';').next().unwrap_or_default().trim() {
        "application/pdf" => Some(Frame::Pdf),
        "text/plain" | "text/csv" => Some(Frame::Text),
        "image/png" | "image/jpeg" | "image/gif" | "image/webp" => Some(Frame::Image),
        _ => None,
    }
}

fn kind(media_type: &str) -> String {
    let media = MEDIA.iter().find(|media| media.mime == media_type);
    match media.and_then(|media| media.extensions.first()).copied().unwrap_or_default() {
        "docx" | "doc" | "odt" => "Word",
        "xlsx" | "xls" | "ods" => "Excel",
        "pptx" | "ppt" | "odp" => "PowerPoint",
        "pdf" => "PDF",
        "txt" => "Text",
        "csv" => "CSV",
        _ if media_type.starts_with("image/") => "Image",
        _ if media_type.starts_with("video/") => "Video",
        _ if media_type.starts_with("audio/") => "Audio",
        _ => "File",
    }
    .to_owned()
}

/// What a question takes, for the browser's dialogue and for people.
pub(crate) fn accepted(families: &BTreeSet<Accept>) -> (String, String) {
    let mut endings: Vec<&str> = Vec::new();
    for ending in MEDIA.iter().filter(|media| families.contains(&media.family)).flat_map(|media| media.extensions) {
        if !endings.contains(ending) {
            endings.push(ending);
        }
    }
    let dialogue: Vec<String> = endings.iter().map(|ending| format!(".{ending}")).collect();
    let words: Vec<String> = families.iter().map(|family| family.in_words().to_owned()).collect();
    (dialogue.join(","), words::capital(&words.join(", ")))
}
