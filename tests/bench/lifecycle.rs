//! Whole self-studies over HTTP in a second, beside the bare commits of the same database.

use std::{
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    time::Instant,
};

use reqwest::{Client, RequestBuilder, header::ETAG};
use serde_json::{Value, json};

use crate::{line, office::Office, span};

pub(crate) async fn run() {
    let office = Arc::new(Office::open().await);
    let bare = commits(&office).await;
    line("commit: one row, one client, bare", bare, "/s");
    for clients in [1, 8, 32] {
        let (whole, failed) = lifecycles(&office, clients).await;
        line(&format!("lifecycle: seven calls with a 64 KiB file, {clients} clients"), whole, "/s");
        line("  of the bare commits (it takes seven)", 100.0 * whole * 7.0 / bare, "%");
        assert_eq!(failed, 0, "every request has to succeed");
    }
}

/// Changes of a single row, one after another, each on disk before the next.
pub(crate) async fn commits(office: &Office) -> f64 {
    let store = &office.app.context.store;
    let (start, mut done) = (Instant::now(), 0u32);
    while start.elapsed() < span() {
        let tx = store.begin().await.expect("a change");
        tx.set_setting("bench", &done).await.expect("a row");
        tx.commit().await.expect("a commit");
        done += 1;
    }
    f64::from(done) / start.elapsed().as_secs_f64()
}

async fn lifecycles(office: &Arc<Office>, clients: usize) -> (f64, u64) {
    let (done, failed) = (Arc::new(AtomicU64::new(0)), Arc::new(AtomicU64::new(0)));
    let start = Instant::now();
    let mut running = Vec::new();
    for _ in 0..clients {
        let (office, done, failed) = (office.clone(), done.clone(), failed.clone());
        running.push(tokio::spawn(async move {
            let client = Client::new();
            let author = office.another_author().await;
            while start.elapsed() < span() {
                match lifecycle(&client, &office, &author).await {
                    Some(()) => done.fetch_add(1, Ordering::Relaxed),
                    None => failed.fetch_add(1, Ordering::Relaxed),
                };
            }
        }));
    }
    for one in running {
        one.await.expect("a client");
    }
    let done = u32::try_from(done.load(Ordering::Relaxed)).expect("fewer");
    (f64::from(done) / start.elapsed().as_secs_f64(), failed.load(Ordering::Relaxed))
}

/// From the draft to the credit.
async fn lifecycle(client: &Client, office: &Office, author: &str) -> Option<()> {
    partly(client, office, author, 7).await.map(|_| ())
}

/// So many of the seven calls from the draft to the credit; gives the reference.
pub(crate) async fn partly(client: &Client, office: &Office, author: &str, calls: usize) -> Option<String> {
    let [_, assessor, _] = &office.tokens;
    let root = format!("{}/api/v1/submissions", office.url);
    let begun = sent(client.post(&root).bearer_auth(author).json(&json!({ "workflow": "self-study" }))).await?;
    let reference = begun.1.get("reference")?.as_str()?.to_owned();
    let item = format!("{root}/{reference}");
    let answers = json!({
        "title": "Standards of Care in Diabetes 2026", "completed_on": "2026-10-01", "hours": "6.5",
        "kind": "reading", "credit_type": "aafp-elective", "reflection": "I will screen for neuropathy once a year. ".repeat(4), "attest": true,
    });
    let patch = client.patch(format!("{item}/answers")).bearer_auth(author).header("If-Match", begun.0).json(&answers);
    let upload = client.post(format!("{item}/files?question=evidence")).bearer_auth(author);
    let upload = upload.header("X-File-Name", "log.txt").body("Reading log, kept while studying.\n".repeat(1928));
    let submit = client.post(format!("{item}/transitions/submit")).bearer_auth(author).json(&json!({}));
    let read = client.get(&item).bearer_auth(author);
    let claim = client.post(format!("{item}/tracks/assess/claim")).bearer_auth(assessor);
    let verdict = json!({ "verdict": "approve", "rubric": { "hours_plausible": "fully", "professional": true } });
    let judge = client.post(format!("{item}/tracks/assess/verdict")).bearer_auth(assessor).json(&verdict);
    for call in [patch, upload, submit, read, claim, judge].into_iter().take(calls.saturating_sub(1)) {
        sent(call).await?;
    }
    Some(reference)
}

/// The version and the body of what was answered; nothing where it failed.
async fn sent(request: RequestBuilder) -> Option<(String, Value)> {
    let response = request.send().await.ok()?;
    let status = response.status();
    let version = response.headers().get(ETAG).and_then(|tag| tag.to_str().ok()).unwrap_or_default().to_owned();
    let body: Value = response.json().await.ok()?;
    if !status.is_success() {
        eprintln!("{status}: {body}");
        return None;
    }
    Some((version, body))
}
