//! Sockets that connections come in by: opened here, or handed over by who started the program.

use std::{
    future::poll_fn,
    io,
    net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr},
    task::{Context, Poll},
};

use tokio::net::{TcpListener, TcpStream};
use tokio_util::either::Either;

use crate::config::Listen;

#[cfg(unix)]
pub(super) type Stream = Either<TcpStream, tokio::net::UnixStream>;
#[cfg(not(unix))]
pub(super) type Stream = Either<TcpStream, TcpStream>;

/// Where connections come in.
#[derive(Debug)]
pub enum Listener {
    Tcp(TcpListener),
    #[cfg(unix)]
    Unix(unix::Socket),
}

impl From<TcpListener> for Listener {
    fn from(listener: TcpListener) -> Self {
        Self::Tcp(listener)
    }
}

impl Listener {
    /// The sockets that who started the program opened for it (`LISTEN_FDS`); otherwise one at `place`.
    pub async fn open(place: &Listen) -> io::Result<Vec<Self>> {
        let inherited = inherited()?;
        if inherited.is_empty() { Ok(vec![Self::bind(place).await?]) } else { Ok(inherited) }
    }

    pub async fn bind(place: &Listen) -> io::Result<Self> {
        match place {
            Listen::Address(address) => TcpListener::bind(address).await.map(Self::Tcp),
            Listen::Everywhere(port) => everywhere(*port).await.map(Self::Tcp),
            #[cfg(unix)]
            Listen::Socket { path, mode } => unix::Socket::bind(path, *mode).map(Self::Unix),
            #[cfg(not(unix))]
            Listen::Socket { .. } => Err(io::Error::from(io::ErrorKind::Unsupported)),
        }
    }

    pub fn place(&self) -> io::Result<Listen> {
        match self {
            Self::Tcp(listener) => Ok(Listen::Address(listener.local_addr()?)),
            #[cfg(unix)]
            Self::Unix(socket) => Ok(socket.place()),
        }
    }

    fn poll_accept(&self, cx: &mut Context<'_>) -> Poll<io::Result<(Stream, Option<IpAddr>)>> {
        match self {
            Self::Tcp(listener) => listener.poll_accept(cx).map_ok(|(stream, peer)| {
                // Answers are written at once and whole; the other end waits for them. Without it they come later.
                let _slower = stream.set_nodelay(true);
                (Either::Left(stream), Some(peer.ip().to_canonical()))
            }),
            #[cfg(unix)]
            Self::Unix(socket) => socket.poll_accept(cx).map_ok(|stream| (Either::Right(stream), None)),
        }
    }
}

/// The next connection to any of them, and from where it comes.
pub(super) async fn accept(listeners: &[Listener]) -> io::Result<(Stream, Option<IpAddr>)> {
    poll_fn(|cx| {
        let ready = listeners.iter().find_map(|listener| match listener.poll_accept(cx) {
            Poll::Ready(accepted) => Some(accepted),
            Poll::Pending => None,
        });
        ready.map_or(Poll::Pending, Poll::Ready)
    })
    .await
}

/// Both kinds of addresses, where this machine has both.
async fn everywhere(port: u16) -> io::Result<TcpListener> {
    let six = TcpListener::bind(SocketAddr::from((Ipv6Addr::UNSPECIFIED, port))).await;
    match six {
        Err(error) if error.kind() != io::ErrorKind::AddrInUse => {
            TcpListener::bind(SocketAddr::from((Ipv4Addr::UNSPECIFIED, port))).await
        }
        six => six,
    }
}

fn inherited() -> io::Result<Vec<Listener>> {
    let mut handed = listenfd::ListenFd::from_env();
    (0..handed.len()).map(|number| taken(&mut handed, number)).collect()
}

#[cfg(unix)]
fn taken(handed: &mut listenfd::ListenFd, number: usize) -> io::Result<Listener> {
    if let Ok(Some(socket)) = handed.take_unix_listener(number) {
        return unix::Socket::inherited(socket).map(Listener::Unix);
    }
    tcp(handed, number)
}

#[cfg(not(unix))]
fn taken(handed: &mut listenfd::ListenFd, number: usize) -> io::Result<Listener> {
    tcp(handed, number)
}

fn tcp(handed: &mut listenfd::ListenFd, number: usize) -> io::Result<Listener> {
    let listener = handed.take_tcp_listener(number)?.ok_or(io::ErrorKind::NotFound)?;
    listener.set_nonblocking(true)?;
    TcpListener::from_std(listener).map(Listener::Tcp)
}

#[cfg(unix)]
mod unix {
    use std::{
        fs, io,
        os::unix::{
            fs::{FileTypeExt as _, PermissionsExt as _},
            net,
        },
        path::{Path, PathBuf},
        task::{Context, Poll},
    };

    use tokio::net::{UnixListener, UnixStream};

    use crate::config::Listen;

    /// A Unix socket; its file goes with it where it was made here.
    #[derive(Debug)]
    pub struct Socket {
        listener: UnixListener,
        made: Option<PathBuf>,
    }

    impl Socket {
        pub(super) fn bind(path: &Path, mode: u32) -> io::Result<Self> {
            clear(path)?;
            let listener = UnixListener::bind(path)?;
            let socket = Self { listener, made: Some(path.to_owned()) };
            fs::set_permissions(path, fs::Permissions::from_mode(mode))?;
            Ok(socket)
        }

        pub(super) fn inherited(listener: net::UnixListener) -> io::Result<Self> {
            listener.set_nonblocking(true)?;
            Ok(Self { listener: UnixListener::from_std(listener)?, made: None })
        }

        pub(super) fn place(&self) -> Listen {
            let address = self.listener.local_addr();
            let path = address.ok().and_then(|address| address.as_pathname().map(Path::to_owned));
            Listen::Socket { path: path.unwrap_or_default(), mode: 0 }
        }

        pub(super) fn poll_accept(&self, cx: &mut Context<'_>) -> Poll<io::Result<UnixStream>> {
            self.listener.poll_accept(cx).map_ok(|(stream, _)| stream)
        }
    }

    impl Drop for Socket {
        fn drop(&mut self) {
            if let Some(path) = &self.made {
                // One that stays is cleared away at the next start.
                let _stale = fs::remove_file(path);
            }
        }
    }

    /// Takes away what a server left that was killed; one that still listens, and what is no socket, stays.
    fn clear(path: &Path) -> io::Result<()> {
        match fs::symlink_metadata(path) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
            Err(error) => Err(error),
            Ok(found) if !found.file_type().is_socket() => {
                Err(io::Error::new(io::ErrorKind::AlreadyExists, "there is a file of this name that is no socket"))
            }
            Ok(_) if net::UnixStream::connect(path).is_ok() => {
                Err(io::Error::new(io::ErrorKind::AddrInUse, "another server listens there"))
            }
            Ok(_) => fs::remove_file(path),
        }
    }
}
