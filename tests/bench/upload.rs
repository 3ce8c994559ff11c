//! Uploading a large file, beside writing the same bytes to a file with their SHA-256.

use std::{io::Write as _, time::Instant};

use aws_lc_rs::digest::{Context, SHA256};
use bytes::Bytes;
use futures_util::stream;
use reqwest::{Body, Client};
use serde_json::{Value, json};

use crate::{line, number, office::Office};

/// Bytes of one chunk.
const CHUNK: usize = 1 << 20;

pub(crate) async fn run() {
    let chunks = usize::try_from(number("BENCH_UPLOAD_MB", 256)).expect("a size");
    let office = Office::open().await;
    let plain = plain(&office, chunks);
    line("write: SHA-256, write, fsync; bare", plain, "MB/s");
    let over_http = upload(&office, chunks).await;
    line("upload: over HTTP, hashed, typed, staged, promoted, referenced", over_http, "MB/s");
    line("  of the bare write", 100.0 * over_http / plain, "%");
}

/// Text that is taken as evidence of a course.
fn chunk() -> Bytes {
    Bytes::from(
        "Recording transcript, minute by minute, as it was spoken.\n".repeat(CHUNK / 58 + 1)[..CHUNK].to_owned(),
    )
}

fn plain(office: &Office, chunks: usize) -> f64 {
    let (chunk, start) = (chunk(), Instant::now());
    let mut file = std::fs::File::create(office.folder.path().join("plain")).expect("a file");
    let mut hash = Context::new(&SHA256);
    for _ in 0..chunks {
        hash.update(&chunk);
        file.write_all(&chunk).expect("room");
    }
    std::hint::black_box(hash.finish());
    file.sync_all().expect("a disk");
    megabytes(chunks, start)
}

async fn upload(office: &Office, chunks: usize) -> f64 {
    let client = Client::new();
    let root = format!("{}/api/v1/submissions", office.url);
    let draft = client.post(&root).bearer_auth(&office.tokens[0]).json(&json!({ "workflow": "course-accreditation" }));
    let begun: Value = draft.send().await.expect("an answer").json().await.expect("a body");
    let reference = begun.get("reference").and_then(Value::as_str).expect("a reference");
    let (chunk, start) = (chunk(), Instant::now());
    let bytes = stream::iter((0..chunks).map(move |_| Ok::<_, std::io::Error>(chunk.clone())));
    let answer = client
        .post(format!("{root}/{reference}/files?question=materials"))
        .bearer_auth(&office.tokens[0])
        .header("X-File-Name", "transcript.txt")
        .body(Body::wrap_stream(bytes))
        .send()
        .await
        .expect("an answer");
    assert!(answer.status().is_success(), "{}", answer.text().await.unwrap_or_default());
    megabytes(chunks, start)
}

fn megabytes(chunks: usize, start: Instant) -> f64 {
    let size = u32::try_from(chunks * CHUNK / 1_000_000).expect("a size");
    f64::from(size) / start.elapsed().as_secs_f64()
}
