//! Killed in the middle, and a disk that is full.

use std::{
    fs,
    os::unix::fs::DirBuilderExt as _,
    process::{Command, Stdio},
    time::{Duration, Instant},
};

use tokio::time::sleep;

use super::{super::mount::Mount, backups, documents, is_sealed, rows, seal, serves, text, worked};
use crate::harness::process::Installation;

/// How often each is killed.
const KILLS: u32 = 6;

/// Lets a command run for a while and kills it; whether it was in the middle.
async fn killed(mut command: Command, after: Duration) -> bool {
    let mut child = command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
    sleep(after).await;
    let running = child.try_wait().unwrap().is_none();
    child.kill().unwrap();
    child.wait().unwrap();
    // A database server needs a moment to see that its client is gone.
    sleep(Duration::from_millis(300)).await;
    running
}

/// Kills a command at moments spread over the time that it takes; gives how often it was in the middle.
async fn killed_often(whole: Duration, command: impl Fn() -> Command, mut look: impl AsyncFnMut()) -> u32 {
    let mut middle = 0;
    for part in 1..=KILLS {
        middle += u32::from(killed(command(), whole * part / (KILLS + 1)).await);
        look().await;
    }
    middle
}

#[tokio::test(flavor = "multi_thread")]
async fn a_backup_that_is_killed_leaves_the_last_one_good() {
    let (installation, staff, book) = worked(3).await;
    super::multiplied(&installation, &staff, 400).await;
    let folder = tempfile::tempdir().unwrap();
    installation.run(&["backup", text(folder.path())]).ok();
    let first = backups(folder.path());
    let again = || {
        if let Some(document) = documents(folder.path()).first() {
            fs::remove_file(document).unwrap();
        }
        installation.command(&["backup", text(folder.path())])
    };
    let began = Instant::now();
    installation.run(&["backup", text(folder.path())]).ok();
    let whole = began.elapsed();
    let middle = killed_often(whole, again, async || {
        let newest = backups(folder.path()).pop().unwrap();
        assert!(newest >= first[0]);
    })
    .await;
    assert!(middle > 1, "it was never killed in the middle");
    // The next one clears up and is whole.
    installation.run(&["backup", text(folder.path())]).ok();
    let left: Vec<_> = fs::read_dir(folder.path()).unwrap().map(|entry| entry.unwrap().path()).collect();
    assert!(left.iter().all(|path| path.extension().is_none()), "{left:?}");
    for backup in backups(folder.path()) {
        let name = backup.file_name().unwrap().to_str().unwrap().to_owned();
        let target = Installation::empty().await;
        target.run(&["restore", text(folder.path()), "--backup", &name]).ok();
        serves(&target, &[], &staff, &book.records()).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_restore_that_is_killed_is_not_served_and_goes_on_when_it_is_repeated() {
    let (installation, staff, book) = worked(3).await;
    super::multiplied(&installation, &staff, 400).await;
    let folder = tempfile::tempdir().unwrap();
    installation.run(&["backup", text(folder.path())]).ok();
    let began = Instant::now();
    Installation::empty().await.run(&["restore", text(folder.path())]).ok();
    let whole = began.elapsed();
    let (target, mut refused) = (Installation::empty().await, 0);
    for part in 1..=KILLS {
        // Early at first: what was restored before a kill stays, and the next attempt is the shorter for it.
        killed(target.command(&["restore", text(folder.path())]), whole * part * part / (KILLS * KILLS)).await;
        if is_whole(&target).await {
            break;
        }
        let said = target.run(&["serve"]).failed();
        assert!(said.contains("not prepared") || said.contains("being filled"), "{said}");
        refused += 1;
    }
    assert!(refused > 0, "it was never killed in the middle");
    let whole = is_whole(&target).await;
    let again = target.run(&["restore", text(folder.path())]);
    if whole {
        // The last kill came when nothing was left but to look at what is there, or nothing at all.
        let said = again.failed();
        assert!(said.contains("is not empty"), "{said}");
    } else {
        again.ok();
    }
    serves(&target, &[], &staff, &book.records()).await;
    target.run(&["doctor"]).ok();
}

/// Whether the rows are there, and may be served.
async fn is_whole(target: &Installation) -> bool {
    let rows = rows(&target.address()).await;
    rows.get("submission").is_some_and(|rows| *rows > 0) && !is_sealed(&target.address()).await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_document_that_a_killed_restore_left_half_copied_is_copied_anew() {
    let (installation, staff, book) = worked(2).await;
    let folder = tempfile::tempdir().unwrap();
    installation.run(&["backup", text(folder.path())]).ok();
    let target = Installation::empty().await;
    let staging = target.folder().join("blobs/staging");
    fs::DirBuilder::new().recursive(true).mode(0o700).create(&staging).unwrap();
    let document = documents(folder.path()).remove(0);
    let left = staging.join(document.file_name().unwrap());
    fs::write(&left, &fs::read(&document).unwrap()[..1_000]).unwrap();
    target.run(&["restore", text(folder.path())]).ok();
    assert!(!left.exists());
    serves(&target, &[], &staff, &book.records()).await;
    target.run(&["doctor"]).ok();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_restore_that_was_killed_when_all_rows_were_there_is_done_again() {
    let (installation, staff, book) = worked(2).await;
    let folder = tempfile::tempdir().unwrap();
    installation.run(&["backup", text(folder.path())]).ok();
    let target = Installation::empty().await;
    target.run(&["restore", text(folder.path())]).ok();
    let restored = rows(&target.address()).await;
    let refused = target.run(&["restore", text(folder.path())]).failed();
    assert!(refused.contains("is not empty"), "{refused}");

    seal(&target.address()).await;
    target.sql("INSERT INTO setting (name, value) VALUES ('left', '1')").await;
    let refused = target.run(&["serve"]).failed();
    assert!(refused.contains("being filled"), "{refused}");
    target.run(&["restore", text(folder.path())]).ok();
    assert_eq!(rows(&target.address()).await, restored);
    serves(&target, &[], &staff, &book.records()).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_move_that_is_killed_leaves_the_source_as_it_was() {
    let (installation, staff, book) = worked(3).await;
    super::multiplied(&installation, &staff, 400).await;
    let before = rows(&installation.address()).await;
    let to = format!("sqlite://{}/moved.db", installation.folder().display());
    let mut middle = 0;
    for part in 1..=KILLS {
        let command = installation.command(&["move", "--to", &to]);
        if !killed(command, Duration::from_millis(100) * part).await {
            break;
        }
        middle += 1;
        if is_sealed(&installation.address()).await {
            break;
        }
        assert_eq!(rows(&installation.address()).await, before);
        if installation.folder().join("moved.db").exists() {
            assert!(is_sealed(&to).await, "both places could be served");
        }
    }
    assert!(middle > 1, "it was never killed in the middle");
    if !is_sealed(&installation.address()).await {
        serves(&installation, &[], &staff, &book.records()).await;
        installation.run(&["move", "--to", &to]).ok();
    } else if is_sealed(&to).await {
        installation.run(&["move", "--to", &to]).ok();
    }
    serves(&installation, &["--database", &to], &staff, &book.records()).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_full_disk_ends_a_backup_with_words_and_leaves_the_last_one_good() {
    let (installation, staff, book) = worked(2).await;
    let at = tempfile::tempdir().unwrap();
    let Some(_mounted) = Mount::memory(40, at.path()) else { return };
    let folder = at.path().join("backups");
    installation.run(&["backup", text(&folder), "--keep", "1"]).ok();
    let first = backups(&folder);
    // Fill it, but for less than a database.
    let ballast = at.path().join("ballast");
    Command::new("sh").arg("-c").arg(format!("cat /dev/zero > {}", text(&ballast))).output().unwrap();
    for free in [0_u64, 20_000, 300_000] {
        let full = fs::metadata(&ballast).unwrap().len();
        fs::File::options().write(true).open(&ballast).unwrap().set_len(full - free).unwrap();
        let failed = installation.run(&["backup", text(&folder), "--keep", "1"]).failed();
        assert!(failed.contains("full") || failed.contains("No space left"), "{failed}");
        assert_eq!(backups(&folder), first);
    }
    let target = Installation::empty().await;
    target.run(&["restore", text(&folder)]).ok();
    serves(&target, &[], &staff, &book.records()).await;
    fs::remove_file(&ballast).unwrap();
    installation.run(&["backup", text(&folder), "--keep", "1"]).ok();
    assert_eq!(backups(&folder).len(), 1);
    assert_ne!(backups(&folder), first);
}
