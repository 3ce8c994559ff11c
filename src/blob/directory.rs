//! Documents in a directory of ours.
//!
//! No link is ever followed, also where one is put there while the server runs: each step opens the folder from the
//! directory and the file from the folder, and takes nothing but real folders and files. What is written, renamed or
//! deleted is on disk when the step is done. The folders are for this user alone.

mod note;
mod write;

use std::{
    fs::File,
    io,
    ops::Range,
    os::unix::fs::FileExt,
    path::{Path, PathBuf},
    sync::Arc,
};

use bytes::Bytes;
use futures_util::{StreamExt, stream, stream::BoxStream};
use jiff::Timestamp;
use rustix::{
    fd::OwnedFd,
    fs::{AtFlags, CWD, Dir, FileType, Mode, OFlags, Stat},
    io::Errno,
};
use uuid::Uuid;

pub(super) use write::Writing;

use super::{
    Area, Error, Fault, Key,
    list::{Kind, Listed},
};

const FOLDER: Mode = Mode::RWXU;
const FILE: Mode = Mode::RUSR.union(Mode::WUSR);
/// How much is read at a time.
const PIECE: u64 = 256 * 1024;
/// How many files are looked at a time.
const PAGE: usize = 500;

/// A directory of documents.
#[derive(Debug)]
pub(super) struct Directory {
    root: PathBuf,
}

impl Directory {
    /// Refuses what is there and is no real directory, or has links in it.
    pub(super) fn at(root: &Path) -> Result<Self, Error> {
        let directory = Self { root: root.to_owned() };
        match directory.root() {
            Ok(root) => {
                if is_link(&root, super::NOTE) {
                    return Err(linked(&super::NOTE).into());
                }
                for area in [Area::Staging, Area::Documents] {
                    opened(&root, area.as_str()).map(drop).or_else(absent)?;
                }
            }
            Err(error) => absent(error)?,
        }
        Ok(directory)
    }

    /// Whether it is there.
    pub(super) fn look(&self) -> Result<(), Error> {
        Ok(self.root().map(drop)?)
    }

    /// Moves a staged file among the documents; both folders know it on disk afterwards.
    pub(super) fn promote(&self, id: Uuid) -> Result<(), Error> {
        let (from, to) = (self.folder(Area::Staging)?, self.made(Area::Documents)?);
        let name = id.to_string();
        match rustix::fs::renameat(&from, &name, &to, &name) {
            Ok(()) => {}
            // A second time.
            Err(Errno::NOENT) => return self.stat(Key { area: Area::Documents, id }).map(|_| ()),
            Err(error) => return Err(io::Error::from(error).into()),
        }
        rustix::fs::fsync(&to).map_err(io::Error::from)?;
        Ok(rustix::fs::fsync(&from).map_err(io::Error::from)?)
    }

    /// Deletes files; those that are gone already are no error.
    pub(super) fn delete(&self, keys: &[Key]) -> Result<(), Error> {
        for area in [Area::Staging, Area::Documents] {
            let mut ids = keys.iter().filter(|key| key.area == area).map(|key| key.id.to_string()).peekable();
            if ids.peek().is_none() {
                continue;
            }
            let folder = match self.folder(area) {
                Err(error) if error.kind() == io::ErrorKind::NotFound => continue,
                folder => folder?,
            };
            for name in ids {
                match rustix::fs::unlinkat(&folder, name, AtFlags::empty()) {
                    Ok(()) | Err(Errno::NOENT) => {}
                    Err(error) => return Err(io::Error::from(error).into()),
                }
            }
            // A deletion that is noted has to last.
            rustix::fs::fsync(&folder).map_err(io::Error::from)?;
        }
        Ok(())
    }

    /// How many bytes a file has.
    pub(super) fn stat(&self, key: Key) -> Result<u64, Error> {
        let folder = self.folder(key.area).map_err(|error| missing(key, error))?;
        let name = key.id.to_string();
        let stat = rustix::fs::statat(&folder, name, AtFlags::SYMLINK_NOFOLLOW).map_err(|error| gone(key, error))?;
        regular(key, &stat)
    }

    /// A file that is there to be read, and how many bytes it has.
    pub(super) fn open(&self, key: Key) -> Result<(File, u64), Error> {
        let folder = self.folder(key.area).map_err(|error| missing(key, error))?;
        // Not to wait for somebody at the other end, where it is no file.
        let flags = OFlags::RDONLY | OFlags::NOFOLLOW | OFlags::NONBLOCK | OFlags::CLOEXEC;
        let file = rustix::fs::openat(&folder, key.id.to_string(), flags, Mode::empty()).map_err(|e| gone(key, e))?;
        let size = regular(key, &rustix::fs::fstat(&file).map_err(io::Error::from)?)?;
        Ok((File::from(file), size))
    }

    /// What lies in a folder: in the order of keys, after what nobody here has put there.
    pub(super) fn list(self: &Arc<Self>, area: Area) -> Result<BoxStream<'static, Result<Listed, Error>>, Error> {
        let (mut ids, mut others) = (Vec::new(), Vec::new());
        let folder = match self.folder(area) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(stream::empty().boxed()),
            folder => folder?,
        };
        for name in names(&folder)? {
            match name.parse::<Uuid>().ok().filter(|id| id.to_string() == name) {
                Some(id) => ids.push(id),
                None => others.push(name),
            }
        }
        ids.sort_unstable();
        let others = others.into_iter().map(|name| (name, None));
        let ids = ids.into_iter().map(move |id| (id.to_string(), Some(Key { area, id })));
        let directory = self.clone();
        let pages = stream::iter(others.chain(ids)).chunks(PAGE);
        Ok(pages.then(move |page| directory.clone().looked_at(area, page)).flat_map(stream::iter).boxed())
    }

    /// What lies beside the folders and the note.
    pub(super) fn strays(&self) -> Result<Vec<String>, Error> {
        let known = [Area::Staging.as_str(), Area::Documents.as_str(), super::NOTE];
        // A note that somebody was killed in the middle of has a name of its own still.
        let unfinished = |name: &str| {
            let id = name.strip_prefix(super::NOTE).and_then(|rest| rest.strip_prefix('.'));
            id.is_some_and(|id| id.parse::<Uuid>().is_ok())
        };
        let names = names(&self.root()?)?;
        Ok(names.into_iter().filter(|name| !known.contains(&name.as_str()) && !unfinished(name.as_str())).collect())
    }

    async fn looked_at(self: Arc<Self>, area: Area, page: Vec<(String, Option<Key>)>) -> Vec<Result<Listed, Error>> {
        let looked = super::blocking(move || {
            let folder = self.folder(area)?;
            let mut listed = Vec::with_capacity(page.len());
            for (name, key) in page {
                match rustix::fs::statat(&folder, &name, AtFlags::SYMLINK_NOFOLLOW) {
                    Ok(stat) => listed.push(read(format!("{}/{name}", area.as_str()), key, &stat)),
                    // Deleted meanwhile.
                    Err(Errno::NOENT) => {}
                    Err(error) => return Err(io::Error::from(error).into()),
                }
            }
            Ok(listed)
        });
        match looked.await {
            Ok(listed) => listed.into_iter().map(Ok).collect(),
            Err(error) => vec![Err(error)],
        }
    }

    fn root(&self) -> io::Result<OwnedFd> {
        let flags = OFlags::RDONLY | OFlags::DIRECTORY | OFlags::NOFOLLOW | OFlags::CLOEXEC;
        rustix::fs::openat(CWD, &self.root, flags, Mode::empty()).map_err(|error| {
            let link = std::fs::symlink_metadata(&self.root).is_ok_and(|found| found.is_symlink());
            if link { linked(&self.root.display()) } else { error.into() }
        })
    }

    fn folder(&self, area: Area) -> io::Result<OwnedFd> {
        opened(&self.root()?, area.as_str())
    }

    /// A folder that is made where it is missing.
    fn made(&self, area: Area) -> io::Result<OwnedFd> {
        match self.folder(area) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => {}
            folder => return folder,
        }
        let root = self.made_root()?;
        match rustix::fs::mkdirat(&root, area.as_str(), FOLDER) {
            Ok(()) => rustix::fs::fsync(&root)?,
            Err(Errno::EXIST) => {}
            Err(error) => return Err(error.into()),
        }
        self.folder(area)
    }

    fn made_root(&self) -> io::Result<OwnedFd> {
        if let Err(error) = self.root() {
            if error.kind() != io::ErrorKind::NotFound {
                return Err(error);
            }
            let mut builder = std::fs::DirBuilder::new();
            std::os::unix::fs::DirBuilderExt::mode(builder.recursive(true), 0o700);
            builder.create(&self.root)?;
        }
        self.root()
    }
}

/// The bytes of an opened file, a piece at a time.
pub(super) fn bytes(file: File, range: Range<u64>) -> BoxStream<'static, Result<Bytes, Error>> {
    let file = Arc::new(file);
    stream::try_unfold(range, move |left| {
        let file = file.clone();
        async move {
            let length = usize::try_from(PIECE.min(left.end.saturating_sub(left.start))).unwrap_or_default();
            if length == 0 {
                return Ok(None);
            }
            let start = left.start;
            let piece = super::blocking(move || {
                let mut piece = vec![0; length];
                file.read_exact_at(&mut piece, start)?;
                Ok(Bytes::from(piece))
            });
            let piece = piece.await?;
            Ok(Some((piece, start.saturating_add(PIECE).min(left.end)..left.end)))
        }
    })
    .boxed()
}

fn opened(root: &OwnedFd, name: &str) -> io::Result<OwnedFd> {
    let flags = OFlags::RDONLY | OFlags::DIRECTORY | OFlags::NOFOLLOW | OFlags::CLOEXEC;
    rustix::fs::openat(root, name, flags, Mode::empty())
        .map_err(|error| if is_link(root, name) { linked(&name) } else { error.into() })
}

fn is_link(root: &OwnedFd, name: &str) -> bool {
    let stat = rustix::fs::statat(root, name, AtFlags::SYMLINK_NOFOLLOW);
    stat.is_ok_and(|stat| FileType::from_raw_mode(stat.st_mode) == FileType::Symlink)
}

fn linked(what: &dyn std::fmt::Display) -> io::Error {
    let text = format!("{what} is a link; documents are kept in real directories, so name the real one");
    io::Error::new(io::ErrorKind::InvalidInput, text)
}

fn absent(error: io::Error) -> io::Result<()> {
    if error.kind() == io::ErrorKind::NotFound { Ok(()) } else { Err(error) }
}

fn names(folder: &OwnedFd) -> io::Result<Vec<String>> {
    let mut names = Vec::new();
    for entry in Dir::read_from(folder)? {
        let name = entry?.file_name().to_string_lossy().into_owned();
        if name != "." && name != ".." {
            names.push(name);
        }
    }
    Ok(names)
}

fn read(place: String, key: Option<Key>, stat: &Stat) -> Listed {
    let kind = match FileType::from_raw_mode(stat.st_mode) {
        FileType::RegularFile => Kind::File,
        FileType::Symlink => Kind::Link,
        _ => Kind::Other,
    };
    let written = Timestamp::from_second(stat.st_mtime).unwrap_or(Timestamp::UNIX_EPOCH);
    Listed { key, place, kind, size: u64::try_from(stat.st_size).unwrap_or_default(), written }
}

fn regular(key: Key, stat: &Stat) -> Result<u64, Error> {
    match FileType::from_raw_mode(stat.st_mode) {
        FileType::RegularFile => Ok(u64::try_from(stat.st_size).unwrap_or_default()),
        _ => Err(Error::Faulty { key, fault: Fault::NoFile }),
    }
}

fn gone(key: Key, error: Errno) -> Error {
    // What NOFOLLOW answers to a link.
    if error == Errno::LOOP { Error::Faulty { key, fault: Fault::NoFile } } else { missing(key, error.into()) }
}

fn missing(key: Key, error: io::Error) -> Error {
    if error.kind() == io::ErrorKind::NotFound { Error::Faulty { key, fault: Fault::Missing } } else { error.into() }
}
