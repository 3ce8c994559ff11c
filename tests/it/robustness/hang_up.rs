//! Clients that hang up inside a write: the next one finds everything in order.
//!
//! With a pool of one connection a transaction that somebody left open would stop the whole house.

use std::{collections::BTreeSet, fs, time::Duration};

use futures_util::TryStreamExt as _;
use imprimatur::{
    blob::{Area, Key},
    store::integrity,
    usecase::document::{self, Turn},
};
use serde_json::{Value, json};
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::TcpStream,
    time::sleep,
};

use crate::{
    harness::{
        client::Client,
        database,
        form::{PDF, assessment, pdf, self_study, sent_self_study},
        house::House,
    },
    route::workflows::{
        in_force,
        migration::{self, renamed},
        second_administrator,
    },
};

/// How often each write is cut.
const CUTS: usize = 24;

/// A request as bytes.
struct Raw {
    head: String,
    body: Vec<u8>,
    /// How much longer than a small write it takes.
    pace: u32,
}

impl Raw {
    async fn json(client: &Client, method: &str, path: &str, more: &str, body: &Value) -> Self {
        let body = body.to_string().into_bytes();
        Self::of(client, method, path, &format!("content-type: application/json\r\n{more}"), body).await
    }

    async fn of(client: &Client, method: &str, path: &str, more: &str, body: Vec<u8>) -> Self {
        let (token, length) = (client.token().await, body.len());
        let head = format!(
            "{method} /api/v1{path} HTTP/1.1\r\nhost: it\r\nauthorization: Bearer {token}\r\n\
             content-length: {length}\r\n{more}\r\n"
        );
        Self { head, body, pace: 1 }
    }

    /// Sends all of it and hears the answer.
    async fn whole(&self, house: &House) -> String {
        let mut line = TcpStream::connect(house.url.strip_prefix("http://").unwrap()).await.unwrap();
        line.write_all(&[self.head.as_bytes(), &self.body].concat()).await.unwrap();
        let mut answer = vec![0; 4000];
        let length = line.read(&mut answer).await.unwrap();
        String::from_utf8_lossy(&answer[..length]).into_owned()
    }

    /// A section's page as a browser posts it: what was typed, and a file that goes on for a while.
    async fn page(house: &House, cookie: &str, reference: &str, file: &[u8]) -> Self {
        let version = house.person("author").read(reference).await.version();
        let part = |name: &str, value: &str| {
            format!("--cut\r\ncontent-disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n")
        };
        let before =
            [part("version", version.trim_matches('"')), part("attest", "yes"), part("then", "continue")].concat();
        let head = "--cut\r\ncontent-disposition: form-data; name=\"evidence\"; filename=\"log.pdf\"\r\n\
                    content-type: application/pdf\r\n\r\n";
        let body = [before.as_bytes(), head.as_bytes(), file, b"\r\n--cut--\r\n"].concat();
        let head = format!(
            "POST /s/{reference}/form/evidence HTTP/1.1\r\nhost: {host}\r\norigin: {url}\r\ncookie: {cookie}\r\n\
             content-type: multipart/form-data; boundary=cut\r\ncontent-length: {length}\r\n\r\n",
            host = house.url.strip_prefix("http://").unwrap(),
            url = house.url,
            length = body.len(),
        );
        Self { head, body, pace: 40 }
    }

    /// Sends it and hangs up: while the head is on its way, inside the body, or some time after all was sent.
    async fn cut(&self, house: &House, round: usize) {
        let mut line = TcpStream::connect(house.url.strip_prefix("http://").unwrap()).await.unwrap();
        let whole = [self.head.as_bytes(), &self.body].concat();
        let sent = match round % 6 {
            0 => self.head.len() / 2,
            1 => self.head.len(),
            2 => self.head.len() + self.body.len() / 2,
            _ => whole.len(),
        };
        // The server may have answered and closed already.
        let _sent = line.write_all(&whole[..sent]).await;
        let _sent = line.flush().await;
        // From "before anything was begun" to "after the answer".
        let pause = Duration::from_micros([0, 300, 900, 2_000, 4_000, 9_000][(round / 6 + round) % 6]);
        sleep(pause * self.pace).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_hangs_up_inside_a_write_leaves_nothing_half_done_and_nothing_open() {
    let house = House::over(database::with_connections(1).await, &[]).await;
    let (author, assessor) = (house.person("author"), house.person("assessor"));
    let mut references = Vec::new();
    let file = pdf(600_000, "");
    for round in 0..CUTS {
        Raw::json(&author, "POST", "/submissions", "", &json!({ "workflow": "self-study" }))
            .await
            .cut(&house, round)
            .await;

        let reference = author.begin("self-study").await;
        let etag = author.read(&reference).await.etag();
        let answers = format!("/submissions/{reference}/answers");
        let if_match = format!("if-match: {etag}\r\n");
        Raw::json(&author, "PATCH", &answers, &if_match, &self_study(&house, "4")).await.cut(&house, round).await;

        let files = format!("/submissions/{reference}/files?question=evidence");
        Raw::of(&author, "POST", &files, "x-file-name: log.pdf\r\n", file.clone()).await.cut(&house, round).await;

        // What was sent whole may still be under way.
        sleep(Duration::from_millis(30)).await;
        author.answer(&reference, &self_study(&house, "4")).await.ok();
        author.attach(&reference, "evidence", "log.pdf", PDF).await.ok();
        let submit = format!("/submissions/{reference}/transitions/submit");
        Raw::json(&author, "POST", &submit, "", &json!({})).await.cut(&house, round).await;
        references.push((reference, round));
    }
    settled(&house).await;

    for (reference, round) in &references {
        if author.state(reference).await == "draft" {
            author.fire(reference, "submit", &json!({})).await.ok();
        }
        let claim = format!("/submissions/{reference}/tracks/assess/claim");
        Raw::json(&assessor, "POST", &claim, "", &json!({})).await.cut(&house, round / 2).await;
        sleep(Duration::from_millis(5)).await;
        // Taken by the request that was cut, or now.
        let taken = assessor.claim(reference, "assess").await.status;
        assert!([200, 409, 422].contains(&taken), "{taken}");
        let verdict = format!("/submissions/{reference}/tracks/assess/verdict");
        Raw::json(&assessor, "POST", &verdict, "", &assessment("approve")).await.cut(&house, *round).await;
    }
    settled(&house).await;

    let mut recognised = 0;
    for (reference, _) in &references {
        let state = author.state(reference).await;
        assert!(["assessment", "recognised"].contains(&state.as_str()), "{state}");
        recognised += usize::from(state == "recognised");
    }
    let credits = house.ledger_of(&crate::harness::house::email("author")).await.len();
    assert_eq!(credits, recognised, "an approval and its credit are one");
    files_and_rows_agree(&house).await;
    house.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_hangs_up_inside_a_page_with_a_file_leaves_nothing_half_done_and_nothing_open() {
    let house = House::over(database::with_connections(1).await, &[]).await;
    let (author, cookie) = (house.person("author"), house.session("author").await);
    let file = pdf(600_000, "");
    let mut taken = 0;
    for round in 0..CUTS {
        let reference = author.begin("self-study").await;
        Raw::page(&house, &cookie, &reference, &file).await.cut(&house, round).await;
        // What was sent whole may still be under way.
        sleep(Duration::from_millis(60)).await;
        let read = author.read(&reference).await.ok();
        let files = read["files"].as_array().unwrap().len();
        let named = read["answers"]["evidence"].as_array().map_or(0, Vec::len);
        assert_eq!(files, named, "a file and its answer are one: {read}");
        // Files are taken in one by one, before what was typed is saved.
        assert!(read["answers"]["attest"].is_null() || files == 1, "{read}");
        taken += files;
        // The same page again, to its end this time.
        let again = Raw::page(&house, &cookie, &reference, &file).await.whole(&house).await;
        assert!(again.starts_with("HTTP/1.1 303"), "{again}");
    }
    assert!((1..CUTS).contains(&taken), "{taken} of {CUTS} were whole: nothing was cut, or everything");
    settled(&house).await;
    files_and_rows_agree(&house).await;
    house.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_hangs_up_inside_a_migration_leaves_all_where_they_are_or_takes_all_over() {
    let house = House::over(database::with_connections(1).await, &[]).await;
    second_administrator(&house).await;
    let (author, other) = (house.person("author"), house.person("coordinator"));
    let mut references = Vec::new();
    for _ in 0..30 {
        references.push(sent_self_study(&house, &author, "4").await);
    }
    let (before, after) = in_force(&house, &renamed()).await;
    let planned = migration::plan(&house.person("administrator"), (&before, &after), migration::whole()).await.is(201);
    let run = migration::path(&planned, "/run");
    let of = async |version: &str| {
        let versions = other.get("/workflows/self-study/versions").await.ok();
        let found = versions["versions"].as_array().unwrap().iter().find(|found| found["hash"] == version).cloned();
        found.unwrap()["open"].as_object().unwrap().values().map(|open| open.as_u64().unwrap()).sum::<u64>()
    };
    let mut cut = 0;
    for round in 0..CUTS {
        let raw = Raw::json(&other, "POST", &run, "", &json!({})).await;
        Raw { pace: 20, ..raw }.cut(&house, round).await;
        sleep(Duration::from_millis(50)).await;
        let counted = (of(&before).await, of(&after).await);
        assert!([(30, 0), (0, 30)].contains(&counted), "half of them went over: {counted:?}");
        cut += usize::from(counted == (30, 0));
    }
    assert!(cut > 0, "nothing was cut");
    let ended = other.post(&run, &json!({})).await.status;
    assert!([200, 409].contains(&ended), "{ended}");
    assert_eq!((of(&before).await, of(&after).await), (0, 30));
    for reference in &references {
        let history = house.person("auditor").history(reference).await;
        assert_eq!(history.iter().filter(|event| event["what"] == "migrated").count(), 1, "{reference}");
    }
    settled(&house).await;
    house.close().await;
}

/// Waits until nothing is under way, then sees that everybody is served and that nothing was left open.
async fn settled(house: &House) {
    sleep(Duration::from_millis(300)).await;
    let author = house.person("other-author");
    for _ in 0..5 {
        let work = async {
            let reference = author.begin("self-study").await;
            author.answer(&reference, &json!({ "title": "Still served" })).await.ok();
        };
        tokio::time::timeout(Duration::from_secs(3), work).await.expect("the pool is healthy");
    }
    if !house.database.is_sqlite() {
        let idle = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND state LIKE 'idle in%'";
        assert_eq!(house.database.count(idle).await, 0, "a transaction was left open");
    }
    assert_eq!(integrity::findings(&house.database.view().await).await.unwrap(), []);
}

/// Every row has its bytes, and what else was uploaded is found and swept.
async fn files_and_rows_agree(house: &House) {
    let blobs = &house.app.context.blobs;
    let mut rows: BTreeSet<String> =
        house.database.view().await.document_keys(None, 1000).await.unwrap().into_iter().collect();
    for key in &rows {
        assert!(blobs.open(key.parse::<Key>().unwrap(), None).await.is_ok(), "{key}");
    }
    // What is cut is finished without its sender, or not at all.
    let mut listed: BTreeSet<String> = BTreeSet::new();
    for _ in 0..100 {
        let found: Vec<_> = blobs.list(Area::Documents).await.unwrap().try_collect().await.unwrap();
        listed = found.into_iter().map(|found| found.place).collect();
        if listed == rows {
            break;
        }
        sleep(Duration::from_millis(50)).await;
        rows = house.database.view().await.document_keys(None, 1000).await.unwrap().into_iter().collect();
    }
    assert_eq!(listed, rows, "a document without a row, or a row without its document");
    // A day from now, when whoever was uploading has surely gone.
    house.database.run("UPDATE staging SET at = at - 90000000000").await.unwrap();
    document::sweep(&house.app.context, Turn::default()).await.unwrap();
    assert_eq!(house.database.count("SELECT count(*) FROM staging").await, 0);
    let staging = house.app.context.config.data.join("blobs").join("staging");
    let left: Vec<_> = fs::read_dir(staging).map(|entries| entries.flatten().collect()).unwrap_or_default();
    assert!(left.is_empty(), "{left:?}");
}
