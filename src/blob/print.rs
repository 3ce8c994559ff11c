//! What the bytes of a document are known by, and reading them so that none leaves that was not checked.

use std::ops::Range;

use aws_lc_rs::digest::{Context, SHA256, SHA256_OUTPUT_LEN, digest};
use bytes::{Bytes, BytesMut};
use futures_util::{StreamExt, stream, stream::BoxStream};

use super::{Blobs, Content, Error, Fault, Key};

/// The length of a piece. What is asked for is read from the beginning of its first piece to the end of its last.
const PIECE: u64 = 256 * 1024;

/// What the bytes of a document are known by.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Print {
    /// How many they are.
    pub size: u64,
    /// SHA-256 of all of them.
    pub sha256: [u8; 32],
    /// SHA-256 of each piece, where there is more than one and they are known.
    pub pieces: Option<Pieces>,
}

/// SHA-256 of each 256 KiB, one after the other.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Pieces(pub Vec<u8>);

/// SHA-256 of bytes as they come: of all, and of each piece.
pub(super) struct Hashing {
    all: Context,
    piece: Context,
    /// How much of the piece has come.
    come: u64,
    pieces: Vec<u8>,
}

impl Hashing {
    pub(super) fn new() -> Self {
        Self { all: Context::new(&SHA256), piece: Context::new(&SHA256), come: 0, pieces: Vec::new() }
    }

    pub(super) fn add(&mut self, bytes: &[u8]) {
        self.all.update(bytes);
        let mut rest = bytes;
        while !rest.is_empty() {
            let wanted = usize::try_from(PIECE.saturating_sub(self.come)).unwrap_or(usize::MAX);
            let (now, later) = rest.split_at_checked(wanted).unwrap_or((rest, &[]));
            self.piece.update(now);
            self.come = self.come.saturating_add(u64::try_from(now.len()).unwrap_or(u64::MAX));
            if self.come >= PIECE {
                self.end_piece();
            }
            rest = later;
        }
    }

    fn end_piece(&mut self) {
        let piece = std::mem::replace(&mut self.piece, Context::new(&SHA256));
        self.pieces.extend_from_slice(piece.finish().as_ref());
        self.come = 0;
    }

    /// Of all, and of each piece where there is more than one.
    pub(super) fn finish(mut self) -> ([u8; 32], Option<Pieces>) {
        if self.come > 0 {
            self.end_piece();
        }
        let mut sha256 = [0; 32];
        sha256.copy_from_slice(self.all.finish().as_ref());
        (sha256, (self.pieces.len() > SHA256_OUTPUT_LEN).then_some(Pieces(self.pieces)))
    }
}

impl Print {
    /// Whether single pieces can be checked.
    #[must_use]
    pub fn is_whole(&self) -> bool {
        let pieces = usize::try_from(self.size.div_ceil(PIECE)).unwrap_or(usize::MAX);
        pieces <= 1
            || self.pieces.as_ref().is_some_and(|known| known.0.len() == pieces.saturating_mul(SHA256_OUTPUT_LEN))
    }

    fn piece(&self, number: usize) -> &[u8] {
        match &self.pieces {
            Some(pieces) => pieces.0.chunks(SHA256_OUTPUT_LEN).nth(number).unwrap_or_default(),
            None if number == 0 => &self.sha256,
            None => &[],
        }
    }
}

impl Blobs {
    /// The bytes of a blob, or those of `range`, each piece checked before any of it is given.
    ///
    /// What is wrong with the size or with the first piece is told at once; of a later piece nothing is given, and the
    /// stream ends in an error.
    pub async fn read(&self, key: Key, print: Print, range: Option<Range<u64>>) -> Result<Content, Error> {
        let wanted = range.unwrap_or(0..print.size);
        let from = wanted.start / PIECE * PIECE;
        let to = wanted.end.div_ceil(PIECE).saturating_mul(PIECE).min(print.size);
        let (size, bytes) = self.bytes(key, Some(from..to)).await?;
        if size != print.size {
            return Err(Error::Faulty { key, fault: Fault::Size { found: size } });
        }
        let reading = Reading { key, print, at: from, bytes, gathered: BytesMut::new() };
        let mut pieces = reading.pieces(to).boxed();
        let first = pieces.next().await.transpose()?;
        let wished = wanted.clone();
        let cut = move |(at, piece): (u64, Bytes)| {
            let place =
                |instant: u64| usize::try_from(instant.saturating_sub(at)).unwrap_or(usize::MAX).min(piece.len());
            piece.slice(place(wished.start)..place(wished.end))
        };
        let stream = stream::iter(first.map(Ok)).chain(pieces).map(move |piece| piece.map(&cut)).boxed();
        Ok(Content { size, range: wanted, stream })
    }

    /// Reads everything under a key and compares it with its size and hash; gives the hashes of its pieces.
    pub async fn check(&self, key: Key, size: u64, sha256: [u8; 32]) -> Result<Option<Pieces>, Error> {
        let (found, mut bytes) = self.bytes(key, None).await?;
        if found != size {
            return Err(Error::Faulty { key, fault: Fault::Size { found } });
        }
        let mut hashing = Hashing::new();
        while let Some(chunk) = bytes.next().await {
            hashing.add(&chunk?);
        }
        let (hash, pieces) = hashing.finish();
        if hash == sha256 { Ok(pieces) } else { Err(Error::Faulty { key, fault: Fault::Content }) }
    }
}

/// Bytes on their way from the store, and where in the blob they are.
struct Reading {
    key: Key,
    print: Print,
    at: u64,
    bytes: BoxStream<'static, Result<Bytes, Error>>,
    gathered: BytesMut,
}

impl Reading {
    /// Checked pieces with their places, up to `end`.
    fn pieces(self, end: u64) -> impl futures_util::Stream<Item = Result<(u64, Bytes), Error>> + Send {
        stream::try_unfold(self, move |mut reading| async move {
            let length = PIECE.min(end.saturating_sub(reading.at));
            let Ok(length) = usize::try_from(length) else { return Ok(None) };
            if length == 0 {
                return Ok(None);
            }
            let piece = reading.next(length).await?;
            let number = usize::try_from(reading.at / PIECE).unwrap_or(usize::MAX);
            if digest(&SHA256, &piece).as_ref() != reading.print.piece(number) {
                return Err(Error::Faulty { key: reading.key, fault: Fault::Content });
            }
            let at = reading.at;
            reading.at = at.saturating_add(u64::try_from(length).unwrap_or(u64::MAX));
            Ok(Some(((at, piece), reading)))
        })
    }

    /// So many bytes.
    async fn next(&mut self, length: usize) -> Result<Bytes, Error> {
        while self.gathered.len() < length {
            let Some(chunk) = self.bytes.next().await.transpose()? else {
                return Err(Error::Faulty { key: self.key, fault: Fault::Content });
            };
            // As a directory gives them.
            if self.gathered.is_empty() && chunk.len() == length {
                return Ok(chunk);
            }
            self.gathered.extend_from_slice(&chunk);
        }
        Ok(self.gathered.split_to(length).freeze())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pieces_are_the_same_however_the_bytes_come() {
        let bytes: Vec<u8> = (0..3 * 256 * 1024 + 77).map(|i| u8::try_from(i % 251).unwrap()).collect();
        let hashed = |chunk: usize| {
            let mut hashing = Hashing::new();
            bytes.chunks(chunk).for_each(|chunk| hashing.add(chunk));
            hashing.finish()
        };
        let (sha256, pieces) = hashed(bytes.len());
        assert_eq!(sha256, digest(&SHA256, &bytes).as_ref());
        let expected: Vec<u8> =
            bytes.chunks(256 * 1024).flat_map(|piece| digest(&SHA256, piece).as_ref().to_vec()).collect();
        assert_eq!(pieces, Some(Pieces(expected)));
        for chunk in [1_000, 256 * 1024, 256 * 1024 + 1, 700_000] {
            assert_eq!(hashed(chunk), (sha256, pieces.clone()), "{chunk}");
        }
        let print = Print { size: 3 * 256 * 1024 + 77, sha256, pieces };
        assert!(print.is_whole());
        assert!(!Print { size: print.size + 256 * 1024, ..print.clone() }.is_whole());
        assert!(!Print { pieces: None, ..print.clone() }.is_whole());
        assert!(Print { size: 256 * 1024, pieces: None, ..print }.is_whole());
    }
}
