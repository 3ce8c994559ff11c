//! kill -9 while people work: whatever was acknowledged is there afterwards, and nothing is half there.
//!
//! `CRASH_ROUNDS` makes it longer than the ten rounds of every run.
//!
//! Seen to fail: with `Tx::commit` returning at once and committing 30 ms later in a task of its own, it ends in the first round
//! with `404 Not Found` for a submission whose creation had been acknowledged.

use std::{
    collections::BTreeMap,
    env,
    sync::{Arc, Mutex},
    time::Duration,
};

use futures_util::future::join_all;
use imprimatur::domain::Duty;
use reqwest::{Method, RequestBuilder, header};
use serde_json::{Value, json};
use tokio::time::sleep;

use crate::{
    harness::{
        client::Client,
        form::{assessment, pdf},
        process::{Installation, Part, Server},
    },
    workflows::{self, migration},
};

/// Practitioners who work at the same time.
const AUTHORS: [&str; 4] = ["ana", "ben", "cem", "dua"];

/// What the server has said yes to about one submission, as somebody outside wrote it down.
#[derive(Clone, Debug, Default)]
struct Record {
    author: usize,
    reference: String,
    version: u64,
    /// The title that was acknowledged last, and all that were sent after it.
    title: Vec<String>,
    files: BTreeMap<String, Vec<u8>>,
    sent: bool,
    recognised: bool,
}

type Book = Arc<Mutex<Vec<Record>>>;

/// Sends a request; nothing where the line broke before all of the answer was there.
async fn acknowledged(request: RequestBuilder) -> Option<Value> {
    let response = request.send().await.ok()?;
    let status = response.status();
    let body = response.bytes().await.ok()?;
    let body: Value = serde_json::from_slice(&body).unwrap_or(Value::Null);
    assert!(status.is_success(), "{status}: {body}");
    Some(body)
}

/// One practitioner's day: study after study, until the line breaks.
async fn work(author: usize, client: Client, assessor: Client, book: Book) {
    while let Some(record) = begun(author, &client).await {
        let place = {
            let mut book = book.lock().unwrap();
            book.push(record.clone());
            book.len() - 1
        };
        let note = |change: &dyn Fn(&mut Record)| change(&mut book.lock().unwrap()[place]);
        if study(&record.reference, &client, &assessor, &note).await.is_none() {
            return;
        }
    }
}

async fn begun(author: usize, client: &Client) -> Option<Record> {
    let draft = client.request(Method::POST, "/submissions").await.json(&json!({ "workflow": "self-study" }));
    let begun = acknowledged(draft).await?;
    let reference = begun["reference"].as_str().unwrap().to_owned();
    Some(Record { author, reference, version: begun["version"].as_u64().unwrap(), ..Record::default() })
}

/// One study from the first word to its credit; each yes is noted as soon as it is heard.
async fn study(
    reference: &str,
    client: &Client,
    assessor: &Client,
    note: &(impl Fn(&dyn Fn(&mut Record)) + Sync),
) -> Option<()> {
    let at = |rest: &str| format!("/submissions/{reference}/{rest}");
    let mut version = 0;
    for page in 0..3 {
        if version == 0 {
            let read = client.request(Method::GET, &format!("/submissions/{reference}")).await;
            version = acknowledged(read).await?["version"].as_u64().unwrap();
        }
        let title = format!("Study {reference}, page {page}");
        note(&|record| record.title.push(title.clone()));
        let patch =
            client.request(Method::PATCH, &at("answers")).await.header(header::IF_MATCH, format!("\"{version}\""));
        let saved = acknowledged(patch.json(&answers(&title))).await?;
        version = saved["version"].as_u64().unwrap();
        note(&|record| {
            record.title.drain(..record.title.len() - 1);
            record.version = version;
        });
    }
    let file = pdf(40_000, reference);
    let upload = client.request(Method::POST, &at("files?question=evidence")).await.header("x-file-name", "log.pdf");
    let document = acknowledged(upload.body(file.clone())).await?;
    let id = document["id"].as_str().unwrap().to_owned();
    note(&|record| drop(record.files.insert(id.clone(), file.clone())));

    acknowledged(client.request(Method::POST, &at("transitions/submit")).await.json(&json!({}))).await?;
    note(&|record| record.sent = true);
    acknowledged(assessor.request(Method::POST, &at("tracks/assess/claim")).await.json(&json!({}))).await?;
    let verdict = assessor.request(Method::POST, &at("tracks/assess/verdict")).await;
    acknowledged(verdict.json(&assessment("approve"))).await?;
    note(&|record| record.recognised = true);
    Some(())
}

fn answers(title: &str) -> Value {
    json!({
        "title": title, "completed_on": "2026-01-31", "hours": "1.00", "kind": "reading", "credit_type": "ama-pra-2",
        "attest": true,
        "reflection": "I will look at the lung of every breathless patient before I order a film, and write down what I saw.",
    })
}

/// Everything in the book is in the house.
async fn compare(book: &[Record], authors: &[Client]) {
    for record in book {
        let author = &authors[record.author];
        let there = author.read(&record.reference).await.ok();
        assert!(there["version"].as_u64().unwrap() >= record.version, "{record:?}\n{there}");
        if let Some(title) = there["answers"]["title"].as_str() {
            assert!(record.title.iter().any(|known| known == title), "{record:?}\n{there}");
        } else {
            // The first page was not acknowledged: it has no title that was kept.
            assert!(record.version <= 1 && record.files.is_empty() && !record.sent, "{record:?}\n{there}");
        }
        for (id, bytes) in &record.files {
            let file = author.get(&format!("/submissions/{}/files/{id}", record.reference)).await;
            assert_eq!(file.status, 200, "{record:?}");
            assert!(file.bytes == *bytes, "the bytes of {id} differ");
        }
        let state = there["state"]["id"].as_str().unwrap();
        assert!(!record.sent || state != "draft", "{record:?}\n{there}");
        assert!(!record.recognised || state == "recognised", "{record:?}\n{there}");
    }
}

/// The ledger has one hour for each study that is recognised, acknowledged or not.
async fn credits_stand(book: &[Record], authors: &[Client]) {
    for (number, author) in authors.iter().enumerate() {
        let mut recognised = 0;
        for record in book.iter().filter(|record| record.author == number) {
            recognised += u32::from(author.state(&record.reference).await == "recognised");
        }
        let total = author.totals().await["ama-pra-2"].as_str().unwrap_or("0.00").to_owned();
        assert_eq!(total, format!("{recognised}.00"), "credit of {}", AUTHORS[number]);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_acknowledged_survives_a_kill_in_the_middle_of_work() {
    let rounds: u64 = env::var("CRASH_ROUNDS").map_or(10, |rounds| rounds.parse().expect("a number"));
    let mut people: Vec<Part<'_>> = AUTHORS.iter().map(|key| (*key, &[][..], &[][..])).collect();
    people.push(("eva", &[], &["self-study-assessors"]));
    let installation = Installation::founded(&people).await;
    let tokens: Vec<String> = AUTHORS.iter().map(|key| installation.token(key)).collect();
    let assessor = installation.token("eva");
    let book = Book::default();
    let mut compared = 0;
    for round in 0..rounds {
        let server = installation.serve();
        let client = |token: &String| Client::with_token(server.url.clone(), token.clone());
        let authors: Vec<Client> = tokens.iter().map(client).collect();
        let known = book.lock().unwrap().clone();
        compare(&known[compared..], &authors).await;
        compared = known.len();
        let days: Vec<_> = authors
            .iter()
            .enumerate()
            .map(|(number, author)| tokio::spawn(work(number, author.clone(), client(&assessor), book.clone())))
            .collect();
        // Never the same moment.
        sleep(Duration::from_millis(250 + 83 * (round * 7 % 11))).await;
        server.kill();
        for day in days {
            day.await.expect("no answer but yes");
        }
    }
    let server = installation.serve();
    let authors: Vec<Client> =
        tokens.iter().map(|token| Client::with_token(server.url.clone(), token.clone())).collect();
    let book = book.lock().unwrap().clone();
    compare(&book, &authors).await;
    credits_stand(&book, &authors).await;
    let doctor = installation.run(&["doctor"]).ok();
    assert!(!doctor.contains("WRONG"), "{doctor}");
    assert!(server.stop().0.success());
    let recognised = book.iter().filter(|record| record.recognised).count();
    assert!(recognised > 5, "only {recognised} of {} were finished: nothing was tested", book.len());
    eprintln!("{rounds} kills, {} submissions, {recognised} recognised", book.len());
}

/// Submissions that a migration takes over.
const MANY: usize = 200;

/// Sends so many self-studies, some at a time.
async fn sent(author: &Client) {
    let one = async || {
        let reference = author.begin("self-study").await;
        author.answer(&reference, &answers("A study that waits")).await.ok();
        author.attach(&reference, "evidence", "log.pdf", pdf(2_000, &reference)).await.ok();
        author.fire(&reference, "submit", &json!({})).await.ok();
    };
    for _ in 0..MANY / 8 {
        join_all((0..8).map(|_| one())).await;
    }
}

/// How many open submissions follow each version.
async fn open(who: &Client, versions: (&str, &str)) -> (u64, u64) {
    let found = who.get("/workflows/self-study/versions").await.ok();
    let of = |hash: &str| {
        let version = found["versions"].as_array().unwrap().iter().find(|version| version["hash"] == hash).unwrap();
        version["open"].as_object().unwrap().values().map(|open| open.as_u64().unwrap()).sum()
    };
    (of(versions.0), of(versions.1))
}

#[tokio::test(flavor = "multi_thread")]
async fn a_migration_that_is_killed_in_the_middle_takes_nothing_over() {
    let administrators = &[Duty::Administrator][..];
    let people: [Part<'_>; 3] = [("ana", &[], &[]), ("one", administrators, &[]), ("other", administrators, &[])];
    let installation = Installation::founded(&people).await;
    let [author, one, other] = ["ana", "one", "other"].map(|key| installation.token(key));
    let server = installation.serve();
    let client = |server: &Server, token: &String| Client::with_token(server.url.clone(), token.clone());
    sent(&client(&server, &author)).await;
    let (planner, runner) = (client(&server, &one), client(&server, &other));
    let before = workflows::active(&planner).await;
    let after = workflows::propose(&planner, &migration::renamed()).await;
    workflows::activate(&runner, &after).await.ok();
    let plan = migration::plan(&planner, (&before, &after), migration::whole()).await.is(201);
    let run = migration::path(&plan, "/run");
    server.kill();

    let all = u64::try_from(MANY).unwrap();
    let mut killed = 0;
    for round in 0.. {
        let server = installation.serve();
        let runner = client(&server, &other);
        let counted = open(&runner, (&before, &after)).await;
        if counted == (0, all) {
            break;
        }
        assert_eq!(counted, (all, 0), "half of them went over");
        let asked = runner.request(Method::POST, &run).await.json(&json!({}));
        let under_way = tokio::spawn(async move { asked.send().await.is_ok() });
        // Longer and longer, until it is done before the kill.
        sleep(Duration::from_millis(200 << round)).await;
        killed += u32::from(!under_way.is_finished());
        server.kill();
        let _cut_or_answered = under_way.await;
    }
    assert!(killed > 1, "it was never killed in the middle");
    let doctor = installation.run(&["doctor"]).ok();
    assert!(!doctor.contains("WRONG"), "{doctor}");
    eprintln!("{killed} kills in the middle of a migration of {MANY}");
}
