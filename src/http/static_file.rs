//! Style, scripts and pictures of our own, under addresses that change with their content.

use axum::{
    http::header,
    response::{IntoResponse, Response},
};
use data_encoding::HEXLOWER;
use rust_embed::{EmbeddedFile, RustEmbed};

use super::{Problem, input::Path};

#[derive(RustEmbed)]
#[folder = "templates/static"]
struct Files;

/// The route; register it with [`serve_static`].
pub const ROUTE: &str = "/static/{hash}/{*name}";

/// The address of a file, `/static/3f2a…/style.css`; none where there is no such file.
#[must_use]
pub fn url(name: &str) -> Option<String> {
    Some(format!("/static/{}/{name}", hash(&Files::get(name)?)))
}

/// Every file that is served.
pub fn names() -> impl Iterator<Item = String> {
    Files::iter().map(String::from).filter(|name| media_type(name).is_some())
}

/// `GET /static/{hash}/{name}`: for ever, because another content has another address.
pub fn serve_static(Path((wanted, name)): Path<(String, String)>) -> std::future::Ready<Result<Response, Problem>> {
    std::future::ready(find(&wanted, &name))
}

fn find(wanted: &str, name: &str) -> Result<Response, Problem> {
    let kind = media_type(name).ok_or_else(Problem::not_found)?;
    let file = Files::get(name).filter(|file| hash(file) == wanted).ok_or_else(Problem::not_found)?;
    let headers = [(header::CONTENT_TYPE, kind), (header::CACHE_CONTROL, "public, max-age=31536000, immutable")];
    Ok((headers, file.data).into_response())
}

/// 64 bits tell versions of one file apart.
fn hash(file: &EmbeddedFile) -> String {
    let digest = file.metadata.sha256_hash();
    HEXLOWER.encode(digest.first_chunk::<8>().unwrap_or(&[0; 8]))
}

fn media_type(name: &str) -> Option<&'static str> {
    match name.rsplit_once('.')?.1 {
        "css" => Some("text/css; charset=utf-8"),
        "js" => Some("text/javascript; charset=utf-8"),
        "svg" => Some("image/svg+xml"),
        "png" => Some("image/png"),
        "ico" => Some("image/vnd.microsoft.icon"),
        "webmanifest" => Some("application/manifest+json"),
        _ => None,
    }
}
