//! What a PDF says of itself at its beginning and its end: that it is one, that it is whole, and whether it opens.

mod dictionary;
mod password;

use super::{WrongType, sample::Sample};

/// Whether it begins as one. Readers take the header anywhere in the first 1024 bytes (ISO 32000-1, annex H.3, note 12).
pub(super) fn begins(head: &[u8]) -> bool {
    head.trim_ascii_start().starts_with(b"%PDF-")
}

/// Whether it ends as one. What some programs add behind the end is nobody's fault.
pub(super) fn ends(tail: &[u8]) -> bool {
    tail.windows(5).any(|found| found == b"%%EOF")
}

/// Refuses a PDF that nobody could read who has no password. One that opens without, and only may not be printed or
/// changed, is as good as any.
pub(super) fn check(sample: &Sample, tail: &[u8]) -> Result<(), WrongType> {
    if !ends(tail) {
        return Err(WrongType::Damaged { what: "PDF" });
    }
    if password::is_needed(&[tail, sample.head()]) { Err(WrongType::Locked) } else { Ok(()) }
}
