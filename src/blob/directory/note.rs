//! Small files at the root of the directory: all of them is there, or none.

use std::{
    fs::File,
    io::{self, Read as _, Write as _},
    os::unix::fs::FileExt as _,
};

use rustix::{
    fs::{AtFlags, Mode, OFlags},
    io::Errno,
};

use super::{Directory, FILE};
use crate::{
    blob::{Area, Error, NOTE},
    clock::new_id,
};

/// Far more than a note has.
const MOST: u64 = 1024;

impl Directory {
    /// What the note says; none where there is none.
    pub(in crate::blob) fn note(&self) -> Result<Option<Vec<u8>>, Error> {
        let root = match self.root() {
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            root => root?,
        };
        let flags = OFlags::RDONLY | OFlags::NOFOLLOW | OFlags::NONBLOCK | OFlags::CLOEXEC;
        let file = match rustix::fs::openat(&root, NOTE, flags, Mode::empty()) {
            Ok(file) => File::from(file),
            Err(Errno::NOENT) => return Ok(None),
            Err(error) => return Err(io::Error::from(error).into()),
        };
        let mut text = Vec::new();
        file.take(MOST).read_to_end(&mut text)?;
        Ok(Some(text))
    }

    /// Writes the note unless there is one.
    pub(in crate::blob) fn add_note(&self, text: &[u8]) -> Result<(), Error> {
        self.write_note(text, |root, new| match rustix::fs::linkat(root, new, root, NOTE, AtFlags::empty()) {
            Ok(()) | Err(Errno::EXIST) => rustix::fs::unlinkat(root, new, AtFlags::empty()),
            Err(error) => Err(error),
        })
    }

    /// Writes the note over the one that is there.
    pub(in crate::blob) fn replace_note(&self, text: &[u8]) -> Result<(), Error> {
        self.write_note(text, |root, new| rustix::fs::renameat(root, new, root, NOTE))
    }

    fn write_note(
        &self,
        text: &[u8],
        name_it: impl FnOnce(&rustix::fd::OwnedFd, &str) -> rustix::io::Result<()>,
    ) -> Result<(), Error> {
        let root = self.made_root()?;
        let new = format!("{NOTE}.{}", new_id());
        let flags = OFlags::WRONLY | OFlags::CREATE | OFlags::EXCL | OFlags::NOFOLLOW | OFlags::CLOEXEC;
        let mut file = File::from(rustix::fs::openat(&root, &new, flags, FILE).map_err(io::Error::from)?);
        file.write_all(text)?;
        file.sync_all()?;
        name_it(&root, &new).map_err(io::Error::from)?;
        Ok(rustix::fs::fsync(&root).map_err(io::Error::from)?)
    }

    /// Writes a file, reads it, sees it in the list and deletes it.
    pub(in crate::blob) fn probe(&self, name: &str) -> Result<(), Error> {
        let folder = self.made(Area::Staging)?;
        let flags = OFlags::RDWR | OFlags::CREATE | OFlags::EXCL | OFlags::NOFOLLOW | OFlags::CLOEXEC;
        let file = File::from(rustix::fs::openat(&folder, name, flags, FILE).map_err(io::Error::from)?);
        let kept = try_out(&file);
        let listed = super::names(&folder).map(|names| names.iter().any(|found| found == name));
        rustix::fs::unlinkat(&folder, name, AtFlags::empty()).map_err(io::Error::from)?;
        if kept? && listed? {
            Ok(())
        } else {
            Err(Error::Unfit("does not give back what was written; use another one"))
        }
    }
}

/// Whether a file gives back what is written.
fn try_out(mut file: &File) -> io::Result<bool> {
    const TEXT: &[u8] = b"probe";
    file.write_all(TEXT)?;
    file.sync_all()?;
    let mut read = vec![0; TEXT.len()];
    file.read_exact_at(&mut read, 0)?;
    Ok(read == TEXT)
}
