//! Asking a server of this kind how it is, as whoever starts and stops it does.

use std::{io, net::SocketAddr, time::Duration};

use axum::body::{Body, Bytes, to_bytes};
use hyper::{Request, StatusCode, client::conn::http1, header};
use hyper_util::rt::TokioIo;
use tokio::{net::TcpStream, time::timeout};

/// How long an answer may take.
const PATIENCE: Duration = Duration::from_secs(10);
/// Far above what a server says about itself.
const LONGEST: usize = 64 * 1024;

/// What was answered.
#[derive(Clone, Debug)]
pub struct Answer {
    /// Whether all is well.
    pub status: StatusCode,
    /// What was said.
    pub body: Bytes,
}

/// Sends `GET path` to the server that listens there.
pub async fn ask(address: SocketAddr, path: &str) -> io::Result<Answer> {
    timeout(PATIENCE, asked(address, path)).await?
}

async fn asked(address: SocketAddr, path: &str) -> io::Result<Answer> {
    let stream = TcpStream::connect(address).await?;
    let (mut line, connection) = http1::handshake(TokioIo::new(stream)).await.map_err(io::Error::other)?;
    // It ends with the line.
    tokio::spawn(connection);
    let request = Request::get(path).header(header::HOST, address.to_string()).body(Body::empty());
    let response = line.send_request(request.map_err(io::Error::other)?).await.map_err(io::Error::other)?;
    let status = response.status();
    let body = to_bytes(Body::new(response.into_body()), LONGEST).await.map_err(io::Error::other)?;
    Ok(Answer { status, body })
}
