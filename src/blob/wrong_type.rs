//! Why a file is not taken for what it is.

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
    /// Nobody could read it.
    #[error("this PDF opens with a password alone; save it without one and upload that file")]
    Locked,
}
