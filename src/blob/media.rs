//! What a file really is, found by its content; neither its name nor what the browser says is believed.

use serde::Serialize;

use super::{archive, sample::Sample};
use crate::workflow::definition::Accept;

/// A type of file that is taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Media {
    /// Its media type, the only one it is ever served as.
    pub mime: &'static str,
    /// Its family, as definitions speak of it.
    pub family: Accept,
    /// The endings its name may have, the usual one first.
    pub extensions: &'static [&'static str],
}

/// A file that is not taken.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum WrongType {
    /// It is something else, whatever its name says.
    #[error(
        "this is {found}, which is not taken; use PDF, an image, Word, Excel, PowerPoint, OpenDocument, plain text, MP4, WebM or MP3"
    )]
    Other {
        /// What it is, in plain words.
        found: &'static str,
    },
    /// It begins like what it should be and does not end like it.
    #[error("this {what} is damaged or was cut short; open it, save it again and upload that file")]
    Damaged {
        /// What it begins like.
        what: &'static str,
    },
    /// It can run programs.
    #[error("this document contains macros; save it without them and upload that file")]
    Macros,
    /// Its name says something else.
    #[error("the name ends in '.{extension}' and the file is {mime}; give it a name that ends in '.{usual}'")]
    Misnamed {
        /// As named.
        extension: String,
        /// As found.
        mime: &'static str,
        /// What would fit.
        usual: &'static str,
    },
}

const fn media(mime: &'static str, family: Accept, extensions: &'static [&'static str]) -> Media {
    Media { mime, family, extensions }
}

/// Every type that is taken.
pub const MEDIA: &[Media] = &[
    media("application/pdf", Accept::Pdf, &["pdf"]),
    media("image/png", Accept::Image, &["png"]),
    media("image/jpeg", Accept::Image, &["jpg", "jpeg"]),
    media("image/webp", Accept::Image, &["webp"]),
    media("image/gif", Accept::Image, &["gif"]),
    media("image/tiff", Accept::Image, &["tif", "tiff"]),
    media("image/heif", Accept::Image, &["heic", "heif"]),
    media("application/vnd.openxmlformats-officedocument.wordprocessingml.document", Accept::Office, &["docx"]),
    media("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", Accept::Office, &["xlsx"]),
    media("application/vnd.openxmlformats-officedocument.presentationml.presentation", Accept::Office, &["pptx"]),
    media("application/vnd.oasis.opendocument.text", Accept::Office, &["odt"]),
    media("application/vnd.oasis.opendocument.spreadsheet", Accept::Office, &["ods"]),
    media("application/vnd.oasis.opendocument.presentation", Accept::Office, &["odp"]),
    media("text/plain", Accept::Text, &["txt", "csv", "md", "tsv"]),
    media("video/mp4", Accept::Media, &["mp4", "m4v"]),
    media("video/webm", Accept::Media, &["webm"]),
    media("audio/mpeg", Accept::Media, &["mp3"]),
];

impl Media {
    /// The type with this media type, as it is kept in the database.
    #[must_use]
    pub fn named(mime: &str) -> Option<Self> {
        MEDIA.iter().find(|media| media.mime == mime).copied()
    }

    /// Refuses a name whose ending promises something else; a name without an ending is fine.
    pub fn check_name(&self, name: &str) -> Result<(), WrongType> {
        let Some((_, extension)) = name.rsplit_once('.') else { return Ok(()) };
        let extension = extension.to_lowercase();
        if self.extensions.contains(&extension.as_str()) {
            return Ok(());
        }
        let usual = self.extensions.first().copied().unwrap_or_default();
        Err(WrongType::Misnamed { extension, mime: self.mime, usual })
    }

    /// The type of a file of which `sample` is kept and which ends in `tail`.
    pub(super) fn find(sample: &Sample, tail: &[u8]) -> Result<Self, WrongType> {
        let head = sample.head();
        if head.starts_with(b"PK\x03\x04") {
            return office(sample, tail);
        }
        let found = infer::get(head).map(|kind| kind.mime_type());
        if found == Some("application/pdf") {
            return pdf(sample, tail);
        }
        if let Some(media) = found.and_then(Self::named) {
            return Ok(media);
        }
        match found {
            None if sample.is_text() => text(head),
            None => Err(WrongType::Other { found: "of a type that is not known here" }),
            Some(mime) => Err(WrongType::Other { found: in_words(mime) }),
        }
    }
}

fn exactly(mime: &'static str) -> Result<Media, WrongType> {
    Media::named(mime).ok_or(WrongType::Other { found: mime })
}

/// A PDF begins with its header (ISO 32000-1, 7.5.2) and ends with `%%EOF`, which readers look for in the last 1024
/// bytes (annex H.3, note 18).
fn pdf(sample: &Sample, tail: &[u8]) -> Result<Media, WrongType> {
    let end = tail.get(tail.len().saturating_sub(1024)..).unwrap_or(tail);
    let whole = sample.head().starts_with(b"%PDF-") && end.windows(5).any(|bytes| bytes == b"%%EOF");
    if whole { exactly("application/pdf") } else { Err(WrongType::Damaged { what: "PDF" }) }
}

fn office(sample: &Sample, tail: &[u8]) -> Result<Media, WrongType> {
    let names = archive::names(sample, tail).ok_or(WrongType::Damaged { what: "document or archive" })?;
    let has = |wanted: &str| names.iter().any(|name| name == wanted);
    if names.iter().any(|name| name.ends_with("vbaProject.bin") || name.starts_with("Basic/")) {
        return Err(WrongType::Macros);
    }
    let open_xml = [
        ("word/document.xml", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
        ("xl/workbook.xml", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
        ("ppt/presentation.xml", "application/vnd.openxmlformats-officedocument.presentationml.presentation"),
    ];
    if has("[Content_Types].xml")
        && let Some((_, mime)) = open_xml.iter().find(|(part, _)| has(part))
    {
        return exactly(mime);
    }
    let open_document = archive::open_document_type(sample.head()).and_then(Media::named);
    match open_document {
        Some(media) if media.family == Accept::Office && has("content.xml") && has("META-INF/manifest.xml") => {
            Ok(media)
        }
        _ => Err(WrongType::Other { found: "an archive" }),
    }
}

/// Text that browsers or shells would run is no plain text.
fn text(head: &[u8]) -> Result<Media, WrongType> {
    let start = String::from_utf8_lossy(head).trim_start_matches('\u{feff}').trim_start().to_lowercase();
    if start.starts_with("#!") {
        return Err(WrongType::Other { found: "a program" });
    }
    if ["<!doctype", "<html", "<svg", "<?xml", "<script", "<?php"].iter().any(|sign| start.starts_with(sign)) {
        return Err(WrongType::Other { found: "a web page or XML file" });
    }
    exactly("text/plain")
}

fn in_words(mime: &str) -> &'static str {
    match mime {
        "application/x-executable"
        | "application/vnd.microsoft.portable-executable"
        | "application/x-mach-binary"
        | "application/java"
        | "application/wasm"
        | "application/vnd.android.dex"
        | "application/x-llvm"
        | "text/x-shellscript" => "a program",
        "text/html" | "text/xml" => "a web page or XML file",
        "application/msword"
        | "application/vnd.ms-excel"
        | "application/vnd.ms-powerpoint"
        | "application/x-ole-storage" => "an Office file of the old kind",
        "application/rtf" => "a rich text file",
        "application/epub+zip" => "an e-book",
        _ if mime.starts_with("image/") => "an image of another kind",
        _ if mime.starts_with("video/") || mime.starts_with("audio/") => "a recording of another kind",
        _ => "an archive or data file",
    }
}
