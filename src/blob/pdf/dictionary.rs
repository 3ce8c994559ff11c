//! Dictionaries of a PDF (ISO 32000-1, 7.3), as far as encryption is told in them.

use std::collections::BTreeMap;

/// How deep a dictionary may lie in another.
const DEEPEST: usize = 8;

/// A value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Value {
    Name(Vec<u8>),
    Text(Vec<u8>),
    Number(i64),
    YesNo(bool),
    /// Anything else; what is inside is of no interest here.
    Other,
}

/// The entries of the dictionary that `bytes` begin with.
pub(super) fn read(bytes: &[u8]) -> Option<BTreeMap<Vec<u8>, Value>> {
    let mut reader = Reader { rest: bytes };
    reader.blank();
    reader.dictionary(0)
}

/// The first text of the list that `bytes` begin with.
pub(super) fn first_of_list(bytes: &[u8]) -> Option<Vec<u8>> {
    let mut reader = Reader { rest: bytes };
    reader.blank();
    reader.rest = reader.rest.strip_prefix(b"[")?;
    match reader.value(0)? {
        Value::Text(text) => Some(text),
        _ => None,
    }
}

struct Reader<'b> {
    rest: &'b [u8],
}

impl Reader<'_> {
    fn next(&mut self) -> Option<u8> {
        let (first, rest) = self.rest.split_first()?;
        self.rest = rest;
        Some(*first)
    }

    fn blank(&mut self) {
        while let Some((first, rest)) = self.rest.split_first() {
            match first {
                0 | b'\t' | b'\n' | 0xc | b'\r' | b' ' => self.rest = rest,
                b'%' => {
                    let line = self.rest.iter().position(|byte| matches!(byte, b'\n' | b'\r'));
                    self.rest = self.rest.get(line.unwrap_or(self.rest.len())..).unwrap_or_default();
                }
                _ => return,
            }
        }
    }

    fn dictionary(&mut self, depth: usize) -> Option<BTreeMap<Vec<u8>, Value>> {
        self.rest = self.rest.strip_prefix(b"<<").filter(|_| depth < DEEPEST)?;
        let mut entries = BTreeMap::new();
        loop {
            self.blank();
            if let Some(rest) = self.rest.strip_prefix(b">>") {
                self.rest = rest;
                return Some(entries);
            }
            match self.value(depth)? {
                Value::Name(key) => {
                    let value = self.value(depth)?;
                    entries.insert(key, value);
                }
                // The generation and the R of a reference to another object.
                Value::Number(_) | Value::Other => {}
                Value::Text(_) | Value::YesNo(_) => return None,
            }
        }
    }

    fn value(&mut self, depth: usize) -> Option<Value> {
        self.blank();
        if self.rest.starts_with(b"<<") {
            return self.dictionary(depth + 1).map(|_| Value::Other);
        }
        match self.next()? {
            b'/' => Some(Value::Name(self.word().to_vec())),
            b'(' => self.literal().map(Value::Text),
            b'<' => self.hexadecimal().map(Value::Text),
            b'[' if depth < DEEPEST => loop {
                self.blank();
                if let Some(rest) = self.rest.strip_prefix(b"]") {
                    self.rest = rest;
                    return Some(Value::Other);
                }
                self.value(depth + 1)?;
            },
            first if is_regular(first) => Some(match [std::slice::from_ref(&first), self.word()].concat().as_slice() {
                b"true" => Value::YesNo(true),
                b"false" => Value::YesNo(false),
                word => std::str::from_utf8(word).ok()?.parse().map_or(Value::Other, Value::Number),
            }),
            _ => None,
        }
    }

    fn word(&mut self) -> &[u8] {
        let end = self.rest.iter().position(|byte| !is_regular(*byte)).unwrap_or(self.rest.len());
        let (word, rest) = self.rest.split_at_checked(end).unwrap_or_default();
        self.rest = rest;
        word
    }

    fn literal(&mut self) -> Option<Vec<u8>> {
        let (mut text, mut open) = (Vec::new(), 1_usize);
        loop {
            match self.next()? {
                b'(' => {
                    open += 1;
                    text.push(b'(');
                }
                b')' if open == 1 => return Some(text),
                b')' => {
                    open -= 1;
                    text.push(b')');
                }
                b'\\' => self.escaped(&mut text)?,
                byte => text.push(byte),
            }
        }
    }

    fn escaped(&mut self, text: &mut Vec<u8>) -> Option<()> {
        let byte = match self.next()? {
            b'n' => b'\n',
            b'r' => b'\r',
            b't' => b'\t',
            b'b' => 8,
            b'f' => 0xc,
            b'\r' => {
                self.rest = self.rest.strip_prefix(b"\n").unwrap_or(self.rest);
                return Some(());
            }
            b'\n' => return Some(()),
            digit @ b'0'..=b'7' => {
                let mut number = u32::from(digit - b'0');
                for _ in 0..2 {
                    let Some((digit @ b'0'..=b'7', rest)) = self.rest.split_first() else { break };
                    number = number * 8 + u32::from(digit - b'0');
                    self.rest = rest;
                }
                u8::try_from(number & 0xff).ok()?
            }
            other => other,
        };
        text.push(byte);
        Some(())
    }

    fn hexadecimal(&mut self) -> Option<Vec<u8>> {
        let end = self.rest.iter().position(|byte| *byte == b'>')?;
        let (inside, rest) = self.rest.split_at_checked(end)?;
        self.rest = rest.get(1..)?;
        let mut digits: Vec<u8> = inside.iter().copied().filter(u8::is_ascii_hexdigit).collect();
        if digits.len() % 2 == 1 {
            digits.push(b'0');
        }
        data_encoding::HEXLOWER_PERMISSIVE.decode(&digits).ok()
    }
}

fn is_regular(byte: u8) -> bool {
    !matches!(
        byte,
        0 | b'\t' | b'\n' | 0xc | b'\r' | b' ' | b'(' | b')' | b'<' | b'>' | b'[' | b']' | b'{' | b'}' | b'/' | b'%'
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_dictionary_is_read_with_what_lies_in_it() {
        let text = b" << /Filter/Standard /V 4 % a word\n /O (a\\)(b)\\101\\\r\n\\n) /U <61 6 > /P -3904 /EncryptMetadata false \
            /CF << /StdCF << /Length 16 >> >> /X 12 0 R /L [1 (]) <</A 1>>] >> rest";
        let entries = read(text).expect("a dictionary");
        let get = |key: &str| entries.get(key.as_bytes()).cloned();
        assert_eq!(get("Filter"), Some(Value::Name(b"Standard".to_vec())));
        assert_eq!(get("O"), Some(Value::Text(b"a)(b)A\n".to_vec())));
        assert_eq!(get("U"), Some(Value::Text(b"a`".to_vec())));
        assert_eq!((get("P"), get("V")), (Some(Value::Number(-3904)), Some(Value::Number(4))));
        assert_eq!((get("EncryptMetadata"), get("Length")), (Some(Value::YesNo(false)), None));
        assert_eq!(first_of_list(b" [ <6162> (x) ]"), Some(b"ab".to_vec()));
        for broken in ["", "<<", "<< /A (", "<< /A <", "<< /A [", "<< 1", &"<< /A ".repeat(50)] {
            assert_eq!(read(broken.as_bytes()), None, "{broken}");
        }
    }
}
