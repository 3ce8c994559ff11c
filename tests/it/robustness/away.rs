//! What is away: a bucket that swallows everything, a database that stops answering.

use std::{
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicU64, Ordering},
    },
    time::Duration,
};

use imprimatur::clock::new_id;
use serde_json::Value;
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::{TcpListener, TcpStream},
    time::{Instant, sleep},
};
use uuid::Uuid;

use super::held::Writers;
use crate::harness::{bucket, client::Client, form::pdf, process::Installation, running::until};

/// Takes connections and says nothing.
async fn black_hole() -> String {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    tokio::spawn(async move {
        let mut kept = Vec::new();
        while let Ok((line, _)) = listener.accept().await {
            kept.push(line);
        }
    });
    url
}

async fn ready(url: &str) -> (u16, Value, Duration) {
    let begun = Instant::now();
    let answer = reqwest::get(format!("{url}/readyz")).await.unwrap();
    (answer.status().as_u16(), answer.json().await.unwrap(), begun.elapsed())
}

/// Before, the start tried the bucket for as long as that took, and then ended.
#[tokio::test(flavor = "multi_thread")]
async fn a_bucket_that_swallows_everything_keeps_documents_away_and_nothing_else() {
    let installation = Installation::founded(&[("ana", &[], &[])]).await;
    let token = installation.token("ana");
    let hole = black_hole().await;
    let flags = ["--blobs", "s3://documents", "--s3-endpoint", &hole];
    let begun = Instant::now();
    let mut command = installation.command(&["serve"]);
    command.env("IMPRIMATUR_S3_ACCESS_KEY", "key").env("IMPRIMATUR_S3_SECRET_KEY", "secret").args(flags);
    let server = crate::harness::process::Server::start(
        command.stdout(std::process::Stdio::piped()).stderr(std::process::Stdio::null()),
        "Imprimatur serves at ",
    )
    .unwrap();
    assert!(begun.elapsed() < Duration::from_secs(30), "{:?}", begun.elapsed());
    let ana = Client::with_token(server.url.clone(), token);
    let (status, checks, took) = ready(&server.url).await;
    assert_eq!(status, 200, "{checks}");
    assert!(checks["checks"][1]["note"].is_string() && took < Duration::from_secs(1), "{checks} {took:?}");
    assert!(!checks.to_string().contains("documents/") && !checks.to_string().contains("127.0.0.1"), "{checks}");
    let reference = ana.begin("self-study").await;
    let begun = Instant::now();
    let refused = ana.attach(&reference, "evidence", "log.pdf", pdf(60_000, "x")).await;
    assert!(refused.status == 503 && refused.headers.contains_key("retry-after"), "{refused:?}");
    assert!(begun.elapsed() < Duration::from_secs(2), "{:?}", begun.elapsed());
    ana.read(&reference).await.ok();
    let (status, took) = server.stop();
    assert!(status.success() && took < Duration::from_millis(3500), "{status} after {took:?}");
}

/// A door to a server that is shut at first: who knocks is sent away.
struct Door {
    url: String,
    open: Arc<AtomicBool>,
}

impl Door {
    async fn to(server: &str) -> Self {
        let goal = server.strip_prefix("http://").expect("without TLS").to_owned();
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let open = Arc::new(AtomicBool::new(false));
        let opened = open.clone();
        tokio::spawn(async move {
            while let Ok((mut near, _)) = listener.accept().await {
                if opened.load(Ordering::Acquire)
                    && let Ok(mut far) = TcpStream::connect(&goal).await
                {
                    tokio::spawn(async move { tokio::io::copy_bidirectional(&mut near, &mut far).await });
                }
            }
        });
        Self { url, open }
    }
}

/// What comes back after a start without a bucket may be another's: nothing is put there before that is known. Where it
/// is, the server ends; where it is not, it takes documents from then on.
///
/// Seen to fail: before, the upload to another's bucket was answered 201.
#[tokio::test(flavor = "multi_thread")]
async fn nothing_is_uploaded_to_a_bucket_before_it_was_seen_whose_it_is() {
    tokio::join!(uploaded_once_it_is_back(Some(new_id())), uploaded_once_it_is_back(None));
}

async fn uploaded_once_it_is_back(owner: Option<Uuid>) {
    let folder = tempfile::tempdir().unwrap();
    let s3 = bucket::serve(folder.path(), bucket::Server::Honest).await;
    let office = folder.path().join(&s3.bucket).join(&s3.prefix);
    if let Some(owner) = owner {
        std::fs::create_dir_all(&office).unwrap();
        std::fs::write(office.join("installation"), format!("{owner}\n")).unwrap();
    }
    let door = Door::to(&s3.endpoint.unwrap()).await;
    let installation = Installation::founded(&[("ana", &[], &[])])
        .await
        .set("IMPRIMATUR_S3_ENDPOINT", door.url)
        .set("IMPRIMATUR_S3_ACCESS_KEY", "access")
        .set("IMPRIMATUR_S3_SECRET_KEY", "secret");
    let token = installation.token("ana");
    let server = installation.serve_with(&["--blobs", bucket::Bucket::PLACE]);
    let ana = Client::with_token(server.url.clone(), token);
    let reference = ana.begin("self-study").await;
    let upload = || ana.attach(&reference, "evidence", "log.pdf", pdf(60_000, "x"));

    door.open.store(true, Ordering::Release);
    let refused = upload().await;
    assert!(refused.status == 503 && refused.headers.contains_key("retry-after"), "{refused:?}");
    let there = |area: &str| std::fs::read_dir(office.join(area)).map_or(0, Iterator::count);
    assert_eq!((there("staging"), there("documents")), (0, 0));

    let most = Duration::from_mins(1);
    if owner.is_some() {
        until(most, "the server ends", async || reqwest::get(format!("{}/healthz", server.url)).await.is_err()).await;
        // It says so at its very end.
        until(most, "the reason is told", async || installation.log().contains("documents belong to")).await;
        assert_eq!((there("staging"), there("documents")), (0, 0));
    } else {
        until(most, "it takes documents", async || upload().await.status == 201).await;
        assert!(server.stop().0.success());
    }
}

/// A line to a database that can be held, as a stopped process or a broken network holds it.
struct Line {
    address: String,
    flow: Arc<Flow>,
}

/// What passes over a line.
#[derive(Default)]
struct Flow {
    held: AtomicBool,
    /// How often all connections were lost: nothing comes over them any more, and nobody says so.
    lost: AtomicU64,
}

impl Line {
    async fn to(server: &str) -> Self {
        let target = server.split_once('@').expect("a user").1.split('/').next().expect("a host").to_owned();
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let here = listener.local_addr().unwrap().to_string();
        let flow = Arc::new(Flow::default());
        let holds = flow.clone();
        let goal = target.clone();
        tokio::spawn(async move {
            while let Ok((near, _)) = listener.accept().await {
                let Ok(far) = TcpStream::connect(&goal).await else { continue };
                let (near_in, near_out) = near.into_split();
                let (far_in, far_out) = far.into_split();
                tokio::spawn(pass(near_in, far_out, holds.clone()));
                tokio::spawn(pass(far_in, near_out, holds.clone()));
            }
        });
        Self { address: server.replacen(&target, &here, 1), flow }
    }

    /// Holds everything up.
    fn hold(&self) {
        self.flow.held.store(true, Ordering::Release);
    }

    /// Lets everything pass.
    fn release(&self) {
        self.flow.held.store(false, Ordering::Release);
    }

    /// Lets new connections pass; over the others nothing ever comes.
    fn lose(&self) {
        self.flow.lost.fetch_add(1, Ordering::AcqRel);
        self.release();
    }
}

async fn pass(mut from: tokio::net::tcp::OwnedReadHalf, mut to: tokio::net::tcp::OwnedWriteHalf, flow: Arc<Flow>) {
    let born = flow.lost.load(Ordering::Acquire);
    let mut bytes = [0; 4096];
    while let Ok(read) = from.read(&mut bytes).await {
        while flow.held.load(Ordering::Acquire) || flow.lost.load(Ordering::Acquire) > born {
            sleep(Duration::from_millis(20)).await;
        }
        if read == 0 || to.write_all(&bytes[..read]).await.is_err() {
            return;
        }
    }
}

/// Before, the answer came after ten seconds, and where a statement was under way after thirty.
#[tokio::test(flavor = "multi_thread")]
async fn a_database_that_stops_answering_is_told_of_within_two_seconds() {
    let installation = Installation::founded(&[("ana", &[], &[])]).await;
    if installation.is_sqlite() {
        eprintln!("left out: a file cannot be away");
        return;
    }
    let line = Line::to(&installation.address()).await;
    let server = installation.serve_with(&["--database", &line.address]);
    let ana = Client::with_token(server.url.clone(), installation.token("ana"));
    let writers = Writers::of(&installation, &server).await;
    for lost in [false, true] {
        line.hold();
        writers.are_told().await;
        let (status, checks, took) = ready(&server.url).await;
        assert_eq!(status, 503, "{checks}");
        assert!(took < Duration::from_secs(1), "{took:?}");
        assert_eq!(reqwest::get(format!("{}/healthz", server.url)).await.unwrap().status(), 200);
        let many = (0..20).map(|number| {
            let ana = ana.clone();
            async move {
                let begun = Instant::now();
                let answer = if number % 2 == 0 { ana.get("/me").await } else { ana.get("//catalogue").await };
                assert_eq!(answer.status, 503);
                assert!(answer.headers.contains_key("retry-after"));
                assert!(begun.elapsed() < Duration::from_secs(2), "{:?}", begun.elapsed());
            }
        });
        futures_util::future::join_all(many).await;
        if lost {
            line.lose();
        } else {
            line.release();
        }
        let took = writers.recover(Duration::from_secs(30)).await;
        eprintln!("everybody was served again after {took:?}; lines were lost: {lost}");
    }
    line.hold();
    let (status, took) = server.stop();
    assert!(took < Duration::from_millis(3500), "{status} after {took:?}");
}

/// Before, the start ended with an error.
#[tokio::test(flavor = "multi_thread")]
async fn a_server_starts_before_its_database() {
    let installation = Installation::founded(&[]).await;
    if installation.is_sqlite() {
        eprintln!("left out: a file cannot be away");
        return;
    }
    let line = Line::to(&installation.address()).await;
    line.hold();
    let server = installation.serve_with(&["--database", &line.address]);
    assert_eq!(reqwest::get(format!("{}/healthz", server.url)).await.unwrap().status(), 200);
    let (status, checks, _) = ready(&server.url).await;
    assert_eq!(status, 503, "{checks}");
    let page = reqwest::get(format!("{}/sign-in", server.url)).await.unwrap();
    assert_eq!(page.status(), 503);
    assert!(page.headers().contains_key("retry-after"));
    assert!(page.text().await.unwrap().contains("This does not work for the moment"));
    line.release();
    let begun = Instant::now();
    while ready(&server.url).await.0 != 200 {
        assert!(begun.elapsed() < Duration::from_secs(40), "it does not come up");
        sleep(Duration::from_millis(200)).await;
    }
    assert!(server.stop().0.success());
}
