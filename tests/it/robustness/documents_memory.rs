//! A hundred uploads in flight at once, and what they cost.
//!
//! `UPLOADS_MB` makes each of them longer than the eight megabytes of every run.

use std::{env, io, sync::Arc};

use bytes::Bytes;
use futures_util::{StreamExt as _, future::join_all, stream};
use reqwest::Body;
use tokio::sync::Barrier;

use super::documents::{Archive, BOTH};
use crate::harness::client::Client;

const UPLOADS: usize = 100;
const PEOPLE: usize = 25;
/// Megabytes that the server may grow by.
const ROOM: u64 = 100;

/// Seen to fail: while large chunks were gathered once more before they were written, and connections had room for 400 KB
/// each, the server grew by 154 MB; with four parts of 8 MiB for a bucket in memory at a time, by 105 MB.
#[tokio::test(flavor = "multi_thread")]
async fn a_hundred_uploads_in_flight_cost_little_memory() {
    let megabytes: usize = env::var("UPLOADS_MB").map_or(8, |size| size.parse().expect("megabytes"));
    for kept in BOTH {
        let archive = Archive::empty(kept).await;
        let names: Vec<String> = (0..PEOPLE).map(|number| format!("author{number}")).collect();
        let people: Vec<_> = names.iter().map(|name| (name.as_str(), &[][..], &[][..])).collect();
        archive.installation.found(&people).await;
        let server = archive.installation.serve();
        let mut places = Vec::new();
        for name in &names {
            let author = Client::with_token(server.url.clone(), archive.installation.token(name));
            for _ in 0..UPLOADS / PEOPLE {
                let reference = author.begin("course-accreditation").await;
                places.push((author.clone(), reference));
            }
        }
        let before = server.memory().now;
        let all_begun = Arc::new(Barrier::new(UPLOADS));
        let uploads = places.iter().map(|(author, reference)| {
            // No text from its first bytes on: that every byte of a text is looked at is not what is measured.
            let chunk =
                Bytes::from("%PDF-1.7\n\0 slides, one after the other, as they were shown.\n%%EOF\n".repeat(15_874))
                    .slice(..1_000_000);
            let all_begun = all_begun.clone();
            let bytes = stream::iter(0..megabytes).then(move |number| {
                let (chunk, all_begun) = (chunk.clone(), all_begun.clone());
                async move {
                    // All of them are half-way before any goes on.
                    if number == megabytes / 2 {
                        all_begun.wait().await;
                    }
                    Ok::<_, io::Error>(chunk)
                }
            });
            author.attach(reference, "materials", "slides.pdf", Body::wrap_stream(bytes))
        });
        let mut taken = 0;
        for answer in join_all(uploads).await {
            // A hundred that end at one moment wait for one another; a busy machine sends some away, and says when to
            // come back. They were in flight all the same.
            if answer.status == 503 {
                assert!(answer.headers.contains_key("retry-after"), "{answer:?}");
                continue;
            }
            assert_eq!(answer.ok()["size"].as_u64(), Some(u64::try_from(megabytes * 1_000_000).unwrap()));
            taken += 1;
        }
        assert!(taken > 0, "none was taken");
        let most = server.memory().most;
        eprintln!("{taken} of {UPLOADS} uploads of {megabytes} MB, {kept:?}: {before} MB before, {most} MB at most");
        assert!(most < before + ROOM, "{kept:?}: {before} MB before, {most} MB at most");
        assert!(server.stop().0.success());
    }
}
