//! The list of contents of a ZIP file, read from its end; nothing is ever unpacked.
//!
//! Word, Excel, PowerPoint and OpenDocument files are ZIP files, and what they are shows in the names inside
//! (ISO/IEC 29500-2, ISO/IEC 26300-3). The layout is that of `APPNOTE.TXT`, 4.3.12 and 4.3.16.

use super::sample::Sample;

/// The end record without its comment.
const END: usize = 22;

/// The names in the archive, in its order; none where the list of contents is damaged, in several volumes, or longer
/// than `tail`, the end of the file.
pub(super) fn names(sample: &Sample, tail: &[u8]) -> Option<Vec<String>> {
    let end = end_record(tail)?;
    let (count, length, start) = (u16_at(end, 10)?, u32_at(end, 12)?, u32_at(end, 16)?);
    let skipped = sample.size().checked_sub(u64::try_from(tail.len()).ok()?)?;
    let from = usize::try_from(u64::from(start).checked_sub(skipped)?).ok()?;
    let mut list = tail.get(from..from.checked_add(usize::try_from(length).ok()?)?)?;
    let mut names = Vec::new();
    for _ in 0..count {
        if list.get(..4)? != b"PK\x01\x02" {
            return None;
        }
        let (name, extra, comment) = (u16_at(list, 28)?, u16_at(list, 30)?, u16_at(list, 32)?);
        names.push(String::from_utf8_lossy(list.get(46..46 + usize::from(name))?).into_owned());
        list = list.get(46 + usize::from(name) + usize::from(extra) + usize::from(comment)..)?;
    }
    Some(names)
}

/// What the first entry holds, where it is the uncompressed `mimetype` of OpenDocument.
pub(super) fn open_document_type(head: &[u8]) -> Option<&str> {
    let (name, extra) = (u16_at(head, 26)?, u16_at(head, 28)?);
    if name != 8 || extra != 0 || head.get(30..38)? != b"mimetype" || u16_at(head, 8)? != 0 {
        return None;
    }
    let length = usize::try_from(u32_at(head, 18)?).ok()?;
    std::str::from_utf8(head.get(38..38_usize.checked_add(length)?)?).ok()
}

/// The end record: the last place with its signature whose comment reaches exactly to the end of the file.
fn end_record(tail: &[u8]) -> Option<&[u8]> {
    let earliest = tail.len().saturating_sub(END + usize::from(u16::MAX));
    (earliest..=tail.len().checked_sub(END)?).rev().find_map(|at| {
        let record = tail.get(at..)?;
        let sound = record.starts_with(b"PK\x05\x06") && usize::from(u16_at(record, 20)?) + END == record.len();
        sound.then_some(record)
    })
}

fn u16_at(bytes: &[u8], at: usize) -> Option<u16> {
    bytes.get(at..)?.first_chunk().copied().map(u16::from_le_bytes)
}

fn u32_at(bytes: &[u8], at: usize) -> Option<u32> {
    bytes.get(at..)?.first_chunk().copied().map(u32::from_le_bytes)
}
