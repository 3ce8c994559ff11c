//! What a file really is, found by its content; neither its name nor what the browser says is believed.

use serde::Serialize;

use super::{
    WrongType,
    archive::{self, Entry},
    encoding::Encoding,
    pdf,
    sample::Sample,
};
use crate::{domain::FileName, workflow::definition::Accept};

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

/// Endings of text, in whatever encoding.
const TEXT: &[&str] = &["txt", "csv", "md", "tsv"];

const fn media(mime: &'static str, family: Accept, extensions: &'static [&'static str]) -> Media {
    Media { mime, family, extensions }
}

/// What an Office file says of its parts.
const CONTENT_TYPES: &str = "[Content_Types].xml";

const PDF: &str = "application/pdf";

/// Every type that is taken.
pub const MEDIA: &[Media] = &[
    media(PDF, Accept::Pdf, &["pdf"]),
    media("image/png", Accept::Image, &["png"]),
    media("image/jpeg", Accept::Image, &["jpg", "jpeg", "jpe", "jfif"]),
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
    media("text/plain", Accept::Text, TEXT),
    media("text/plain; charset=utf-16", Accept::Text, TEXT),
    media("text/plain; charset=windows-1252", Accept::Text, TEXT),
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

    /// The name with an ending that says what the file is.
    #[must_use]
    pub fn name(&self, name: FileName) -> FileName {
        name.fitting(self.extensions, |ending| MEDIA.iter().any(|media| media.extensions.contains(&ending)))
    }

    /// The type of a file of which `sample` is kept and which ends in `tail`.
    pub(super) fn find(sample: &Sample, tail: &[u8]) -> Result<Self, WrongType> {
        let head = sample.head();
        if head.starts_with(b"PK\x03\x04") {
            return office(sample, tail);
        }
        let found = infer::get(head).map(|kind| kind.mime_type());
        // The word may stand in a text.
        if found == Some(PDF) && (pdf::begins(head) || pdf::ends(tail) || sample.encoding().is_none()) {
            if let Some(active) = active(head, Encoding::Utf8) {
                return Err(active);
            }
            pdf::check(sample, tail)?;
            return exactly(PDF);
        }
        if let Some(media) = found.filter(|mime| *mime != PDF).and_then(Self::named) {
            return Ok(media);
        }
        match (found, sample.encoding()) {
            (None | Some(PDF), Some(encoding)) => text(head, encoding),
            (None, None) => Err(WrongType::Other { found: "of a type that is not known here" }),
            (Some(mime), _) => Err(WrongType::Other { found: in_words(mime) }),
        }
    }
}

fn exactly(mime: &'static str) -> Result<Media, WrongType> {
    Media::named(mime).ok_or(WrongType::Other { found: mime })
}

fn office(sample: &Sample, tail: &[u8]) -> Result<Media, WrongType> {
    let damaged = || WrongType::Damaged { what: "document or archive" };
    let entries = archive::entries(sample, tail).ok_or_else(damaged)?;
    let has = |wanted: &str| entries.iter().any(|entry| entry.name == wanted);
    if entries.iter().any(|entry| is_program(&entry.name)) {
        return Err(WrongType::Macros);
    }
    let open_xml = [
        ("word/document.xml", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
        ("xl/workbook.xml", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
        ("ppt/presentation.xml", "application/vnd.openxmlformats-officedocument.presentationml.presentation"),
    ];
    let types: Vec<&Entry> = entries.iter().filter(|entry| entry.name.eq_ignore_ascii_case(CONTENT_TYPES)).collect();
    for part in types {
        let declared = archive::unpacked(part, sample, tail).ok_or_else(damaged)?;
        if declares_programs(&declared) {
            return Err(WrongType::Macros);
        }
    }
    if has(CONTENT_TYPES)
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

/// Whether a part is a program by its name: where Office and OpenDocument keep them.
fn is_program(name: &str) -> bool {
    let name = name.to_lowercase();
    name.ends_with("vbaproject.bin") || name.starts_with("basic/") || name.starts_with("scripts/")
}

/// Whether any part is declared as a program, whatever it is called. Nobody writes these words as numbers but to hide them.
fn declares_programs(types: &[u8]) -> bool {
    // In UTF-16 every other byte of these words is zero.
    let plain: Vec<u8> = types.iter().copied().filter(|byte| *byte != 0).collect();
    let plain = String::from_utf8_lossy(&plain).to_lowercase();
    ["vbaproject", "vbadata", "macroenabled", "macrosheet", "&#"].iter().any(|sign| plain.contains(sign))
}

/// What browsers or shells would run, whatever else it is.
fn active(head: &[u8], encoding: Encoding) -> Option<WrongType> {
    let letters: Vec<u8> = head.iter().copied().filter(|byte| encoding != Encoding::Utf16 || *byte != 0).collect();
    let start = String::from_utf8_lossy(&letters).to_lowercase();
    let start = start.trim_start_matches(['\u{feff}', char::REPLACEMENT_CHARACTER]).trim_start();
    if start.starts_with("#!") {
        return Some(WrongType::Other { found: "a program" });
    }
    let signs = ["<!doctype", "<html", "<svg", "<?xml", "<script", "<?php"];
    signs.iter().any(|sign| start.starts_with(sign)).then_some(WrongType::Other { found: "a web page or XML file" })
}

fn text(head: &[u8], encoding: Encoding) -> Result<Media, WrongType> {
    if let Some(active) = active(head, encoding) {
        return Err(active);
    }
    exactly(match encoding {
        Encoding::Utf8 => "text/plain",
        Encoding::Utf16 => "text/plain; charset=utf-16",
        Encoding::Windows1252 => "text/plain; charset=windows-1252",
    })
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
