//! Writing an upload into the directory, in small steps.

use std::{fs::File, io, os::unix::fs::FileExt, sync::Arc};

use bytes::{Bytes, BytesMut};
use rustix::fs::OFlags;
use tokio::runtime::Handle;
use uuid::Uuid;

use super::{Directory, FILE};
use crate::blob::{Area, Error, Key, blocking};

/// How much is gathered before it is written.
const STEP: usize = 64 * 1024;

/// An upload on its way to the disk; deleted again unless it is finished.
pub(in crate::blob) struct Writing {
    directory: Arc<Directory>,
    id: Uuid,
    file: Arc<File>,
    gathered: BytesMut,
    written: u64,
    finished: bool,
}

impl Directory {
    /// A new file; nothing may be under this identifier yet.
    pub(in crate::blob) fn create(self: &Arc<Self>, id: Uuid) -> Result<Writing, Error> {
        let folder = self.made(Area::Staging)?;
        let flags = OFlags::RDWR | OFlags::CREATE | OFlags::EXCL | OFlags::NOFOLLOW | OFlags::CLOEXEC;
        let file = rustix::fs::openat(&folder, id.to_string(), flags, FILE).map_err(io::Error::from)?;
        let file = Arc::new(File::from(file));
        let directory = self.clone();
        Ok(Writing { directory, id, file, gathered: BytesMut::new(), written: 0, finished: false })
    }
}

impl Writing {
    /// Takes the next bytes.
    pub(in crate::blob) async fn write(&mut self, bytes: &Bytes) -> Result<(), Error> {
        if self.gathered.len().saturating_add(bytes.len()) < STEP {
            self.gathered.extend_from_slice(bytes);
            return Ok(());
        }
        self.flush().await?;
        self.put(bytes.clone()).await
    }

    /// The last bytes, up to so many.
    pub(in crate::blob) async fn tail(&mut self, most: usize) -> Result<Vec<u8>, Error> {
        self.flush().await?;
        let most = u64::try_from(most).unwrap_or(u64::MAX).min(self.written);
        let (file, start) = (self.file.clone(), self.written.saturating_sub(most));
        blocking(move || {
            let mut tail = vec![0; usize::try_from(most).unwrap_or_default()];
            file.read_exact_at(&mut tail, start)?;
            Ok(tail)
        })
        .await
    }

    /// Everything is on disk after this; its name will be when it is promoted.
    pub(in crate::blob) async fn finish(mut self) -> Result<(), Error> {
        self.flush().await?;
        let file = self.file.clone();
        blocking(move || Ok(file.sync_all()?)).await?;
        self.finished = true;
        Ok(())
    }

    async fn flush(&mut self) -> Result<(), Error> {
        let gathered = std::mem::take(&mut self.gathered);
        if gathered.is_empty() { Ok(()) } else { self.put(gathered.freeze()).await }
    }

    async fn put(&mut self, bytes: Bytes) -> Result<(), Error> {
        let (file, start) = (self.file.clone(), self.written);
        self.written = start.saturating_add(u64::try_from(bytes.len()).unwrap_or(u64::MAX));
        blocking(move || Ok(file.write_all_at(&bytes, start)?)).await
    }
}

impl Drop for Writing {
    fn drop(&mut self) {
        let (true, Ok(runtime)) = (!self.finished, Handle::try_current()) else { return };
        let (directory, key) = (self.directory.clone(), Key { area: Area::Staging, id: self.id });
        runtime.spawn_blocking(move || {
            if let Err(error) = directory.delete(&[key]) {
                tracing::warn!(%error, %key, "An upload that was cut off could not be cleaned up; the sweep will");
            }
        });
    }
}
