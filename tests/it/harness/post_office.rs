//! A mail server within the test: takes letters over SMTP (RFC 5321) and keeps them.

use std::sync::{
    Arc, Mutex,
    atomic::{AtomicBool, Ordering},
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

/// What every connection shares.
#[derive(Clone, Default)]
struct Counter {
    letters: Arc<Mutex<Vec<String>>>,
    closed: Arc<AtomicBool>,
    unknown: Arc<Mutex<Option<String>>>,
}

impl PostOffice {
    /// Opens it.
    pub(crate) async fn open() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("smtp://{}", listener.local_addr().unwrap());
        let counter = Counter::default();
        let behind = counter.clone();
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                tokio::spawn(behind.clone().serve(stream));
            }
        });
        Self { url, counter }
    }

    /// From now on it takes nothing, or something again.
    pub(crate) fn close(&self, closed: bool) {
        self.counter.closed.store(closed, Ordering::Release);
    }

    /// From now on there is no such mailbox.
    pub(crate) fn remove(&self, mailbox: &str) {
        *self.counter.unknown.lock().unwrap() = Some(mailbox.to_owned());
    }

    /// What it took, headers and all.
    pub(crate) fn letters(&self) -> Vec<String> {
        self.counter.letters.lock().unwrap().clone()
    }
}

impl Counter {
    fn is_unknown(&self, line: &str) -> bool {
        self.unknown.lock().unwrap().as_ref().is_some_and(|mailbox| line.contains(mailbox))
    }

    async fn serve(self, stream: TcpStream) {
        let mut stream = BufReader::new(stream);
        let mut letter: Option<String> = None;
        let mut reply = "220 here\r\n";
        loop {
            if stream.write_all(reply.as_bytes()).await.is_err() {
                return;
            }
            let mut line = String::new();
            if !matches!(stream.read_line(&mut line).await, Ok(1..)) {
                return;
            }
            reply = match (&mut letter, line.trim_end()) {
                (Some(_), ".") => {
                    self.letters.lock().unwrap().extend(letter.take());
                    "250 taken\r\n"
                }
                (Some(letter), _) => {
                    letter.push_str(line.strip_prefix('.').unwrap_or(&line));
                    ""
                }
                (None, "DATA") => {
                    letter = Some(String::new());
                    "354 go on\r\n"
                }
                (None, line) if line.starts_with("MAIL") && self.closed.load(Ordering::Acquire) => "451 later\r\n",
                (None, line) if line.starts_with("RCPT") && self.is_unknown(line) => "550 no such mailbox\r\n",
                (None, "QUIT") => "221 good bye\r\n",
                (None, _) => "250 well\r\n",
            };
        }
    }
}
