//! A disk that fails when a test tells it to: `fault.c`, compiled here and loaded into the server.

use std::{
    fs::File,
    os::unix::fs::FileExt as _,
    path::{Path, PathBuf},
    process::Command,
};

use crate::harness::tool::tool;

/// What goes wrong, and with which calls.
#[derive(Clone, Copy, Debug)]
pub(super) struct Fault {
    pub(super) calls: Calls,
    pub(super) error: Errno,
    /// Half of the bytes are written first.
    pub(super) shortened: bool,
}

/// Calls of the operating system.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Calls {
    Write = 1,
    Sync = 2,
    Either = 3,
}

/// As Linux numbers them.
#[derive(Clone, Copy, Debug)]
pub(super) enum Errno {
    /// An input or output error.
    Io = 5,
    /// No space is left.
    NoSpace = 28,
}

/// What `fault.c` counts, and is told.
pub(super) struct Disk {
    page: File,
    path: PathBuf,
    library: PathBuf,
    below: PathBuf,
}

/// Calls so far.
#[derive(Clone, Copy, Debug)]
pub(super) struct Count {
    pub(super) writes: u64,
    pub(super) syncs: u64,
}

impl Disk {
    /// One below a directory; nothing where there is no C compiler.
    pub(super) fn below(below: &Path, scratch: &Path) -> Option<Self> {
        let library = scratch.join("fault.so");
        let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/it/robustness/fault.c");
        let mut compiler = Command::new(tool("cc")?);
        let outcome = compiler.args(["-shared", "-fPIC", "-O2", "-o"]).arg(&library).arg(source).output().expect("cc");
        assert!(outcome.status.success(), "{}", String::from_utf8_lossy(&outcome.stderr));
        let path = scratch.join("control");
        let page = File::options().create(true).truncate(true).read(true).write(true).open(&path).expect("a page");
        page.set_len(4096).expect("a page");
        let below = below.canonicalize().expect("a directory");
        Some(Self { page, path, library, below })
    }

    /// Lets a server stand on it.
    pub(super) fn under(&self, server: &mut Command) {
        server.env("LD_PRELOAD", &self.library).env("FAULT_CONTROL", &self.path).env("FAULT_BELOW", &self.below);
    }

    pub(super) fn count(&self) -> Count {
        Count { writes: self.read(0), syncs: self.read(1) }
    }

    /// Makes the nth call from now fail, once.
    pub(super) fn fail_at(&self, fault: Fault, nth: u64) {
        let Count { writes, syncs } = self.count();
        let so_far = if fault.calls == Calls::Sync { syncs } else { writes };
        self.arm(fault, so_far + nth, so_far + nth);
    }

    /// Makes every call fail from now on.
    pub(super) fn fail(&self, fault: Fault) {
        self.arm(fault, 1, u64::MAX);
    }

    /// Nothing fails any more; gives how many calls did.
    pub(super) fn heal(&self) -> u64 {
        self.write(2, 0);
        let injected = self.read(7);
        self.write(7, 0);
        injected
    }

    #[expect(clippy::as_conversions, reason = "numbers of the operating system")]
    fn arm(&self, fault: Fault, first: u64, last: u64) {
        self.write(3, last);
        self.write(4, fault.calls as u64);
        self.write(5, fault.error as u64);
        self.write(6, u64::from(fault.shortened));
        self.write(2, first);
    }

    fn read(&self, field: u64) -> u64 {
        let mut bytes = [0; 8];
        self.page.read_exact_at(&mut bytes, field * 8).expect("a number");
        u64::from_ne_bytes(bytes)
    }

    fn write(&self, field: u64, number: u64) {
        self.page.write_all_at(&number.to_ne_bytes(), field * 8).expect("a number");
    }
}
