//! What is kept of an upload to tell its type: the beginning, its length, and whether it is text. The end is read again.

use super::encoding::{Encoding, Reading};

/// How much of the beginning is kept: enough for every signature, and for what an Office file says of its parts.
const HEAD: usize = 64 * 1024;
/// How much of the end is read again: enough for the list of contents of a large slide deck.
pub(super) const TAIL: usize = 1024 * 1024;

/// The telling parts of a stream of bytes, whatever its length.
#[derive(Clone, Debug, Default)]
pub(super) struct Sample {
    head: Vec<u8>,
    size: u64,
    text: Reading,
}

impl Sample {
    /// Takes the next bytes.
    pub(super) fn add(&mut self, bytes: &[u8]) {
        self.size = self.size.saturating_add(u64::try_from(bytes.len()).unwrap_or(u64::MAX));
        let wanted = HEAD.saturating_sub(self.head.len()).min(bytes.len());
        self.head.extend_from_slice(bytes.get(..wanted).unwrap_or_default());
        self.text.add(bytes);
    }

    /// The beginning, at most 64 KiB.
    pub(super) fn head(&self) -> &[u8] {
        &self.head
    }

    /// How many bytes there were.
    pub(super) fn size(&self) -> u64 {
        self.size
    }

    /// How it is written down, where everything was text.
    pub(super) fn encoding(&self) -> Option<Encoding> {
        self.text.found()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sample(chunks: &[&[u8]]) -> Sample {
        let mut sample = Sample::default();
        for chunk in chunks {
            sample.add(chunk);
        }
        sample
    }

    #[test]
    fn the_beginning_stays_small_and_right() {
        let bytes: Vec<u8> = (0..5 * HEAD + 77).map(|i| u8::try_from(i % 251).unwrap()).collect();
        for chunk in [3 * HEAD, 64, 1_001] {
            let chunks: Vec<&[u8]> = bytes.chunks(chunk).collect();
            let sample = sample(&chunks);
            assert_eq!(sample.head(), &bytes[..HEAD]);
            assert_eq!(sample.size(), u64::try_from(bytes.len()).unwrap());
        }
    }
}
