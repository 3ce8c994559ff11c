//! A mail server within the test: takes letters over SMTP (RFC 5321) and keeps them, or refuses as servers do.

use std::{
    sync::{
        Arc, Mutex,
        atomic::{AtomicUsize, Ordering},
    },
    time::Duration,
};

use tokio::{
    io::{AsyncBufReadExt, AsyncWriteExt, BufReader},
    net::{TcpListener, TcpStream},
};

/// The server; it ends with the test.
pub(crate) struct PostOffice {
    /// As the setting `smtp` wants it.
    pub(crate) url: String,
    counter: Counter,
}

/// How it behaves.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Manner {
    /// It takes letters.
    Polite,
    /// It takes letters, and this long for each.
    Slow(Duration),
    /// It answers commands that begin so with this, and takes nothing.
    Says(&'static str, &'static str),
    /// It reads commands that begin so and never answers.
    Silent(&'static str),
    /// It hangs up at commands that begin so.
    HangsUp(&'static str),
    /// It answers the first trial of each recipient with 450.
    Greylisting,
}

/// What every connection shares.
#[derive(Clone)]
struct Counter {
    letters: Arc<Mutex<Vec<String>>>,
    manner: Arc<Mutex<Manner>>,
    unknown: Arc<Mutex<Option<String>>>,
    seen: Arc<Mutex<Vec<String>>>,
    connections: Arc<AtomicUsize>,
    begun: Arc<AtomicUsize>,
}

/// Counts a connection while it is there.
struct Present(Arc<AtomicUsize>);

impl Drop for Present {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::SeqCst);
    }
}

impl PostOffice {
    /// Opens it.
    pub(crate) async fn open() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("smtp://{}", listener.local_addr().unwrap());
        let counter = Counter {
            letters: Arc::default(),
            manner: Arc::new(Mutex::new(Manner::Polite)),
            unknown: Arc::default(),
            seen: Arc::default(),
            connections: Arc::default(),
            begun: Arc::default(),
        };
        let behind = counter.clone();
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                tokio::spawn(behind.clone().serve(stream));
            }
        });
        Self { url, counter }
    }

    /// Behaves so from now on.
    pub(crate) fn behave(&self, manner: Manner) {
        *self.counter.manner.lock().unwrap() = manner;
    }

    /// From now on it takes nothing, or something again.
    pub(crate) fn close(&self, closed: bool) {
        self.behave(if closed { Manner::Says("MAIL", "451 later") } else { Manner::Polite });
    }

    /// From now on there is no such mailbox.
    pub(crate) fn remove(&self, mailbox: &str) {
        *self.counter.unknown.lock().unwrap() = Some(mailbox.to_owned());
    }

    /// What it took, headers and all.
    pub(crate) fn letters(&self) -> Vec<String> {
        self.counter.letters.lock().unwrap().clone()
    }

    /// How many connections there are.
    pub(crate) fn connections(&self) -> usize {
        self.counter.connections.load(Ordering::SeqCst)
    }

    /// How often somebody began a letter, or knocked in vain.
    pub(crate) fn trials(&self) -> usize {
        self.counter.begun.load(Ordering::SeqCst)
    }
}

impl Counter {
    fn is_unknown(&self, line: &str) -> bool {
        self.unknown.lock().unwrap().as_ref().is_some_and(|mailbox| line.contains(mailbox))
    }

    /// Whether this recipient was never tried before.
    fn is_new(&self, line: &str) -> bool {
        let mut seen = self.seen.lock().unwrap();
        let new = !seen.iter().any(|known| known == line);
        if new {
            seen.push(line.to_owned());
        }
        new
    }

    async fn serve(self, stream: TcpStream) {
        self.connections.fetch_add(1, Ordering::SeqCst);
        let _present = Present(self.connections.clone());
        let mut stream = BufReader::new(stream);
        let mut letter: Option<String> = None;
        let mut line = "CONNECT".to_owned();
        loop {
            let manner = self.manner.lock().unwrap().clone();
            if letter.is_none() && line.starts_with("MAIL") {
                self.begun.fetch_add(1, Ordering::SeqCst);
            }
            let ended = letter.is_some() && line.trim_end() == ".";
            // The end of a letter counts as a command of its own.
            let command = if ended {
                "END"
            } else if letter.is_some() {
                ""
            } else {
                line.trim_end()
            };
            let reply = match &manner {
                Manner::Says(at, words) if !command.is_empty() && command.starts_with(at) => {
                    letter = None;
                    format!("{words}\r\n")
                }
                Manner::Silent(at) if !command.is_empty() && command.starts_with(at) => {
                    let mut rest = String::new();
                    while matches!(stream.read_line(&mut rest).await, Ok(1..)) {}
                    return;
                }
                Manner::HangsUp(at) if !command.is_empty() && command.starts_with(at) => return,
                Manner::Greylisting if command.starts_with("RCPT") && self.is_new(command) => {
                    "450 4.2.0 come again\r\n".to_owned()
                }
                _ => {
                    if let (Manner::Slow(wait), true) = (&manner, ended) {
                        tokio::time::sleep(*wait).await;
                    }
                    self.well(&mut letter, &line)
                }
            };
            if stream.write_all(reply.as_bytes()).await.is_err() {
                return;
            }
            line = String::new();
            if !matches!(stream.read_line(&mut line).await, Ok(1..)) {
                return;
            }
        }
    }

    /// What a server says that takes letters.
    fn well(&self, letter: &mut Option<String>, line: &str) -> String {
        let reply = match (&mut *letter, line.trim_end()) {
            (Some(_), ".") => {
                self.letters.lock().unwrap().extend(letter.take());
                "250 taken\r\n"
            }
            (Some(letter), _) => {
                letter.push_str(line.strip_prefix('.').unwrap_or(line));
                ""
            }
            (None, "CONNECT") => "220 here\r\n",
            (None, "DATA") => {
                *letter = Some(String::new());
                "354 go on\r\n"
            }
            (None, line) if line.starts_with("EHLO") => "250-here\r\n250 AUTH PLAIN LOGIN\r\n",
            (None, line) if line.starts_with("AUTH") => "235 it is you\r\n",
            (None, line) if line.starts_with("RCPT") && self.is_unknown(line) => "550 no such mailbox\r\n",
            (None, "QUIT") => "221 good bye\r\n",
            (None, _) => "250 well\r\n",
        };
        reply.to_owned()
    }
}
