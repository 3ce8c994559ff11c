//! The list of contents of a ZIP file, read from its end, and the one small part that says what the others are.
//!
//! Word, Excel, PowerPoint and OpenDocument files are ZIP files, and what they are shows in the names inside
//! (ISO/IEC 29500-2, ISO/IEC 26300-3). The layout is that of `APPNOTE.TXT`, 4.3.7, 4.3.12 and 4.3.16.

use std::io::Read;

use flate2::read::DeflateDecoder;

use super::sample::Sample;

/// The end record without its comment.
const END: usize = 22;
/// The most of a part that is unpacked: what a document of ten thousand slides says of its parts is smaller.
const UNPACKED: u64 = 4 * 1024 * 1024;

/// A part of an archive.
pub(super) struct Entry {
    pub(super) name: String,
    /// Packed (8) or as it is (0); anything else nobody writes.
    method: u16,
    packed: u32,
    /// Where its own header begins.
    at: u32,
}

/// The parts of the archive, in its order; none where the list of contents is damaged, in several volumes, or longer
/// than `tail`, the end of the file.
pub(super) fn entries(sample: &Sample, tail: &[u8]) -> Option<Vec<Entry>> {
    let end = end_record(tail)?;
    let (count, length, start) = (u16_at(end, 10)?, u32_at(end, 12)?, u32_at(end, 16)?);
    let from = usize::try_from(u64::from(start).checked_sub(skipped(sample, tail)?)?).ok()?;
    let mut list = tail.get(from..from.checked_add(usize::try_from(length).ok()?)?)?;
    let mut entries = Vec::new();
    for _ in 0..count {
        if list.get(..4)? != b"PK\x01\x02" {
            return None;
        }
        let (name, extra, comment) = (u16_at(list, 28)?, u16_at(list, 30)?, u16_at(list, 32)?);
        entries.push(Entry {
            name: String::from_utf8_lossy(list.get(46..46 + usize::from(name))?).into_owned(),
            method: u16_at(list, 10)?,
            packed: u32_at(list, 20)?,
            at: u32_at(list, 42)?,
        });
        list = list.get(46 + usize::from(name) + usize::from(extra) + usize::from(comment)..)?;
    }
    Some(entries)
}

/// What a part holds; none where it lies in the middle of a large file, is damaged, or is larger than any such part is.
pub(super) fn unpacked(entry: &Entry, sample: &Sample, tail: &[u8]) -> Option<Vec<u8>> {
    let at = u64::from(entry.at);
    let header = match at.checked_sub(skipped(sample, tail)?) {
        Some(at) => tail.get(usize::try_from(at).ok()?..)?,
        None => sample.head().get(usize::try_from(at).ok()?..)?,
    };
    if header.get(..4)? != b"PK\x03\x04" {
        return None;
    }
    let begin = 30 + usize::from(u16_at(header, 26)?) + usize::from(u16_at(header, 28)?);
    let packed = header.get(begin..begin.checked_add(usize::try_from(entry.packed).ok()?)?)?;
    match entry.method {
        0 => Some(packed.to_vec()),
        8 => {
            let mut content = Vec::new();
            DeflateDecoder::new(packed).take(UNPACKED).read_to_end(&mut content).ok()?;
            Some(content)
        }
        _ => None,
    }
}

/// How much of the file lies before its end.
fn skipped(sample: &Sample, tail: &[u8]) -> Option<u64> {
    sample.size().checked_sub(u64::try_from(tail.len()).ok()?)
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
