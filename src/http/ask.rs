//! Asking a server of this kind how it is, as whoever starts and stops it does.

use std::{io, time::Duration};

use axum::body::{Body, Bytes, to_bytes};
use hyper::{Request, StatusCode, client::conn::http1, header};
use hyper_util::rt::TokioIo;
use tokio::{net::TcpStream, time::timeout};
use tokio_util::either::Either;

use super::listen::Stream;
use crate::config::Listen;

/// How long an answer may take.
const PATIENCE: Duration = Duration::from_secs(10);
/// Far above what a server says about itself.
const LONGEST: usize = 64 * 1024;

#[derive(Clone, Debug)]
pub struct Answer {
    pub status: StatusCode,
    pub body: Bytes,
}

/// Sends `GET path` to the server that listens there.
pub async fn ask(place: &Listen, path: &str) -> io::Result<Answer> {
    timeout(PATIENCE, asked(place, path)).await?
}

async fn asked(place: &Listen, path: &str) -> io::Result<Answer> {
    let stream = connect(place).await?;
    let (mut line, connection) = http1::handshake(TokioIo::new(stream)).await.map_err(io::Error::other)?;
    // It ends with the line.
    tokio::spawn(connection);
    let request = Request::get(path).header(header::HOST, "localhost").body(Body::empty());
    let response = line.send_request(request.map_err(io::Error::other)?).await.map_err(io::Error::other)?;
    let status = response.status();
    let body = to_bytes(Body::new(response.into_body()), LONGEST).await.map_err(io::Error::other)?;
    Ok(Answer { status, body })
}

/// A connection to a server on this machine.
async fn connect(place: &Listen) -> io::Result<Stream> {
    match place {
        Listen::Address(address) if !address.ip().is_unspecified() => {
            TcpStream::connect(address).await.map(Either::Left)
        }
        Listen::Address(address) => TcpStream::connect(("localhost", address.port())).await.map(Either::Left),
        Listen::Everywhere(port) => TcpStream::connect(("localhost", *port)).await.map(Either::Left),
        #[cfg(unix)]
        Listen::Socket { path, .. } => tokio::net::UnixStream::connect(path).await.map(Either::Right),
        #[cfg(not(unix))]
        Listen::Socket { .. } => Err(io::Error::from(io::ErrorKind::Unsupported)),
    }
}
