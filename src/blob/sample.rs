//! What is kept of an upload to tell its type: the beginning, its length, and whether it is text. The end is read again.

/// How much of the beginning is kept: enough for every signature.
const HEAD: usize = 8 * 1024;
/// How much of the end is read again: enough for the list of contents of a large slide deck.
pub(super) const TAIL: usize = 1024 * 1024;

/// The telling parts of a stream of bytes, whatever its length.
#[derive(Clone, Debug, Default)]
pub(super) struct Sample {
    head: Vec<u8>,
    size: u64,
    text: Text,
}

impl Sample {
    /// Takes the next bytes.
    pub(super) fn add(&mut self, bytes: &[u8]) {
        self.size = self.size.saturating_add(u64::try_from(bytes.len()).unwrap_or(u64::MAX));
        let wanted = HEAD.saturating_sub(self.head.len()).min(bytes.len());
        self.head.extend_from_slice(bytes.get(..wanted).unwrap_or_default());
        self.text.add(bytes);
    }

    /// The beginning, at most 8 KiB.
    pub(super) fn head(&self) -> &[u8] {
        &self.head
    }

    /// How many bytes there were.
    pub(super) fn size(&self) -> u64 {
        self.size
    }

    /// Whether everything was UTF-8 without control characters other than line ends, tabs and form feeds.
    pub(super) fn is_text(&self) -> bool {
        self.text.sound && self.text.carry.is_empty()
    }
}

/// Follows text over chunk borders.
#[derive(Clone, Debug)]
struct Text {
    sound: bool,
    /// The beginning of a character whose rest is in the next chunk.
    carry: Vec<u8>,
}

impl Default for Text {
    fn default() -> Self {
        Self { sound: true, carry: Vec::new() }
    }
}

impl Text {
    fn add(&mut self, bytes: &[u8]) {
        let mut rest = bytes;
        while self.sound && !self.carry.is_empty() {
            let Some((first, others)) = rest.split_first() else { return };
            self.carry.push(*first);
            rest = others;
            match std::str::from_utf8(&self.carry) {
                Ok(character) => {
                    self.sound = plain(character);
                    self.carry.clear();
                }
                Err(error) => self.sound = error.error_len().is_none(),
            }
        }
        if !self.sound {
            return;
        }
        let (text, error) = match std::str::from_utf8(rest) {
            Ok(text) => (text, None),
            Err(error) => (
                std::str::from_utf8(rest.get(..error.valid_up_to()).unwrap_or_default()).unwrap_or_default(),
                Some(error),
            ),
        };
        self.sound = plain(text) && error.is_none_or(|error| error.error_len().is_none());
        self.carry = rest.get(text.len()..).unwrap_or_default().to_vec();
    }
}

fn plain(text: &str) -> bool {
    let controls = text.bytes().any(|byte| byte.is_ascii_control() && !matches!(byte, b'\t' | b'\n' | b'\r' | 0xc));
    // Beyond ASCII there are controls too (U+0080 to U+009F); most long texts have none to look for.
    !controls && (text.is_ascii() || !text.chars().any(|c| matches!(c, '\u{80}'..='\u{9f}')))
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
    fn text_is_text_wherever_it_is_cut() {
        let text = "Hörer: 漢字 🎓\r\n\tEnde".as_bytes();
        for cut in 0..=text.len() {
            assert!(sample(&[&text[..cut], &text[cut..]]).is_text(), "cut at {cut}");
        }
        let bytes: Vec<&[u8]> = text.chunks(1).collect();
        assert!(sample(&bytes).is_text());
    }

    #[test]
    fn control_characters_broken_characters_and_half_ones_are_no_text() {
        assert!(!sample(&[b"a\0b"]).is_text());
        assert!(!sample(&[b"a\x1b[31m"]).is_text());
        assert!(!sample(&[b"caf\xe9 au lait"]).is_text());
        assert!(!sample(&[b"caf\xc3"]).is_text());
        assert!(!sample(&[b"\xf0", b"abc"]).is_text());
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
