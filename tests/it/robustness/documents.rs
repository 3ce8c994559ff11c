//! An installation with documents, in a directory or in a bucket, that can be looked at from outside.

use std::{
    collections::BTreeMap,
    fs::{self, File},
    os::unix::fs::PermissionsExt as _,
    path::{Path, PathBuf},
    time::{Duration, SystemTime},
};

use tempfile::TempDir;

use crate::harness::{
    bucket,
    client::Client,
    form::pdf,
    process::{Installation, Server},
};

/// Where documents are kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kept {
    Files,
    Bucket,
}

/// Both.
pub(super) const BOTH: [Kept; 2] = [Kept::Files, Kept::Bucket];

/// An installation with one author, and its documents.
pub(super) struct Archive {
    pub(super) installation: Installation,
    documents: PathBuf,
    settings: String,
    _bucket: Option<TempDir>,
}

impl Archive {
    /// A founded one.
    pub(super) async fn open(kept: Kept) -> Self {
        let archive = Self::empty(kept).await;
        archive.installation.found(&[("ana", &[], &[])]).await;
        archive
    }

    /// One of which only the settings are there.
    pub(super) async fn empty(kept: Kept) -> Self {
        // What a test puts in place of a document is the server's user's alone too, or nothing would be served from it.
        rustix::process::umask(rustix::fs::Mode::from_raw_mode(0o077));
        let installation = Installation::empty().await;
        let (root, settings, bucket) = match kept {
            Kept::Files => {
                let root = installation.folder().join("blobs");
                let settings = format!("blobs = {:?}\n", root.display().to_string());
                (root, settings, None)
            }
            Kept::Bucket => {
                let folder = tempfile::tempdir().unwrap();
                let s3 = bucket::serve(folder.path(), bucket::Server::Honest).await;
                let settings = format!(
                    "blobs = \"s3://{}/{}\"\ns3_endpoint = {:?}\ns3_access_key = \"access\"\ns3_secret_key = \"secret\"\n",
                    s3.bucket,
                    s3.prefix,
                    s3.endpoint.unwrap()
                );
                (folder.path().join(s3.bucket).join(s3.prefix), settings, Some(folder))
            }
        };
        configure(&installation, &settings);
        Self { installation, documents: root, settings, _bucket: bucket }
    }

    /// Another installation, with a database of its own, that is told to use the same documents.
    pub(super) async fn neighbour(&self) -> Installation {
        let other = Installation::empty().await;
        configure(&other, &self.settings);
        other
    }

    /// Where its documents are, seen from outside.
    pub(super) fn place(&self, below: &str) -> PathBuf {
        self.documents.join(below)
    }

    /// Every file below a folder, with its content.
    pub(super) fn files(&self, below: &str) -> BTreeMap<String, Vec<u8>> {
        let Ok(entries) = fs::read_dir(self.place(below)) else { return BTreeMap::new() };
        let paths = entries.map(|entry| entry.unwrap().path()).filter(|path| path.is_file());
        // The bucket's server keeps notes of its own.
        let paths = paths.filter(|path| path.extension().is_none_or(|ending| ending != "json"));
        paths.map(|path| (name(&path), fs::read(path).unwrap())).collect()
    }

    /// Lets every file look as if it had been written three days ago.
    pub(super) fn age(&self) {
        let then = SystemTime::UNIX_EPOCH + Duration::from_secs(now() - 3 * 24 * 3600);
        for below in ["documents", "staging"] {
            for file in self.files(below).keys() {
                File::options().write(true).open(self.place(below).join(file)).unwrap().set_modified(then).unwrap();
            }
        }
    }

    /// Its author, at a server.
    pub(super) fn author(&self, server: &Server) -> Client {
        Client::with_token(server.url.clone(), self.installation.token("ana"))
    }

    /// Serves it until the worker has tidied up once; gives what it logged about that.
    pub(super) async fn tidied(&self) -> String {
        let server = self.installation.serve();
        let log = self.logged("wept").await;
        assert!(server.stop().0.success());
        log
    }

    /// Waits until its server logs a word; gives the line.
    pub(super) async fn logged(&self, word: &str) -> String {
        for _ in 0..1200 {
            if let Some(line) = self.installation.log().lines().find(|line| line.contains(word)) {
                return line.to_owned();
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        panic!("nothing was logged about {word}:\n{}", self.installation.log());
    }
}

/// Writes its settings, for this user alone: there are secrets in them.
fn configure(installation: &Installation, settings: &str) {
    let file = installation.folder().join("imprimatur.toml");
    fs::write(&file, settings).unwrap();
    fs::set_permissions(&file, fs::Permissions::from_mode(0o600)).unwrap();
}

fn name(path: &Path) -> String {
    path.file_name().unwrap().to_string_lossy().into_owned()
}

#[expect(clippy::disallowed_methods, reason = "the file system's clock is the machine's")]
fn now() -> u64 {
    SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap().as_secs()
}

/// A draft with so many files, which are told by their text; gives its reference and the files' ids.
pub(super) async fn draft(author: &Client, files: usize) -> (String, Vec<String>) {
    let reference = author.begin("self-study").await;
    let mut ids = Vec::new();
    for number in 0..files {
        ids.push(attached(author, &reference, &format!("file {number}")).await);
    }
    (reference, ids)
}

/// Attaches one more file; gives its id.
pub(super) async fn attached(author: &Client, reference: &str, text: &str) -> String {
    let kept = author.attach(reference, "evidence", "log.pdf", pdf(2_000, text)).await.ok();
    kept["id"].as_str().unwrap().to_owned()
}
