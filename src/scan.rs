//! A virus scanner beside the server: clamd, or whatever speaks its `INSTREAM`. Nothing of a file is kept here.

use std::{fmt, io, path::PathBuf, str::FromStr, time::Duration};

use bytes::Bytes;
use futures_util::{Stream, StreamExt};
use tokio::{
    io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt},
    net::{TcpStream, UnixStream},
    time::timeout,
};

/// How long the scanner may be silent, or take nothing.
const SILENCE: Duration = Duration::from_secs(30);
/// The longest answer that is read.
const ANSWER: u64 = 4096;

/// Where the scanner listens: `HOST:PORT` or `unix:/run/clamav/clamd.ctl`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Scanner {
    /// Over the network; what it is sent is not encrypted.
    Tcp(String),
    /// On this machine.
    Unix(PathBuf),
}

/// Text that is no scanner's address.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a scanner is HOST:PORT or unix:/PATH")]
pub struct ScannerError;

/// What the scanner says of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// It knows nothing against it.
    Clean,
    /// It holds this.
    Infected(String),
}

/// Why there is no verdict.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// It is away.
    #[error("the virus scanner does not answer")]
    Away(#[source] io::Error),
    /// It says something else, as that the file is larger than it takes.
    #[error("the virus scanner could not check it: {0}")]
    Unchecked(String),
    /// The file could not be read.
    #[error("the file could not be read for the virus scanner")]
    Unreadable(#[source] Box<dyn std::error::Error + Send + Sync>),
}

impl Scanner {
    /// Shows the scanner a file.
    pub async fn scan<S, E>(&self, bytes: S) -> Result<Verdict, Error>
    where
        S: Stream<Item = Result<Bytes, E>> + Unpin,
        E: Into<Box<dyn std::error::Error + Send + Sync>>,
    {
        match self {
            Self::Tcp(address) => converse(in_time(TcpStream::connect(address)).await?, bytes).await,
            Self::Unix(path) => converse(in_time(UnixStream::connect(path)).await?, bytes).await,
        }
    }
}

/// `INSTREAM` as clamd(8) has it: pieces with their length before them, an empty one at the end, and one answer.
async fn converse<C, S, E>(mut scanner: C, mut bytes: S) -> Result<Verdict, Error>
where
    C: AsyncRead + AsyncWrite + Unpin,
    S: Stream<Item = Result<Bytes, E>> + Unpin,
    E: Into<Box<dyn std::error::Error + Send + Sync>>,
{
    let mut told = in_time(scanner.write_all(b"zINSTREAM\0")).await;
    while let Some(chunk) = bytes.next().await {
        let chunk = chunk.map_err(|error| Error::Unreadable(error.into()))?;
        for piece in chunk.chunks(usize::from(u16::MAX)) {
            let length = u32::try_from(piece.len()).unwrap_or_default().to_be_bytes();
            told = in_time(scanner.write_all(&[&length, piece].concat())).await;
            // It stops listening where it has seen enough, and its answer says why.
            if told.is_err() {
                return answer(scanner, told).await;
            }
        }
    }
    told = told.and(in_time(scanner.write_all(&[0; 4])).await);
    answer(scanner, told).await
}

async fn answer<C: AsyncRead + Unpin>(scanner: C, told: Result<(), Error>) -> Result<Verdict, Error> {
    let mut text = Vec::new();
    let read = in_time(scanner.take(ANSWER).read_to_end(&mut text)).await;
    let text = String::from_utf8_lossy(&text);
    let text = text.trim_matches(['\0', '\n']);
    let said = text.strip_prefix("stream: ").unwrap_or(text);
    match (said, said.strip_suffix(" FOUND")) {
        ("OK", _) if told.is_ok() => Ok(Verdict::Clean),
        (_, Some(virus)) => Ok(Verdict::Infected(virus.to_owned())),
        ("" | "OK", _) => {
            Err(told.and(read.map(|_| ())).err().unwrap_or(Error::Away(io::ErrorKind::UnexpectedEof.into())))
        }
        (said, None) => Err(Error::Unchecked(said.trim_end_matches(" ERROR").to_owned())),
    }
}

async fn in_time<T>(waiting: impl Future<Output = io::Result<T>>) -> Result<T, Error> {
    timeout(SILENCE, waiting).await.map_err(|elapsed| Error::Away(elapsed.into()))?.map_err(Error::Away)
}

impl FromStr for Scanner {
    type Err = ScannerError;

    fn from_str(text: &str) -> Result<Self, ScannerError> {
        if let Some(path) = text.strip_prefix("unix:") {
            return if path.starts_with('/') { Ok(Self::Unix(path.into())) } else { Err(ScannerError) };
        }
        let (host, port) = text.rsplit_once(':').ok_or(ScannerError)?;
        let sound = !host.is_empty() && !host.contains(['/', ' ']) && port.parse::<u16>().is_ok_and(|port| port > 0);
        sound.then(|| Self::Tcp(text.to_owned())).ok_or(ScannerError)
    }
}

impl fmt::Display for Scanner {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Tcp(address) => f.write_str(address),
            Self::Unix(path) => write!(f, "unix:{}", path.display()),
        }
    }
}

#[cfg(test)]
mod tests {
    use futures_util::stream;
    use tokio::io::duplex;

    use super::*;

    /// What comes of a scanner that reads all that it is sent and gives this answer.
    async fn told(answer: &'static [u8], pieces: &[&'static [u8]]) -> (Result<Verdict, Error>, Vec<u8>) {
        let (ours, theirs) = duplex(1 << 20);
        let scanner = async move {
            let (mut reading, mut writing) = tokio::io::split(theirs);
            let mut seen = vec![0; 10];
            reading.read_exact(&mut seen).await.expect("the command");
            loop {
                let length = reading.read_u32().await.expect("a length");
                seen.extend(length.to_be_bytes());
                if length == 0 {
                    break;
                }
                let mut piece = vec![0; usize::try_from(length).expect("a size")];
                reading.read_exact(&mut piece).await.expect("a piece");
                seen.extend(piece);
            }
            writing.write_all(answer).await.expect("an answer");
            writing.shutdown().await.expect("an end");
            seen
        };
        let bytes = stream::iter(pieces.iter().map(|piece| Ok::<_, io::Error>(Bytes::from_static(piece))));
        tokio::join!(converse(ours, bytes), scanner)
    }

    #[tokio::test]
    async fn a_file_is_sent_in_pieces_and_the_answer_is_read() {
        let (verdict, seen) = told(b"stream: OK\0", &[b"abc", b"de"]).await;
        assert_eq!(verdict.expect("a verdict"), Verdict::Clean);
        assert_eq!(seen, b"zINSTREAM\0\0\0\0\x03abc\0\0\0\x02de\0\0\0\0");
        let (verdict, _) = told(b"stream: Win.Test.EICAR_HDB-1 FOUND\0", &[b"x"]).await;
        assert_eq!(verdict.expect("a verdict"), Verdict::Infected("Win.Test.EICAR_HDB-1".to_owned()));
        let (verdict, _) = told(b"INSTREAM size limit exceeded. ERROR\0", &[b"x"]).await;
        assert!(matches!(verdict, Err(Error::Unchecked(said)) if said == "INSTREAM size limit exceeded."));
        for nothing in [b"".as_slice(), b"\0"] {
            assert!(matches!(told(nothing, &[b"x"]).await.0, Err(Error::Away(_))), "{nothing:?}");
        }
    }

    #[tokio::test]
    async fn one_that_is_away_and_a_file_that_cannot_be_read_give_no_verdict() {
        let away = Scanner::Tcp("127.0.0.1:1".to_owned());
        let bytes = || stream::iter([Ok::<_, io::Error>(Bytes::from_static(b"x"))]);
        assert!(matches!(away.scan(bytes()).await, Err(Error::Away(_))));
        let away = Scanner::Unix("/nowhere/clamd.ctl".into());
        assert!(matches!(away.scan(bytes()).await, Err(Error::Away(_))));
        let (ours, _theirs) = duplex(64);
        let broken = stream::iter([Err::<Bytes, _>(io::Error::other("broken"))]);
        assert!(matches!(converse(ours, broken).await, Err(Error::Unreadable(_))));
    }

    #[test]
    fn an_address_is_a_host_with_a_port_or_a_socket() {
        for text in ["127.0.0.1:3310", "[::1]:3310", "clamav:3310", "unix:/run/clamav/clamd.ctl"] {
            assert_eq!(text.parse::<Scanner>().map(|scanner| scanner.to_string()).as_deref(), Ok(text));
        }
        for text in ["", "on", "clamav", ":3310", "clamav:0", "clamav:x", "unix:clamd.ctl", "tcp://clamav:3310"] {
            assert_eq!(text.parse::<Scanner>(), Err(ScannerError), "{text}");
        }
    }
}
