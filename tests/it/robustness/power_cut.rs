//! The power is cut while four people work: whatever was acknowledged is on the disk, and the file system, the database and the
//! documents are sound.
//!
//! # What is simulated
//! The data lies on a file system of its own (ext4, XFS, Btrfs, as far as this machine can make them) on a loop device. Its image is a
//! file on XFS or Btrfs and is cloned there by reflink in one step, while the server writes: the clone is what the device held at
//! that instant, in the middle of whatever was going on, without anything that was still in the memory of the machine. It is
//! mounted (which replays its journal), checked by `fsck`, and served from.
//!
//! A drive whose cache is lost with the power has one more layer: the image lies on an ext4 of its own, whose page cache plays the
//! drive's cache, and *that* one's device is cloned. What the file system above has not flushed is gone, or there in part.
//!
//! # What is not
//! Sectors written in half, drives that lie about flushing, memory that decays while the power goes, network file systems.
//!
//! `POWER_CUTS` is how many: 3 by default. Seen to fail in the first cut of a drive whose cache is lost, with the syncs of the database
//! left out (a preloaded `fdatasync` that does nothing): 404 for a submission whose creation had been acknowledged; and with those of
//! the documents left out: the bytes of a document differ.

use std::{
    env,
    ffi::OsStr,
    fs::{self, File},
    path::{Path, PathBuf},
    time::Duration,
};

use tempfile::TempDir;
use tokio::time::sleep;

use super::mount::{Mount, left_out, told};
use crate::harness::{
    book::{self, Book, Record, Staff, compare},
    process::Installation,
};

/// What becomes of a drive's cache when the power goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Cache {
    Kept,
    Lost,
}

const DRIVES: [(&str, Cache); 6] = [
    ("ext4", Cache::Lost),
    ("xfs", Cache::Lost),
    ("btrfs", Cache::Kept),
    ("ext4", Cache::Kept),
    ("xfs", Cache::Kept),
    ("btrfs", Cache::Lost),
];

/// Of the file system with the data, in megabytes.
const DISK: u64 = 400;

/// A file system on a drive that can lose power. Dropped from the top.
struct Drive {
    kind: &'static str,
    _disk: Mount,
    cache: Option<Mount>,
    _outer: Mount,
    scratch: TempDir,
}

/// What a drive held when the power went.
struct After {
    _disk: Mount,
    _cache: Option<Mount>,
    at: PathBuf,
}

/// Makes a file system on an image.
fn format(kind: &str, image: &Path, megabytes: u64) -> Result<(), String> {
    File::create(image).and_then(|file| file.set_len(megabytes << 20)).map_err(|error| error.to_string())?;
    let force = if kind == "ext4" { "-F" } else { "-f" };
    told(&format!("mkfs.{kind}"), &["-q".as_ref(), force.as_ref(), image.as_ref()]).map(drop)
}

/// Mounts an image on a directory that is made for it.
fn mount(kind: &str, image: &Path, at: &Path) -> Option<Mount> {
    fs::create_dir_all(at).expect("a directory");
    // Two file systems with one identity, the one before and the one after the cut, are mounted at a time.
    let options = if kind == "xfs" { "loop,nouuid" } else { "loop" };
    Mount::new(kind, options, image, at)
}

impl Drive {
    /// A fresh one; nothing, and an honest line, where this machine cannot make it.
    fn new(kind: &'static str, cache: Cache) -> Option<Self> {
        let scratch = tempfile::tempdir().expect("a folder");
        let at = |name: &str| scratch.path().join(name);
        let made = ["xfs", "btrfs"].into_iter().find(|kind| format(kind, &at("outer.img"), 4 * DISK).is_ok());
        let Some(outer) = made else {
            left_out("neither mkfs.xfs nor mkfs.btrfs is there to clone an image on");
            return None;
        };
        let outer = mount(outer, &at("outer.img"), &at("outer"))?;
        let (image, cache) = if cache == Cache::Lost {
            format("ext4", &at("outer/drive.img"), DISK + DISK / 2).expect("a drive");
            (at("cache/disk.img"), Some(mount("ext4", &at("outer/drive.img"), &at("cache"))?))
        } else {
            (at("outer/drive.img"), None)
        };
        if let Err(why) = format(kind, &image, DISK) {
            left_out(&why);
            return None;
        }
        let disk = mount(kind, &image, &at("disk"))?;
        Some(Self { kind, _disk: disk, cache, _outer: outer, scratch })
    }

    /// Where the data goes.
    fn disk(&self) -> PathBuf {
        self.scratch.path().join("disk")
    }

    /// Cuts the power; what is on the drive afterwards, its journal replayed and its file system checked.
    fn cut(&self) -> After {
        let at = |name: &str| self.scratch.path().join(name);
        let clone = at("outer/cut.img");
        let _there_was_none = fs::remove_file(&clone);
        let drive = at("outer/drive.img");
        told("cp", &["--reflink=always".as_ref(), drive.as_os_str(), clone.as_os_str()]).expect("a clone");
        let (image, cache) = if self.cache.is_some() {
            (at("cache-after/disk.img"), Some(mount("ext4", &clone, &at("cache-after")).expect("the drive")))
        } else {
            (clone, None)
        };
        drop(mount(self.kind, &image, &at("after")).expect("a file system that replays its journal"));
        let (check, arguments) = match self.kind {
            "ext4" => ("e2fsck", &["-f", "-n"][..]),
            "xfs" => ("xfs_repair", &["-n", "-f"][..]),
            _ => ("btrfs", &["check", "--readonly"][..]),
        };
        let arguments: Vec<&OsStr> = arguments.iter().map(OsStr::new).chain([image.as_os_str()]).collect();
        told(check, &arguments).unwrap_or_else(|why| panic!("the file system is damaged: {why}"));
        let disk = mount(self.kind, &image, &at("after")).expect("a file system");
        After { _disk: disk, _cache: cache, at: at("after") }
    }
}

/// What was written down before the cut is there after it.
async fn kept(after: &After, staff: &Staff, known: &[Record]) {
    let installation = Installation::in_directory(after.at.join("data"), None);
    let server = installation.serve();
    compare(known, &staff.authors(&server.url)).await;
    let doctor = installation.run(&["doctor"]).ok();
    assert!(!doctor.contains("WRONG"), "{doctor}");
    server.kill();
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_acknowledged_survives_a_power_cut_in_the_middle_of_work() {
    let cuts: usize = env::var("POWER_CUTS").map_or(3, |cuts| cuts.parse().expect("a number"));
    if env::var_os("TEST_DATABASE_URL").is_some() {
        return;
    }
    let each = cuts.div_ceil(DRIVES.len());
    let mut done = 0;
    for (kind, cache) in DRIVES {
        let left = each.min(cuts - done);
        let Some(drive) = (left > 0).then(|| Drive::new(kind, cache)).flatten() else { continue };
        let data = drive.disk().join("data");
        fs::create_dir(&data).expect("a directory");
        let installation = book::house(async |people| Installation::in_directory(data, None).with(people).await).await;
        let staff = Staff::of(&installation);
        let book = Book::default();
        let server = installation.serve();
        let assessor = staff.assessor(&server.url);
        let days: Vec<_> = staff
            .authors(&server.url)
            .into_iter()
            .enumerate()
            .map(|(number, author)| tokio::spawn(book.clone().day(number, author, assessor.clone())))
            .collect();
        book.more_than(0).await;
        for cut in 0..left {
            // Never the same moment.
            sleep(Duration::from_millis(83 * (u64::try_from(done + cut).unwrap() * 7 % 11))).await;
            let before = book.records();
            let after = drive.cut();
            let known = book::between(before, &book.records());
            kept(&after, &staff, &known).await;
            done += 1;
            eprintln!("cut {done}: {kind}, cache {cache:?}: {} submissions", known.len());
        }
        server.kill();
        for day in days {
            assert_eq!(day.await.expect("no answer but yes"), 0, "the server failed before its power was cut");
        }
    }
}
