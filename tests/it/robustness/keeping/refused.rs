//! What is refused: what was tampered with, what would be overwritten, what belongs to somebody else.

use std::{
    fs,
    os::unix::fs::{MetadataExt, PermissionsExt},
    path::Path,
    process::Command,
};

use super::{backups, documents, serves, text, worked};
use crate::harness::process::Installation;

/// Changes one byte in the middle of a file.
fn flip(file: &Path) {
    let mut bytes = fs::read(file).unwrap();
    let middle = bytes.len() / 2;
    bytes[middle] ^= 1;
    fs::write(file, bytes).unwrap();
}

/// Nothing can be served there.
fn empty(installation: &Installation) {
    let refused = installation.run(&["serve"]).failed();
    assert!(refused.contains("not prepared") || refused.contains("being filled"), "{refused}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_backup_that_was_tampered_with_is_not_restored() {
    let (installation, staff, book) = worked(2).await;
    let folder = tempfile::tempdir().unwrap();
    installation.run(&["backup", text(folder.path())]).ok();
    let database = backups(folder.path()).remove(0).join("imprimatur.db");
    let sound = fs::read(&database).unwrap();

    flip(&database);
    let target = Installation::empty().await;
    let refused = target.run(&["restore", text(folder.path())]).failed();
    assert!(refused.contains("is not the file that was backed up"), "{refused}");
    empty(&target);
    fs::write(&database, sound).unwrap();

    let document = documents(folder.path()).remove(0);
    let sound = fs::read(&document).unwrap();
    flip(&document);
    let refused = target.run(&["restore", text(folder.path())]).failed();
    assert!(refused.contains("the backup is damaged: 1 documents"), "{refused}");
    fs::remove_file(&document).unwrap();
    let refused = target.run(&["restore", text(folder.path())]).failed();
    assert!(refused.contains("the backup is damaged: 1 documents"), "{refused}");
    empty(&target);

    // The next backup mends what is wrong with a document that is there still.
    fs::write(&document, sound).unwrap();
    flip(&document);
    installation.run(&["backup", text(folder.path())]).ok();
    target.run(&["restore", text(folder.path())]).ok();
    serves(&target, &[], &staff, &book.records()).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_is_overwritten() {
    let (installation, staff, book) = worked(2).await;
    let (other, _, _) = worked(1).await;
    let folder = tempfile::tempdir().unwrap();
    installation.run(&["backup", text(folder.path())]).ok();
    let refused = other.run(&["restore", text(folder.path())]).failed();
    assert!(refused.contains("is not empty") && refused.contains("submission 1"), "{refused}");
    let refused = other.run(&["move", "--to", &installation.address()]).failed();
    assert!(refused.contains("is not empty") && refused.contains("submission 2"), "{refused}");
    let refused = other.run(&["backup", text(folder.path())]).failed();
    assert!(refused.contains("backups of another installation"), "{refused}");

    let taken = tempfile::tempdir().unwrap();
    fs::write(taken.path().join("letters.txt"), "mine").unwrap();
    let refused = installation.run(&["backup", text(taken.path())]).failed();
    assert!(refused.contains("something else than backups (letters.txt)"), "{refused}");

    // Documents of somebody else in the place to restore to.
    let target = Installation::empty().await;
    fs::create_dir_all(target.folder().join("blobs/documents")).unwrap();
    let stranger = imprimatur::clock::new_id().to_string();
    fs::write(target.folder().join("blobs/documents").join(&stranger), "mine").unwrap();
    let refused = target.run(&["restore", text(folder.path())]).failed();
    assert!(refused.contains("the place for documents is not empty") && refused.contains(&stranger), "{refused}");
    let refused = target.run(&["restore", text(taken.path())]).failed();
    assert!(refused.contains("is no folder of backups"), "{refused}");
    let refused = target.run(&["restore", text(folder.path()), "--backup", "yesterday"]).failed();
    assert!(refused.contains("there is no such backup") && refused.contains('Z'), "{refused}");
    serves(&installation, &[], &staff, &book.records()).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_served_is_not_moved_and_not_restored_over() {
    let (installation, ..) = worked(1).await;
    let folder = tempfile::tempdir().unwrap();
    installation.run(&["backup", text(folder.path())]).ok();
    let server = installation.serve();
    let to = format!("sqlite://{}/moved.db", folder.path().display());
    let refused = installation.run(&["move", "--to", &to]).failed();
    let word = if installation.is_sqlite() { "another server uses" } else { "servers use this database" };
    assert!(refused.contains(word), "{refused}");
    let refused = installation.run(&["restore", text(folder.path())]).failed();
    assert!(refused.contains(word), "{refused}");
    assert!(server.stop().0.success());
    installation.run(&["move", "--to", &to]).ok();
    let refused = installation.run(&["backup", text(folder.path())]).failed();
    assert!(refused.contains("was moved to"), "{refused}");
}

/// Everything that a backup is made of.
fn walk(path: &Path, found: &mut Vec<std::path::PathBuf>) {
    found.push(path.to_owned());
    if path.is_dir() {
        for entry in fs::read_dir(path).unwrap() {
            walk(&entry.unwrap().path(), found);
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_else_on_the_machine_can_read_a_backup() {
    let (installation, ..) = worked(1).await;
    let parent = tempfile::tempdir().unwrap();
    fs::set_permissions(parent.path(), fs::Permissions::from_mode(0o755)).unwrap();
    let folder = parent.path().join("backups");
    installation.run(&["backup", text(&folder)]).ok();
    let mode = |path: &Path| path.metadata().unwrap().mode() & 0o777;
    assert_eq!(mode(&folder), 0o700);
    let backup = backups(&folder).remove(0);
    for (path, wanted) in [
        (backup.clone(), 0o700),
        (backup.join("imprimatur.db"), 0o600),
        (backup.join("manifest.json"), 0o600),
        (folder.join("files"), 0o700),
    ] {
        assert_eq!(mode(&path), wanted, "{} is {:o}", path.display(), mode(&path));
    }
    let mut all = Vec::new();
    walk(&folder, &mut all);
    let root = Command::new("id").arg("-u").output().is_ok_and(|id| id.stdout == b"0\n");
    if !root {
        eprintln!("LEFT OUT: only root can try to read it as somebody else");
        return;
    }
    for path in all {
        let tried =
            Command::new("setpriv").args(["--reuid=65534", "--clear-groups", "cat"]).arg(&path).output().unwrap();
        assert!(!tried.status.success(), "{} was read", path.display());
        let said = String::from_utf8_lossy(&tried.stderr).into_owned();
        assert!(said.contains("Permission denied"), "{}: {said}", path.display());
    }
}
