//! Whether a PDF asks for a password: the empty one is tried, as every reader does (ISO 32000-2, 7.6.4).

use std::collections::BTreeMap;

use aws_lc_rs::{
    cipher::{AES_128, EncryptingKey, EncryptionContext, UnboundCipherKey},
    digest::{SHA256, SHA384, SHA512, digest},
    iv::FixedLength,
};
use md5::{Digest as _, Md5};

use super::dictionary::{self, Value};

/// What an empty password is filled up with (algorithm 2).
const PADDING: [u8; 32] = [
    0x28, 0xbf, 0x4e, 0x5e, 0x4e, 0x75, 0x8a, 0x41, 0x64, 0x00, 0x4e, 0x56, 0xff, 0xfa, 0x01, 0x08, 0x2e, 0x2e, 0x00,
    0xb6, 0xd0, 0x68, 0x3e, 0x80, 0x2f, 0x0c, 0xa9, 0xfe, 0x64, 0x53, 0x69, 0x7a,
];

type Dictionary = BTreeMap<Vec<u8>, Value>;

/// Whether the parts of a file that are at hand show that it opens with a password alone. What they do not show is no
/// reason to refuse it.
pub(super) fn is_needed(parts: &[&[u8]]) -> bool {
    let Some((dictionary, id)) = parts.iter().find_map(|part| encryption(part, parts)) else { return false };
    match dictionary.get(b"Filter".as_slice()) {
        Some(Value::Name(name)) if name == b"Standard" => opens(&dictionary, &id) == Some(false),
        // With a key of the reader's own.
        Some(Value::Name(_)) => true,
        _ => false,
    }
}

/// The dictionary of the encryption, and the file's identifier, as the last trailer of a part names them.
fn encryption(part: &[u8], parts: &[&[u8]]) -> Option<(Dictionary, Vec<u8>)> {
    // Not the key `/EncryptMetadata`.
    let ends = |at: usize| part.get(at).is_some_and(|byte| byte.is_ascii_whitespace() || *byte == b'<');
    let after = part.get(places(part, b"/Encrypt").rfind(|at| ends(*at))?..)?;
    let id = last(part, b"/ID").and_then(|at| dictionary::first_of_list(part.get(at..)?)).unwrap_or_default();
    if let Some(inside) = dictionary::read(after) {
        return Some((inside, id));
    }
    let reference = std::str::from_utf8(after.get(..after.len().min(32))?.split(|byte| *byte == b'R').next()?).ok()?;
    let mut numbers = reference.split_ascii_whitespace();
    let header = format!("{} {} obj", numbers.next()?, numbers.next()?);
    let object = |part: &&[u8]| {
        let at =
            last(part, format!("\n{header}").as_bytes()).or_else(|| last(part, format!("\r{header}").as_bytes()))?;
        dictionary::read(part.get(at..)?)
    };
    Some((parts.iter().find_map(object)?, id))
}

/// Where the bytes behind each of these begin.
fn places(bytes: &[u8], wanted: &[u8]) -> impl DoubleEndedIterator<Item = usize> {
    let found = bytes.windows(wanted.len()).enumerate().filter(move |(_, found)| *found == wanted);
    found.map(move |(at, found)| at + found.len())
}

fn last(bytes: &[u8], wanted: &[u8]) -> Option<usize> {
    places(bytes, wanted).next_back()
}

/// Whether the empty password opens it; none where that cannot be told.
fn opens(dictionary: &Dictionary, id: &[u8]) -> Option<bool> {
    let number = |key: &str| match dictionary.get(key.as_bytes()) {
        Some(Value::Number(number)) => Some(*number),
        _ => None,
    };
    let text = |key: &str| match dictionary.get(key.as_bytes()) {
        Some(Value::Text(text)) => Some(text.as_slice()),
        _ => None,
    };
    let user = text("U")?;
    let revision = number("R")?;
    if revision >= 5 {
        let (hash, salt) = (user.get(..32)?, user.get(32..40)?);
        let found = if revision == 5 { digest(&SHA256, salt).as_ref().to_vec() } else { hardened(salt)? };
        return Some(found == hash);
    }
    let bytes = match number("V")? {
        1 => 5,
        4 => 16,
        _ => usize::try_from(number("Length").unwrap_or(40)).ok()? / 8,
    };
    let mut hashing = Md5::new();
    hashing.update(PADDING);
    hashing.update(text("O")?.get(..32)?);
    // Thirty-two bits, whatever their sign is taken for.
    hashing.update(number("P")?.to_le_bytes().get(..4)?);
    hashing.update(id);
    if revision >= 4 && dictionary.get(b"EncryptMetadata".as_slice()) == Some(&Value::YesNo(false)) {
        hashing.update([0xff; 4]);
    }
    let mut key = hashing.finalize().to_vec();
    key.truncate(bytes);
    if revision == 2 {
        return Some(rc4(&key, &PADDING) == user.get(..32)?);
    }
    for _ in 0..50 {
        key = Md5::digest(&key).to_vec();
        key.truncate(bytes);
    }
    let mut check = Md5::digest([PADDING.as_slice(), id].concat()).to_vec();
    for round in 0..20_u8 {
        let key: Vec<u8> = key.iter().map(|byte| byte ^ round).collect();
        check = rc4(&key, &check);
    }
    Some(check == user.get(..16)?)
}

/// Algorithm 2.B for the empty password.
fn hardened(salt: &[u8]) -> Option<Vec<u8>> {
    let mut key = digest(&SHA256, salt).as_ref().to_vec();
    for round in 1_usize.. {
        let mut block = key.repeat(64);
        let cipher = UnboundCipherKey::new(&AES_128, key.get(..16)?).ok()?;
        let start: [u8; 16] = key.get(16..32)?.try_into().ok()?;
        let context = EncryptionContext::Iv128(FixedLength::from(start));
        EncryptingKey::cbc(cipher).ok()?.less_safe_encrypt(&mut block, context).ok()?;
        let rest = block.get(..16)?.iter().map(|byte| u32::from(*byte)).sum::<u32>() % 3;
        let algorithm = match rest {
            0 => &SHA256,
            1 => &SHA384,
            _ => &SHA512,
        };
        key = digest(algorithm, &block).as_ref().to_vec();
        if round >= 64 && usize::from(*block.last()?) + 32 <= round {
            break;
        }
    }
    key.truncate(32);
    Some(key)
}

/// The cipher of old PDFs. Nothing is kept secret with it here.
fn rc4(key: &[u8], text: &[u8]) -> Vec<u8> {
    let mut state: Vec<u8> = (0..=255).collect();
    let at = |state: &[u8], index: u8| state.get(usize::from(index)).copied().unwrap_or_default();
    let mut other = 0_u8;
    for (index, key) in (0..=255_u8).zip(key.iter().cycle()) {
        other = other.wrapping_add(at(&state, index)).wrapping_add(*key);
        state.swap(usize::from(index), usize::from(other));
    }
    let (mut index, mut other) = (0_u8, 0_u8);
    let ciphered = text.iter().map(|byte| {
        index = index.wrapping_add(1);
        other = other.wrapping_add(at(&state, index));
        state.swap(usize::from(index), usize::from(other));
        byte ^ at(&state, at(&state, index).wrapping_add(at(&state, other)))
    });
    ciphered.collect()
}
