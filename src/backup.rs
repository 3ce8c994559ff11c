//! The folder that backups are kept in.
//!
//! ```text
//! DIR/installation              whose backups these are
//! DIR/files/documents/…         documents, shared by all backups; they never change
//! DIR/20261126T214155Z/         one backup: the database as one SQLite file, whatever it came from, and
//!         manifest.json         what was backed up, written last
//! DIR/20261126T214155Z.partial  one that is being made, or broke off
//! ```

mod manifest;

use std::{
    fs::{self, File, TryLockError},
    io,
    path::{Path, PathBuf},
};

use anyhow::{Context as _, bail, ensure};
use jiff::{SignedDuration, Timestamp};
use uuid::Uuid;

pub use manifest::{Documents, FileMark, Manifest, Missing};

use crate::{
    blob::{Blobs, Place},
    store::StoreUrl,
};

const FILES: &str = "files";
/// Whose backups these are.
const OWNER: &str = "installation";
const LOCK: &str = "lock";
const MANIFEST: &str = "manifest.json";
const DATABASE: &str = "imprimatur.db";
const PARTIAL: &str = ".partial";

/// A folder of backups of one installation.
#[derive(Debug)]
pub struct Folder {
    path: PathBuf,
    /// Where the documents of all backups are.
    pub documents: Blobs,
    /// Held by who makes a backup, so that two do not meet.
    _lock: Option<File>,
}

/// One backup that is whole.
#[derive(Clone, Debug)]
pub struct Backup {
    /// Its name: when it was begun.
    pub name: String,
    /// What is in it.
    pub manifest: Manifest,
    path: PathBuf,
}

/// One that is being made.
#[derive(Debug)]
pub struct Begun {
    name: String,
    partial: PathBuf,
    whole: PathBuf,
}

impl Folder {
    /// Opens a folder for another backup of an installation; makes it where it is missing.
    pub fn for_writing(path: &Path, installation: Uuid) -> anyhow::Result<Self> {
        private_folder(path).with_context(|| format!("making the folder {}", path.display()))?;
        let lock = lock(path)?;
        match fs::read_to_string(path.join(OWNER)) {
            Ok(owner) => ensure!(
                owner.trim() == installation.to_string(),
                "{} holds backups of another installation ({}), and this one is {installation}: name another folder",
                path.display(),
                owner.trim()
            ),
            Err(error) if error.kind() == io::ErrorKind::NotFound => claim(path, installation)?,
            Err(error) => return Err(error).with_context(|| format!("reading {}", path.join(OWNER).display())),
        }
        let documents = Blobs::at(&Place::Directory(path.join(FILES)))?;
        let folder = Self { path: path.to_owned(), documents, _lock: Some(lock) };
        folder.clear()?;
        Ok(folder)
    }

    /// Opens a folder to take a backup out of it.
    pub fn for_reading(path: &Path) -> anyhow::Result<Self> {
        ensure!(path.join(OWNER).is_file(), "{} is no folder of backups", path.display());
        let documents = Blobs::at(&Place::Directory(path.join(FILES)))?;
        Ok(Self { path: path.to_owned(), documents, _lock: None })
    }

    /// The backups that are whole, the oldest first.
    pub fn whole(&self) -> anyhow::Result<Vec<Backup>> {
        let mut found = Vec::new();
        for name in names(&self.path)? {
            let path = self.path.join(&name);
            if name.ends_with(PARTIAL) || !path.join(MANIFEST).exists() {
                continue;
            }
            let manifest = Manifest::read(&path.join(MANIFEST))?;
            found.push(Backup { name, manifest, path });
        }
        found.sort_by(|one, other| one.name.cmp(&other.name));
        Ok(found)
    }

    /// Begins one. It is called after its second, or after the next one that no other is called after: names are in the
    /// order in which backups were made.
    pub fn begin(&self, mut at: Timestamp) -> anyhow::Result<Begun> {
        let name_at = |at: Timestamp| at.strftime("%Y%m%dT%H%M%SZ").to_string();
        while self.path.join(name_at(at)).exists() {
            at = at.checked_add(SignedDuration::from_secs(1))?;
        }
        let name = name_at(at);
        let (partial, whole) = (self.path.join(format!("{name}{PARTIAL}")), self.path.join(&name));
        private_folder(&partial).with_context(|| format!("making {}", partial.display()))?;
        Ok(Begun { name, partial, whole })
    }

    /// Removes a backup; its documents stay.
    pub fn remove(&self, backup: &Backup) -> anyhow::Result<()> {
        // First of all it stops being one.
        let gone = backup.path.with_file_name(format!("{}{PARTIAL}", backup.name));
        fs::rename(&backup.path, &gone)?;
        sync(&self.path)?;
        Ok(fs::remove_dir_all(gone)?)
    }

    /// Removes what earlier backups left that broke off.
    fn clear(&self) -> anyhow::Result<()> {
        for name in names(&self.path)?.iter().filter(|name| name.ends_with(PARTIAL)) {
            tracing::warn!(backup = name, "A backup that broke off is removed");
            fs::remove_dir_all(self.path.join(name))?;
        }
        Ok(())
    }
}

impl Begun {
    /// Its name.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Where the database goes.
    pub fn database(&self) -> anyhow::Result<StoreUrl> {
        address(&self.partial)
    }

    /// The size and the hash of the database.
    pub async fn mark(&self) -> anyhow::Result<FileMark> {
        FileMark::of(&self.partial.join(DATABASE)).await
    }

    /// Removes it, because something failed.
    pub fn give_up(self) {
        if let Err(error) = fs::remove_dir_all(&self.partial) {
            tracing::warn!(%error, folder = %self.partial.display(), "A backup that broke off could not be removed");
        }
    }

    /// Makes it count: from here on it is a backup, and on disk.
    pub fn finish(&self, manifest: &Manifest) -> anyhow::Result<()> {
        manifest.write(&self.partial.join(MANIFEST))?;
        sync(&self.partial)?;
        fs::rename(&self.partial, &self.whole)?;
        Ok(sync(self.whole.parent().unwrap_or(Path::new(".")))?)
    }
}

impl Backup {
    /// Where its database is.
    pub fn database(&self) -> anyhow::Result<StoreUrl> {
        address(&self.path)
    }

    /// Refuses it where its database is not the one that was backed up.
    pub async fn check(&self) -> anyhow::Result<()> {
        let file = self.path.join(DATABASE);
        let found = FileMark::of(&file).await.with_context(|| format!("reading {}", file.display()))?;
        ensure!(
            found == self.manifest.database,
            "{} is not the file that was backed up: {} bytes with SHA-256 {}, and it was {} bytes with {}",
            file.display(),
            found.size,
            found.sha256,
            self.manifest.database.size,
            self.manifest.database.sha256
        );
        Ok(())
    }
}

fn address(folder: &Path) -> anyhow::Result<StoreUrl> {
    let file = folder.join(DATABASE);
    Ok(format!("sqlite://{}", file.to_str().context("the folder's name is not UTF-8: choose another")?).parse()?)
}

fn names(folder: &Path) -> io::Result<Vec<String>> {
    fs::read_dir(folder)?.map(|entry| Ok(entry?.file_name().to_string_lossy().into_owned())).collect()
}

/// Makes a folder for this user alone; one that is there stays as it is.
fn private_folder(path: &Path) -> io::Result<()> {
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(path)
}

/// Notes whose backups these are, in a folder that holds nothing else.
fn claim(path: &Path, installation: Uuid) -> anyhow::Result<()> {
    if let Some(other) = names(path)?.iter().find(|name| *name != LOCK) {
        bail!("{} holds something else than backups ({other}): name an empty folder, or a new one", path.display());
    }
    let note = tempfile::NamedTempFile::new_in(path)?;
    fs::write(note.path(), format!("{installation}\n"))?;
    note.as_file().sync_all()?;
    note.persist(path.join(OWNER))?;
    Ok(sync(path)?)
}

fn lock(path: &Path) -> anyhow::Result<File> {
    let file = File::options().create(true).truncate(false).write(true).open(path.join(LOCK))?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(TryLockError::WouldBlock) => bail!("another backup to {} is under way", path.display()),
        Err(TryLockError::Error(error)) => Err(error).with_context(|| format!("locking {}", path.display())),
    }
}

/// Makes the names in a folder last.
fn sync(folder: &Path) -> io::Result<()> {
    File::open(folder)?.sync_all()
}
