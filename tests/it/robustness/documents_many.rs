//! Many documents are swept and looked at page by page, in a time that grows with their number and no faster.
//!
//! `DOCUMENTS_MANY` makes them more than the two thousand of every run.

use std::{env, fs, time::Instant};

use super::documents::{Archive, Kept, draft};

/// Statements that make copies of the only document, under keys of their own; every second one was removed long ago.
fn copies(number: usize, sqlite: bool) -> String {
    let (id, text, numbers) = if sqlite {
        (
            "randomblob(16)",
            "lower(substr(hex(id), 1, 8) || '-' || substr(hex(id), 9, 4) || '-' || substr(hex(id), 13, 4) || '-' || \
             substr(hex(id), 17, 4) || '-' || substr(hex(id), 21))",
            format!("WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {number}) "),
        )
    } else {
        ("gen_random_uuid()", "id::text", format!("WITH n AS (SELECT generate_series(1, {number}) AS i) "))
    };
    format!(
        "INSERT INTO document (id, submission, question, name, media_type, size, sha256, blob_key, \
         standing, uploaded_by, uploaded_at, removed_at) {numbers} \
         SELECT {id}, submission, question, name, media_type, size, sha256, 'copy', \
         CASE WHEN i % 2 = 0 THEN 'removed' ELSE 'available' END, uploaded_by, uploaded_at, \
         CASE WHEN i % 2 = 0 THEN 1 END FROM document, n; \
         UPDATE document SET blob_key = 'documents/' || {text} WHERE blob_key = 'copy'"
    )
}

/// Would fail (not tried yet): with a query for each document, as before, 20,000 take ten seconds; see the figures it prints.
#[tokio::test(flavor = "multi_thread")]
async fn many_documents_are_swept_and_looked_at_by_the_page() {
    let number: usize = env::var("DOCUMENTS_MANY").map_or(2_000, |number| number.parse().expect("a number"));
    let archive = Archive::open(Kept::Files).await;
    let server = archive.installation.serve();
    draft(&archive.author(&server), 1).await;
    assert!(server.stop().0.success());
    let original = archive.files("documents").into_values().next().unwrap();
    archive.installation.sql(&copies(number, archive.installation.is_sqlite())).await;
    let store = archive.installation.store().await;
    let mut after = String::new();
    loop {
        let page = store.view().await.unwrap().stored_after(&after, 500).await.unwrap();
        let Some(last) = page.last() else { break };
        after.clone_from(&last.key);
        for stored in &page {
            fs::write(archive.place(&stored.key), &original).unwrap();
        }
    }
    store.close().await.unwrap();
    let timed = |args: &[&str]| {
        let begun = Instant::now();
        let out = archive.installation.run(args).ok();
        (out, begun.elapsed())
    };
    let (told, looked) = timed(&["doctor"]);
    assert!(told.contains(&format!("has its size ({})", number / 2 + 1)), "{told}");
    let half = (number / 2).to_string();
    let (told, swept) = timed(&["documents", "sweep", "--allow", &half]);
    assert!(told.starts_with(&format!("{half} removed documents")), "{told}");
    assert_eq!(archive.files("documents").len(), number / 2 + 1);
    let (told, again) = timed(&["documents", "sweep"]);
    assert!(told.starts_with("0 removed documents"), "{told}");
    eprintln!("{number} documents: doctor {looked:?}, {half} swept in {swept:?}, nothing swept in {again:?}");
    assert!(again.as_secs() < 5, "a sweep with nothing to do took {again:?}");
}
