//! A file as large as is taken goes through the server without staying in its memory.
//!
//! 200 MB in every run; `LARGE_UPLOAD_MB=2000 cargo nextest run a_large_file` is the whole of what the settings allow.

use std::{env, io};

use bytes::Bytes;
use futures_util::stream;
use reqwest::Body;

use crate::harness::{client::Client, process::Installation};

/// Bytes of one chunk.
const CHUNK: usize = 1_000_000;

/// What the server may grow by, in megabytes: parts on their way to the store, and the caches of the database.
const ROOM: u64 = 64;

#[tokio::test(flavor = "multi_thread")]
async fn a_large_file_goes_through_without_staying_in_memory() {
    let size: usize = env::var("LARGE_UPLOAD_MB").map_or(200, |size| size.parse().expect("megabytes"));
    let installation = Installation::founded(&[("ana", &[], &[])]).await;
    let token = installation.token("ana");
    let server = installation.serve();
    let author = Client::with_token(server.url.clone(), token);
    let reference = author.begin("course-accreditation").await;
    let before = server.memory().now;

    let chunk = Bytes::from("Recording transcript, minute by minute, as it was said.\n".repeat(CHUNK / 56 + 1));
    let chunk = chunk.slice(..CHUNK);
    let bytes = stream::iter((0..size).map(move |_| Ok::<_, io::Error>(chunk.clone())));
    let kept = author.attach(&reference, "materials", "transcript.txt", Body::wrap_stream(bytes)).await.ok();
    assert_eq!(kept["size"].as_u64(), Some(u64::try_from(size * CHUNK).unwrap()));
    let most = server.memory().most;
    eprintln!("{size} MB taken in; the server had {before} MB before and {most} MB at most");
    assert!(most < before + ROOM, "{before} MB before, {most} MB while {size} MB came in");

    // And out again.
    let mut answer = author.download(&reference, kept["id"].as_str().unwrap()).await;
    let mut length = 0;
    while let Some(chunk) = answer.chunk().await.unwrap() {
        length += chunk.len();
    }
    assert_eq!(length, size * CHUNK);
    let most = server.memory().most;
    assert!(most < before + ROOM, "{before} MB before, {most} MB after {size} MB went out");
    assert!(server.stop().0.success());
}
