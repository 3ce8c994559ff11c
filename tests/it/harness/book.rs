//! What a server has said yes to, written down by people who work, so that somebody can look whether it is there afterwards.

use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex},
    time::Duration,
};

use reqwest::{Method, RequestBuilder, header};
use serde_json::{Value, json};
use tokio::{
    sync::{OwnedRwLockWriteGuard, RwLock},
    time::{sleep, timeout},
};

use super::{
    client::Client,
    form::{assessment, pdf},
    process::{Installation, Part},
};

/// Practitioners who work at the same time.
pub(crate) const AUTHORS: [&str; 4] = ["ana", "ben", "cem", "dua"];

/// What the server has said yes to about one submission, as somebody outside wrote it down.
#[derive(Clone, Debug, Default)]
pub(crate) struct Record {
    author: usize,
    reference: String,
    version: u64,
    /// All titles that were sent.
    titles: Vec<String>,
    /// How many of them are gone: a later one was acknowledged.
    replaced: usize,
    files: BTreeMap<String, Vec<u8>>,
    sent: bool,
    recognised: bool,
}

/// Everything that was written down.
#[derive(Clone, Debug, Default)]
pub(crate) struct Book {
    records: Arc<Mutex<Vec<Record>>>,
    /// Held by whoever wants nobody to work for a while.
    rests: Arc<RwLock<()>>,
}

/// Why a day of work did not go on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Stopped {
    /// The line broke before all of the answer was there.
    Cut,
    /// The server said that it could not; anything but 5xx ends the test.
    Failed(String),
}

/// Sends a request; what was said yes to.
async fn acknowledged(request: RequestBuilder) -> Result<Value, Stopped> {
    let cut = |_| Stopped::Cut;
    let response = request.send().await.map_err(cut)?;
    let status = response.status();
    let body = response.bytes().await.map_err(cut)?;
    let body: Value = serde_json::from_slice(&body).unwrap_or(Value::Null);
    if status.is_server_error() || status == 507 {
        return Err(Stopped::Failed(format!("{status}: {body}")));
    }
    assert!(status.is_success(), "{status}: {body}");
    Ok(body)
}

/// An installation with those who work, and one who assesses.
pub(crate) async fn house(installation: impl AsyncFnOnce(&[Part<'_>]) -> Installation) -> Installation {
    let mut people: Vec<Part<'_>> = AUTHORS.iter().map(|key| (*key, &[][..], &[][..])).collect();
    people.push(("eva", &[], &["self-study-assessors"]));
    installation(&people).await
}

/// Tokens of those who work, and of the one who assesses.
pub(crate) struct Staff {
    tokens: Vec<String>,
    assessor: String,
}

impl Staff {
    pub(crate) fn of(installation: &Installation) -> Self {
        let tokens = AUTHORS.iter().map(|key| installation.token(key)).collect();
        Self { tokens, assessor: installation.token("eva") }
    }

    /// Those who work, at a server.
    pub(crate) fn authors(&self, url: &str) -> Vec<Client> {
        self.tokens.iter().map(|token| Client::with_token(url.to_owned(), token.clone())).collect()
    }

    /// Who assesses, at a server.
    pub(crate) fn assessor(&self, url: &str) -> Client {
        Client::with_token(url.to_owned(), self.assessor.clone())
    }
}

impl Book {
    /// All of it.
    pub(crate) fn records(&self) -> Vec<Record> {
        self.records.lock().unwrap().clone()
    }

    /// How many were finished.
    pub(crate) fn recognised(&self) -> usize {
        self.records.lock().unwrap().iter().filter(|record| record.recognised).count()
    }

    /// Waits until more than so many were finished, however busy the machine is.
    pub(crate) async fn more_than(&self, finished: usize) {
        let waited = timeout(Duration::from_mins(1), async {
            while self.recognised() <= finished {
                sleep(Duration::from_millis(20)).await;
            }
        });
        assert!(waited.await.is_ok(), "nobody gets anything done");
    }

    /// One study of one practitioner, from the first word to its credit.
    pub(crate) async fn one(&self, author: usize, client: &Client, assessor: &Client) -> Result<(), Stopped> {
        let record = begun(author, client).await?;
        let place = {
            let mut book = self.records.lock().unwrap();
            book.push(record.clone());
            book.len() - 1
        };
        let note = |change: &dyn Fn(&mut Record)| change(&mut self.records.lock().unwrap()[place]);
        study(&record.reference, client, assessor, &note).await
    }

    /// Nobody begins another life until this is dropped.
    pub(crate) async fn rest(&self) -> OwnedRwLockWriteGuard<()> {
        self.rests.clone().write_owned().await
    }

    /// One practitioner's day: study after study until the line breaks. What fails is left, and another one is begun; gives how
    /// often that was.
    pub(crate) async fn day(self, author: usize, client: Client, assessor: Client) -> usize {
        let mut failed = 0;
        loop {
            let _at_work = self.rests.read().await;
            match self.one(author, &client, &assessor).await {
                Ok(()) => {}
                Err(Stopped::Cut) => return failed,
                Err(Stopped::Failed(_)) => {
                    failed += 1;
                    sleep(Duration::from_millis(20)).await;
                }
            }
        }
    }
}

async fn begun(author: usize, client: &Client) -> Result<Record, Stopped> {
    let draft = client.request(Method::POST, "/submissions").await.json(&json!({ "workflow": "self-study" }));
    let begun = acknowledged(draft).await?;
    let reference = begun["reference"].as_str().unwrap().to_owned();
    Ok(Record { author, reference, version: begun["version"].as_u64().unwrap(), ..Record::default() })
}

/// One study from the first word to its credit; each yes is noted as soon as it is heard.
async fn study(
    reference: &str,
    client: &Client,
    assessor: &Client,
    note: &(impl Fn(&dyn Fn(&mut Record)) + Sync),
) -> Result<(), Stopped> {
    let at = |rest: &str| format!("/submissions/{reference}/{rest}");
    let mut version = 0;
    for page in 0..3 {
        if version == 0 {
            let read = client.request(Method::GET, &format!("/submissions/{reference}")).await;
            version = acknowledged(read).await?["version"].as_u64().unwrap();
        }
        let title = format!("Study {reference}, page {page}");
        note(&|record| record.titles.push(title.clone()));
        let patch =
            client.request(Method::PATCH, &at("answers")).await.header(header::IF_MATCH, format!("\"{version}\""));
        let saved = acknowledged(patch.json(&answers(&title))).await?;
        version = saved["version"].as_u64().unwrap();
        note(&|record| {
            record.replaced = record.titles.len() - 1;
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
    Ok(())
}

/// Answers of a study that is fit to be sent.
pub(crate) fn answers(title: &str) -> Value {
    json!({
        "title": title, "completed_on": "2026-01-31", "hours": "1.00", "kind": "reading", "credit_type": "ama-pra-2",
        "attest": true,
        "reflection": "I will look at the lung of every breathless patient before I order a film, and write down what I saw.",
    })
}

/// What may be found of `before` in a copy that was made between then and `after`.
pub(crate) fn between(mut before: Vec<Record>, after: &[Record]) -> Vec<Record> {
    for (record, later) in before.iter_mut().zip(after) {
        record.titles.clone_from(&later.titles);
    }
    before
}

/// Everything in the book is in the house.
pub(crate) async fn compare(book: &[Record], authors: &[Client]) {
    for record in book {
        let author = &authors[record.author];
        let there = author.read(&record.reference).await.ok();
        assert!(there["version"].as_u64().unwrap() >= record.version, "{record:?}\n{there}");
        if let Some(title) = there["answers"]["title"].as_str() {
            assert!(record.titles[record.replaced..].iter().any(|sent| sent == title), "{record:?}\n{there}");
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
pub(crate) async fn credits_stand(book: &[Record], authors: &[Client]) {
    for (number, author) in authors.iter().enumerate() {
        let mut recognised = 0;
        for record in book.iter().filter(|record| record.author == number) {
            recognised += u32::from(author.state(&record.reference).await == "recognised");
        }
        let total = author.totals().await["ama-pra-2"].as_str().unwrap_or("0.00").to_owned();
        assert_eq!(total, format!("{recognised}.00"), "credit of {}", AUTHORS[number]);
    }
}
