//! Whether bytes are text, and in which of the encodings that people have, followed over any number of chunks.

/// How a text is written down.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Encoding {
    /// UTF-8, with or without a mark.
    Utf8,
    /// UTF-16, either way round, with its mark: what Windows calls Unicode.
    Utf16,
    /// Windows-1252, the code page of the West, when it is nothing else.
    Windows1252,
}

/// Follows bytes.
#[derive(Clone, Debug, Default)]
pub(super) struct Reading {
    utf8: Utf8,
    utf16: Utf16,
    /// Whether a byte came that Windows-1252 has no letter for.
    foreign: bool,
}

impl Reading {
    pub(super) fn add(&mut self, bytes: &[u8]) {
        self.utf8.add(bytes);
        self.utf16.add(bytes);
        // What is plain in ASCII is in no other encoding foreign; a long text is looked through once.
        let told = self.foreign || (self.utf8.sound && bytes.is_ascii());
        self.foreign = self.foreign || (!told && bytes.iter().any(|byte| is_foreign(*byte)));
    }

    /// The encoding in which everything was letters, line ends, tabs and form feeds.
    pub(super) fn found(&self) -> Option<Encoding> {
        if self.utf8.sound && self.utf8.carry.is_empty() {
            return Some(Encoding::Utf8);
        }
        if self.utf16.is_whole() {
            return Some(Encoding::Utf16);
        }
        (!self.foreign).then_some(Encoding::Windows1252)
    }
}

/// Control characters, and the five bytes that stand for nothing.
fn is_foreign(byte: u8) -> bool {
    matches!(byte, 0..=8 | 0xb | 0xe..=0x1f | 0x7f | 0x81 | 0x8d | 0x8f | 0x90 | 0x9d)
}

#[derive(Clone, Debug)]
struct Utf8 {
    sound: bool,
    /// The beginning of a character whose rest is in the next chunk.
    carry: Vec<u8>,
}

impl Default for Utf8 {
    fn default() -> Self {
        Self { sound: true, carry: Vec::new() }
    }
}

impl Utf8 {
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

/// How two bytes make a unit of UTF-16.
type Order = fn([u8; 2]) -> u16;

/// UTF-16 from its mark on; without a mark it is nothing.
#[derive(Clone, Debug, Default)]
struct Utf16 {
    state: Units,
    /// The first byte of a unit whose second one is in the next chunk.
    half: Option<u8>,
}

#[derive(Clone, Debug, Default)]
enum Units {
    #[default]
    Begin,
    /// Sound so far; whether the first of two surrogates came last.
    Sound(Order, bool),
    Broken,
}

impl Utf16 {
    fn add(&mut self, bytes: &[u8]) {
        if matches!(self.state, Units::Broken) {
            return;
        }
        for byte in bytes {
            match self.half.take() {
                None => self.half = Some(*byte),
                Some(first) => self.unit([first, *byte]),
            }
        }
    }

    fn unit(&mut self, pair: [u8; 2]) {
        self.state = match (&self.state, pair) {
            (Units::Begin, [0xff, 0xfe]) => Units::Sound(u16::from_le_bytes, false),
            (Units::Begin, [0xfe, 0xff]) => Units::Sound(u16::from_be_bytes, false),
            (Units::Sound(order, open), pair) => match (order(pair), *open) {
                (0xd800..=0xdbff, false) => Units::Sound(*order, true),
                (0xdc00..=0xdfff, true) => Units::Sound(*order, false),
                (0xd800..=0xdfff | 0..=8 | 0xb | 0xe..=0x1f | 0x7f..=0x9f, _) | (_, true) => Units::Broken,
                _ => Units::Sound(*order, false),
            },
            _ => Units::Broken,
        };
    }

    fn is_whole(&self) -> bool {
        self.half.is_none() && matches!(self.state, Units::Sound(_, false))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(chunks: &[&[u8]]) -> Option<Encoding> {
        let mut reading = Reading::default();
        for chunk in chunks {
            reading.add(chunk);
        }
        reading.found()
    }

    fn utf16(text: &str, order: fn(u16) -> [u8; 2]) -> Vec<u8> {
        "\u{feff}".encode_utf16().chain(text.encode_utf16()).flat_map(order).collect()
    }

    #[test]
    fn text_is_text_wherever_it_is_cut() {
        const TEXT: &str = "Hörer: 漢字 🎓\r\n\tEnde";
        for (bytes, encoding) in [
            (TEXT.as_bytes().to_vec(), Encoding::Utf8),
            (utf16(TEXT, u16::to_le_bytes), Encoding::Utf16),
            (utf16(TEXT, u16::to_be_bytes), Encoding::Utf16),
            (b"caf\xe9 \x96 \x80 5\r\n".to_vec(), Encoding::Windows1252),
        ] {
            for cut in 0..=bytes.len() {
                assert_eq!(found(&[&bytes[..cut], &bytes[cut..]]), Some(encoding), "cut at {cut}");
            }
            let single: Vec<&[u8]> = bytes.chunks(1).collect();
            assert_eq!(found(&single), Some(encoding));
        }
    }

    #[test]
    fn control_characters_and_halves_of_units_are_no_text() {
        assert_eq!(found(&[b"a\0b"]), None);
        assert_eq!(found(&[b"a\x1b[31m"]), None);
        assert_eq!(found(&[b"caf\xe9\x81"]), None);
        assert_eq!(found(&[b"\xff\xfea\0b"]), None);
        assert_eq!(found(&[b"\xff\xfe\x00\xd8a\0"]), None, "half a pair");
        assert_eq!(found(&[b"\xff\xfe\x1b\0"]), None);
    }
}
