//! Three servers on one PostgreSQL behind nginx are restarted one after the other, all with their defaults, while people
//! read, write and upload: nobody notices.
//!
//! `ROTATIONS` makes it longer than the one rotation of every run.
//!
//! Seen to fail: with `proxy_next_upstream off` in the example for nginx (20 answers were 502).

use std::{
    collections::BTreeMap,
    env,
    fs::{self, File},
    io,
    process::Stdio,
    sync::{
        Arc, Mutex,
        atomic::{AtomicBool, Ordering},
    },
    time::{Duration, Instant},
};

use bytes::Bytes;
use futures_util::stream;
use reqwest::{Body, Method, RequestBuilder, header};
use serde_json::{Value, json};
use tokio::time::sleep;

use crate::harness::{
    client::Client,
    form::pdf,
    process::{Installation, Server, free_port},
    proxy::{PUBLIC, Proxy},
};

/// How long a server that could not be reached is left out by nginx, and then some.
const LEFT_OUT: Duration = Duration::from_secs(3);

/// What was asked, how often, the slowest answer, and what went wrong.
#[derive(Default)]
struct Book {
    asked: BTreeMap<&'static str, (u64, Duration)>,
    failed: Vec<String>,
}

/// Somebody who works through the proxy.
#[derive(Clone)]
struct Person {
    client: Client,
    book: Arc<Mutex<Book>>,
    enough: Arc<AtomicBool>,
}

impl Person {
    fn goes_on(&self) -> bool {
        !self.enough.load(Ordering::Relaxed)
    }

    /// Sends, and writes down how it went.
    async fn send(&self, what: &'static str, request: RequestBuilder) -> Value {
        let start = Instant::now();
        let answered = request.send().await;
        let outcome = match answered {
            Ok(answer) if answer.status().is_success() => answer.bytes().await.map_err(|error| format!("{error:?}")),
            Ok(answer) => Err(format!("{} {}", answer.status(), answer.text().await.unwrap_or_default())),
            Err(error) => Err(format!("{error:?}")),
        };
        let mut book = self.book.lock().unwrap();
        let (count, slowest) = book.asked.entry(what).or_default();
        *count += 1;
        *slowest = (*slowest).max(start.elapsed());
        match outcome {
            Ok(bytes) => serde_json::from_slice(&bytes).unwrap_or_default(),
            Err(why) => {
                book.failed.push(format!("{what}: {why}"));
                Value::Null
            }
        }
    }

    async fn begin(&self) -> String {
        let request =
            self.client.request(Method::POST, "/submissions").await.json(&json!({ "workflow": "self-study" }));
        self.send("begin", request).await["reference"].as_str().unwrap_or("none").to_owned()
    }

    /// Drafts, each filled in.
    async fn writes(self) {
        while self.goes_on() {
            let reference = self.begin().await;
            let path = format!("/submissions/{reference}/answers");
            let request = self.client.request(Method::PATCH, &path).await.header(header::IF_MATCH, "\"1\"");
            self.send("answer", request.json(&json!({ "title": "Lungs", "hours": "2" }))).await;
        }
    }

    /// The lists and a draft, over and over.
    async fn reads(self) {
        let reference = self.begin().await;
        while self.goes_on() {
            for path in ["/submissions", "/me", &format!("/submissions/{reference}")] {
                self.send("read", self.client.request(Method::GET, path).await).await;
            }
        }
    }

    /// Documents that take their time, as a slow network has them, and come back whole.
    async fn uploads(self) {
        while self.goes_on() {
            let reference = self.begin().await;
            let file = pdf(1_000_000, &reference);
            let pieces: Vec<Bytes> = file.chunks(file.len() / 10).map(Bytes::copy_from_slice).collect();
            let body = Body::wrap_stream(stream::unfold(pieces.into_iter(), async |mut pieces| {
                let piece = pieces.next()?;
                sleep(Duration::from_millis(100)).await;
                Some((Ok::<_, io::Error>(piece), pieces))
            }));
            let path = format!("/submissions/{reference}/files?question=evidence");
            let request = self.client.request(Method::POST, &path).await.header("x-file-name", "log.pdf");
            let kept = self.send("upload", request.body(body)).await;
            let path = format!("/submissions/{reference}/files/{}", kept["id"].as_str().unwrap_or("none"));
            self.send("download", self.client.request(Method::GET, &path).await).await;
        }
    }
}

/// One of the servers, with what every server has by default.
fn replica(installation: &Installation, port: u16) -> Server {
    let log = installation.folder().join(format!("{port}.log"));
    let log = File::options().create(true).append(true).open(log).unwrap();
    let mut command = installation.command(&["serve", "--trusted-proxies", "127.0.0.1"]);
    command.env_remove("IMPRIMATUR_SHUTDOWN_DEADLINE").env_remove("IMPRIMATUR_DRAIN");
    command.env("IMPRIMATUR_LISTEN", format!("127.0.0.1:{port}"));
    Server::start(command.stdout(Stdio::piped()).stderr(log), "Imprimatur serves at ").unwrap()
}

async fn ready(port: u16) {
    let start = Instant::now();
    loop {
        let answer = reqwest::get(format!("http://127.0.0.1:{port}/readyz")).await;
        if answer.is_ok_and(|answer| answer.status().is_success()) {
            return;
        }
        assert!(start.elapsed() < Duration::from_secs(30), "{port} does not become ready");
        sleep(Duration::from_millis(50)).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_notices_that_three_servers_are_restarted_one_after_the_other() {
    let rotations: u32 = env::var("ROTATIONS").map_or(1, |rotations| rotations.parse().unwrap());
    let authors = ["ana", "ben", "cem", "dua", "eva", "fay"];
    let installation = Installation::founded(&authors.map(|key| (key, &[][..], &[][..]))).await;
    if installation.is_sqlite() {
        eprintln!("left out: several servers need PostgreSQL");
        return;
    }
    let settings = installation.folder().join("imprimatur.toml");
    fs::write(settings, format!("public_url = '{PUBLIC}'\n")).unwrap();
    let ports = [free_port(), free_port(), free_port()];
    let Some(proxy) = Proxy::nginx(&ports.map(|port| format!("127.0.0.1:{port}"))) else { return };
    let mut servers = ports.map(|port| (port, Some(replica(&installation, port))));

    let (book, enough) = (Arc::default(), Arc::new(AtomicBool::new(false)));
    let mut working = Vec::new();
    for (place, key) in authors.iter().enumerate() {
        let client =
            Client::with_token(PUBLIC.to_owned(), installation.token(key)).over(proxy.client().build().unwrap());
        let person = Person { client, book: Arc::clone(&book), enough: enough.clone() };
        working.push(match place % 3 {
            0 => tokio::spawn(person.reads()),
            1 => tokio::spawn(person.writes()),
            _ => tokio::spawn(person.uploads()),
        });
    }
    for _ in 0..rotations {
        for (port, server) in &mut servers {
            let old = server.take().unwrap();
            let (status, took) = tokio::task::spawn_blocking(move || old.stop()).await.unwrap();
            assert!(status.success(), "{status}");
            eprintln!("{port} stopped within {took:?}");
            *server = Some(replica(&installation, *port));
            ready(*port).await;
            sleep(LEFT_OUT).await;
        }
    }
    enough.store(true, Ordering::Relaxed);
    for one in working {
        one.await.unwrap();
    }
    let book = book.lock().unwrap();
    eprintln!("{:#?}", book.asked);
    let (failed, some) = (book.failed.len(), book.failed.iter().take(5).collect::<Vec<_>>());
    assert!(failed == 0, "{failed} failed: {some:#?}\n{}", proxy.log());
    for what in ["begin", "answer", "read", "upload", "download"] {
        assert!(book.asked.get(what).is_some_and(|(count, _)| *count > 5), "{what}: {:?}", book.asked);
    }
}
