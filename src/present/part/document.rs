//! Looking at a file without downloading it.

use serde::Serialize;

use super::{File, Head, Link};
use crate::present::View;

/// A file in a sandboxed frame.
#[derive(Clone, Debug, Serialize)]
pub struct DocumentView {
    /// Of which submission.
    pub head: Head,
    /// The file.
    pub file: File,
    /// Address of the bytes, served under `Content-Security-Policy: sandbox`.
    pub source: String,
    /// How it is shown.
    pub frame: Frame,
    /// The way back.
    pub back: Link,
}

/// How a file is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Frame {
    /// As a picture.
    Image,
    /// In a frame without the attribute `sandbox`: Chromium shows no PDF inside one. The answer's own
    /// `Content-Security-Policy: sandbox` takes its place, and Chromium does show a PDF under that.
    Pdf,
    /// In a sandboxed frame.
    Text,
}

impl View for DocumentView {
    const TEMPLATE: &'static str = "page/document_view.html";
}
