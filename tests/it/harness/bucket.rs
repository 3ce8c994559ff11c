//! A server in this process that speaks S3.

use std::{
    fs,
    path::Path,
    sync::{
        Arc,
        atomic::{AtomicU32, Ordering},
    },
};

use axum::{extract::Request, response::IntoResponse};
use imprimatur::{blob::S3, secret::Secret};
use tempfile::TempDir;

use super::process::Installation;

/// How a server treats `If-None-Match`.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Server {
    Honest,
    /// Says that it wrote what it should have refused to overwrite.
    IgnoresConditions,
}

/// Serves the directory `evidence` in `directory` as a bucket, for as long as the test runs.
pub(crate) async fn serve(directory: &Path, kind: Server) -> S3 {
    fs::create_dir_all(directory.join("evidence")).unwrap();
    let mut builder = s3s::service::S3ServiceBuilder::new(s3s_fs::FileSystem::new(directory).unwrap());
    builder.set_auth(s3s::auth::SimpleAuth::from_single("access", "secret"));
    let service = builder.build();
    let conditions = Arc::new(AtomicU32::new(0));
    let router = axum::Router::new().fallback(move |request: Request| {
        let mut service = service.clone();
        let again = request.headers().contains_key("if-none-match") && conditions.fetch_add(1, Ordering::Relaxed) > 0;
        async move {
            if kind == Server::IgnoresConditions && again {
                return ([("etag", "\"x\"")], "").into_response();
            }
            tower::Service::call(&mut service, request).await.unwrap().map(axum::body::Body::new)
        }
    });
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let endpoint = format!("http://{}", listener.local_addr().unwrap());
    tokio::spawn(async move { axum::serve(listener, router).await });
    S3 {
        bucket: "evidence".to_owned(),
        prefix: "office".to_owned(),
        endpoint: Some(endpoint),
        region: "us-east-1".to_owned(),
        access_key: Some(Secret::new("access")),
        secret_key: Some(Secret::new("secret")),
        spool: directory.to_owned(),
    }
}

/// A server with an empty bucket, as installations are told of it.
pub(crate) struct Bucket {
    reached: S3,
    _folder: TempDir,
}

impl Bucket {
    /// Where documents are in it, as the setting `blobs` says it.
    pub(crate) const PLACE: &str = "s3://evidence/office";

    /// Opens one.
    pub(crate) async fn open() -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let reached = serve(folder.path(), Server::Honest).await;
        Self { reached, _folder: folder }
    }

    /// An installation that knows how to reach it, and has its documents elsewhere until it is told.
    pub(crate) fn known_to(&self, installation: Installation) -> Installation {
        installation
            .set("IMPRIMATUR_S3_ENDPOINT", self.reached.endpoint.clone().expect("an endpoint"))
            .set("IMPRIMATUR_S3_ACCESS_KEY", "access")
            .set("IMPRIMATUR_S3_SECRET_KEY", "secret")
    }
}
