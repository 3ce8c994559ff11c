//! What `doctor` says of documents that are not as they should be.

use std::{fs, os::unix::fs::symlink};

use super::documents::{Archive, BOTH, Kept, draft};

/// Seen to fail: with `Looking::present` comparing nothing, `doctor --deep` finds nothing wrong.
#[tokio::test(flavor = "multi_thread")]
async fn doctor_tells_each_document_that_is_missing_or_has_another_size_and_deep_each_wrong_byte() {
    for kept in BOTH {
        let archive = Archive::open(kept).await;
        let server = archive.installation.serve();
        draft(&archive.author(&server), 6).await;
        let sound = archive.installation.run(&["doctor", "--deep"]).ok();
        assert!(sound.contains("every byte of every document is as it was uploaded (6)"), "{sound}");
        let names: Vec<String> = archive.files("documents").into_keys().collect();
        let place = |number: usize| archive.place("documents").join(&names[number]);

        let mut bytes = fs::read(place(0)).unwrap();
        bytes[1_000] ^= 1;
        fs::write(place(0), bytes).unwrap();
        let plain = archive.installation.run(&["doctor"]).ok();
        assert!(plain.contains("every document is there and has its size (6)"), "{plain}");
        let deep = archive.installation.run(&["doctor", "--deep"]).failed();
        assert!(deep.contains(&format!("{} “log.pdf” has other bytes than were uploaded", names[0])), "{deep}");
        assert_eq!(deep.matches("log.pdf").count(), 1, "{deep}");

        fs::File::options().write(true).open(place(1)).unwrap().set_len(77).unwrap();
        fs::remove_file(place(2)).unwrap();
        let link = kept == Kept::Files;
        if link {
            fs::rename(place(3), archive.installation.folder().join("elsewhere")).unwrap();
            symlink(archive.installation.folder().join("elsewhere"), place(3)).unwrap();
        }
        let extra = "documents/0192f0c4-5e7a-7c3e-9b1d-3a5f0c2d4e6f";
        for extra in [extra, "documents/copy of a file", "staging/0192f0c4-5e7a-7c3e-9b1d-3a5f0c2d4e6f", "notes.txt"] {
            fs::create_dir_all(archive.place(extra).parent().unwrap()).unwrap();
            fs::write(archive.place(extra), "nobody's").unwrap();
        }
        for (command, wrong) in [(&["doctor"][..], 0), (&["doctor", "--deep"][..], 1)] {
            let told = archive.installation.run(command).failed();
            let called = |number: usize| format!("{} “log ({}).pdf”", names[number], number + 1);
            let has = |number: usize, what: &str| told.contains(&format!("{} {what}", called(number)));
            assert!(has(1, "has 77 bytes") && has(2, "is missing"), "{kept:?}: {told}");
            assert_eq!(has(3, "is no file but a link"), link, "{kept:?}: {told}");
            assert_eq!(told.matches("“log").count(), 2 + usize::from(link) + wrong, "{kept:?}: {told}");
            for extra in [extra, "documents/copy", "staging/0192f0c4", "notes.txt"] {
                assert!(told.contains(extra), "{kept:?} {extra}: {told}");
            }
            assert_eq!(told.matches("nothing that the database knows").count(), 4, "{kept:?}: {told}");
        }
        // It is beside a running server, and nothing was changed.
        assert_eq!(archive.files("documents").len(), 7);
        assert!(server.stop().0.success());
    }
}

/// Would fail (not tried yet): with `Directory::at` checking nothing, the server starts over the links.
#[tokio::test(flavor = "multi_thread")]
async fn a_server_does_not_start_over_links() {
    let archive = Archive::open(Kept::Files).await;
    let server = archive.installation.serve();
    draft(&archive.author(&server), 1).await;
    assert!(server.stop().0.success());
    for place in ["", "staging", "documents", "installation"] {
        let (here, away) = (archive.place(place), archive.installation.folder().join("elsewhere"));
        let here = here.components().as_path();
        fs::rename(here, &away).unwrap();
        symlink(&away, here).unwrap();
        let said = archive.installation.run(&["serve"]).failed();
        assert!(said.contains("link"), "{place}: {said}");
        fs::remove_file(here).unwrap();
        fs::rename(&away, here).unwrap();
    }
    archive.tidied().await;
}

/// A power cut can bring back the name that a document had while it came in; it was met on Btrfs. Nobody is alarmed, and the
/// server takes it away.
///
/// Seen to fail: before, `doctor` said that the database knows nothing of it.
#[tokio::test(flavor = "multi_thread")]
async fn what_is_left_of_an_upload_that_became_a_document_is_taken_away() {
    for kept in BOTH {
        let archive = Archive::open(kept).await;
        let server = archive.installation.serve();
        draft(&archive.author(&server), 1).await;
        assert!(server.stop().0.success());
        let documents = archive.files("documents");
        let (name, bytes) = documents.iter().next().unwrap();
        let left = archive.place("staging").join(name);
        fs::create_dir_all(left.parent().unwrap()).unwrap();
        fs::write(&left, bytes).unwrap();
        archive.installation.run(&["doctor"]).ok();
        assert!(left.exists(), "doctor changes nothing");

        let server = archive.installation.serve();
        archive.logged("Looked at all documents").await;
        assert!(server.stop().0.success());
        assert!(!left.exists(), "{kept:?}");
        assert_eq!(archive.files("documents"), documents);
    }
}
