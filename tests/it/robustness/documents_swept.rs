//! What the sweep deletes, and what it never does.

use std::time::Duration;

use imprimatur::usecase::document::{self, Turn};
use jiff::SignedDuration;
use tokio::{io::AsyncWriteExt as _, net::TcpStream};

use super::documents::{Archive, BOTH, Kept, attached, draft};
use crate::harness::house::House;

/// Microseconds of a bit more than a day.
const DAY: u64 = 25 * 3_600_000_000;

/// Seen to fail: with a sweep of what no row names, as it was, the file that nobody knows goes at once. Not seen yet: with
/// the day left out the document that was removed a minute ago goes.
#[tokio::test(flavor = "multi_thread")]
async fn documents_go_a_day_after_they_were_removed_and_for_no_other_reason() {
    for kept in BOTH {
        let archive = Archive::open(kept).await;
        let server = archive.installation.serve();
        let author = archive.author(&server);
        let (reference, ids) = draft(&author, 3).await;
        for id in &ids[..2] {
            author.delete(&format!("/submissions/{reference}/files/{id}")).await.ok();
        }
        assert!(server.stop().0.success());
        archive.age();
        std::fs::write(archive.place("documents").join("0192f0c4-5e7a-7c3e-9b1d-3a5f0c2d4e6f"), "nobody's").unwrap();
        std::fs::create_dir_all(archive.place("staging")).unwrap();
        std::fs::write(archive.place("staging").join("0192f0c4-5e7a-7c3e-9b1d-3a5f0c2d4e6f"), "nobody's").unwrap();
        archive.age();
        let before = archive.files("documents");
        assert_eq!(before.len(), 4);

        archive.tidied().await;
        assert_eq!(archive.files("documents"), before, "{kept:?}: removed a moment ago");
        let first = format!(
            "UPDATE document SET removed_at = removed_at - {DAY} WHERE blob_key IN \
                             (SELECT min(blob_key) FROM document)"
        );
        archive.installation.sql(&first).await;
        let line = archive.tidied().await;
        assert!(line.contains("documents=1"), "{line}");
        let after = archive.files("documents");
        let gone: Vec<_> = before.keys().filter(|name| !after.contains_key(*name)).collect();
        assert_eq!(gone, before.keys().filter(|name| !name.starts_with("0192f0c4")).take(1).collect::<Vec<_>>());
        assert_eq!(archive.files("staging").len(), 1, "nobody's");
        let line = archive.tidied().await;
        assert!(line.contains("documents=0"), "once: {line}");
    }
}

/// An older copy of the database knows less than the store holds. On PostgreSQL the rows are taken away that the copy
/// would not have.
///
/// Seen to fail: with a sweep of what no row names, as it was, the two newer documents are deleted.
#[tokio::test(flavor = "multi_thread")]
async fn an_older_database_over_newer_documents_loses_none() {
    for kept in BOTH {
        let archive = Archive::open(kept).await;
        let server = archive.installation.serve();
        let (reference, _) = draft(&archive.author(&server), 2).await;
        assert!(server.stop().0.success());
        let file = archive.installation.folder().join("imprimatur.db");
        let older = archive.installation.is_sqlite().then(|| std::fs::read(&file).unwrap());
        let server = archive.installation.serve();
        let author = archive.author(&server);
        for text in ["third", "fourth"] {
            attached(&author, &reference, text).await;
        }
        assert!(server.stop().0.success());
        if let Some(older) = older {
            std::fs::write(&file, older).unwrap();
        } else {
            let newer = "DELETE FROM document WHERE id IN (SELECT id FROM document ORDER BY id DESC LIMIT 2)";
            archive.installation.sql(newer).await;
        }
        archive.age();
        let before = archive.files("documents");
        assert_eq!(before.len(), 4);
        archive.tidied().await;
        assert_eq!(archive.files("documents"), before, "{kept:?}");
    }
}

/// Would fail (not tried yet): with `is_unusual` always saying no, the log says nothing and all sixty are deleted.
#[tokio::test(flavor = "multi_thread")]
async fn a_sweep_that_wants_too_much_stops_and_says_so() {
    let archive = Archive::open(Kept::Files).await;
    let server = archive.installation.serve();
    let author = archive.author(&server);
    for _ in 0..6 {
        draft(&author, 10).await;
    }
    assert!(server.stop().0.success());
    // An accident.
    let then = format!("UPDATE document SET standing = 'removed', removed_at = uploaded_at - {DAY}");
    archive.installation.sql(&then).await;
    let server = archive.installation.serve();
    let line = archive.logged("The sweep stopped").await;
    assert!(line.contains("60 of 60") && line.contains("imprimatur documents sweep --allow 60"), "{line}");
    let told = archive.installation.run(&["doctor"]).failed();
    assert!(told.contains("WRONG   the sweep of removed documents goes on"), "{told}");
    assert!(archive.installation.run(&["documents", "sweep"]).failed().contains("unusually many"));
    assert!(archive.installation.run(&["documents", "sweep", "--allow", "59"]).failed().contains("--allow 60"));
    assert_eq!(archive.files("documents").len(), 60);
    let swept = archive.installation.run(&["documents", "sweep", "--allow", "60"]).ok();
    assert!(swept.starts_with("60 removed documents"), "{swept}");
    assert_eq!(archive.files("documents").len(), 0);
    let told = archive.installation.run(&["doctor"]);
    assert!(told.out.contains("ok      the sweep of removed documents goes on"), "{}", told.out);
    assert!(server.stop().0.success());
}

/// Seen to fail: without the look at holds the document is deleted at once.
#[tokio::test(flavor = "multi_thread")]
async fn as_long_as_somebody_copies_documents_none_is_deleted() {
    let archive = Archive::open(Kept::Files).await;
    let server = archive.installation.serve();
    draft(&archive.author(&server), 1).await;
    archive
        .installation
        .sql(&format!("UPDATE document SET standing = 'removed', removed_at = uploaded_at - {DAY}"))
        .await;
    let held = archive.installation.run(&["documents", "hold", "tape", "--for", "6h"]).ok();
    assert!(held.contains("imprimatur documents release tape"), "{held}");
    let said = archive.installation.run(&["documents", "sweep"]).failed();
    assert!(said.contains("held by tape until"), "{said}");
    assert_eq!(archive.files("documents").len(), 1);
    archive.installation.run(&["documents", "release", "tape"]).ok();
    archive.installation.run(&["documents", "sweep"]).ok();
    assert_eq!(archive.files("documents").len(), 0);
    assert_eq!(archive.installation.run(&["documents", "hold", "tape", "--for", "0s"]).code, Some(2));
    assert!(server.stop().0.success());
}

/// Seen to fail: with the rows of `staging` left out of the sweep none is cleared away; with everything in the folder
/// deleted, the neighbour's goes too, and at once.
#[tokio::test(flavor = "multi_thread")]
async fn what_a_killed_server_left_of_an_upload_goes_after_a_day() {
    let archive = Archive::open(Kept::Files).await;
    let server = archive.installation.serve();
    let author = archive.author(&server);
    let reference = author.begin("self-study").await;
    let mut slow = TcpStream::connect(server.host()).await.unwrap();
    let head = format!(
        "POST /api/v1/submissions/{reference}/files?question=evidence HTTP/1.1\r\nhost: it\r\nx-file-name: a.pdf\r\n\
         authorization: Bearer {}\r\ncontent-length: 400000\r\n\r\n",
        author.token().await
    );
    slow.write_all(&[head.as_bytes(), &b"%".repeat(200_000)].concat()).await.unwrap();
    while archive.files("staging").values().all(Vec::is_empty) {
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    server.kill();
    std::fs::write(archive.place("staging").join("0192f0c4-5e7a-7c3e-9b1d-3a5f0c2d4e6f"), "a neighbour's").unwrap();
    archive.age();
    archive.tidied().await;
    assert_eq!(archive.files("staging").len(), 2, "it may be under way still");
    archive.installation.sql(&format!("UPDATE staging SET at = at - {DAY}")).await;
    let line = archive.tidied().await;
    assert!(line.contains("uploads=1"), "{line}");
    assert_eq!(archive.files("staging").into_keys().collect::<Vec<_>>(), ["0192f0c4-5e7a-7c3e-9b1d-3a5f0c2d4e6f"]);
}

/// The demo moves its clock by days; nobody's documents go because of that.
///
/// Would fail (not tried yet): with `context.clock.now()` in the place of the database's clock the document is deleted.
#[tokio::test(flavor = "multi_thread")]
async fn a_clock_that_is_moved_moves_no_sweep() {
    let house = House::open().await;
    let author = house.person("author");
    let (reference, ids) = draft(&author, 1).await;
    author.delete(&format!("/submissions/{reference}/files/{}", ids[0])).await.ok();
    assert!(house.app.context.clock.advance(SignedDuration::from_hours(240)));
    let turn = Turn { ran: Duration::from_hours(240), allowed: None };
    for _ in 0..2 {
        assert_eq!(document::sweep(&house.app.context, turn).await.unwrap().documents, 0);
    }
    house.database.run(&format!("UPDATE document SET removed_at = removed_at - {DAY}")).await.unwrap();
    assert_eq!(document::sweep(&house.app.context, turn).await.unwrap().documents, 1);
    house.close().await;
}
