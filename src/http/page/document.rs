//! Files: taken in, opened, looked at in a sandbox, taken away.

use axum::{
    extract::Request,
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};

use super::{
    context::{Answer, SignedInPage, key},
    posted::Posted,
};
use crate::{
    blob::Disposition,
    domain::DocumentId,
    http::{
        Problem,
        download::{self, Asked},
        input::Path,
    },
    present::{done::Done, form::data::FormData, path, submission::document as shown},
    usecase::{Error, document},
};

/// What a page with a document in a frame may load: the frame, beside what every page may.
const FRAMED: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; frame-src 'self'; \
                      connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'";

/// Takes in files for one question; the page's script wants no page back.
pub(super) async fn upload(
    reader: SignedInPage,
    Path((reference, question)): Path<(String, String)>,
    request: Request,
) -> Response {
    let script = wants_problem(request.headers());
    let posted = Posted::read_for(&reader, &reference, &question, request).await;
    let refused = posted.and_then(|posted| {
        if posted.faults.is_empty() { Ok(()) } else { Err(Problem::from(Error::Invalid(posted.faults))) }
    });
    match (refused, script) {
        (Ok(()), true) => StatusCode::NO_CONTENT.into_response(),
        (Ok(()), false) => reader.page_context.go(&path::submission(&reference), Some(Done::Saved)),
        (Err(problem), true) => for_script(problem),
        (Err(problem), false) => problem.into_response(),
    }
}

fn wants_problem(headers: &HeaderMap) -> bool {
    headers.get(header::ACCEPT).is_some_and(|accept| accept.as_bytes() == b"application/problem+json")
}

/// As JSON, although the address is a page's.
fn for_script(problem: Problem) -> Response {
    let mut response = problem.into_response();
    response.extensions_mut().remove::<Problem>();
    response
}

/// Takes a file away.
pub(super) async fn remove(
    reader: SignedInPage,
    Path((reference, file)): Path<(String, uuid::Uuid)>,
    typed: FormData,
) -> Answer {
    document::remove(&reader.call, &typed.target(&reference)?, DocumentId(file)).await?;
    Ok(reader.page_context.go(&path::submission(&reference), Some(Done::Removed)))
}

/// Sends a file to be saved.
pub(super) async fn download(
    reader: SignedInPage,
    Path((reference, file)): Path<(String, uuid::Uuid)>,
    asked: Asked,
) -> Answer {
    send(&reader, &reference, DocumentId(file), &asked, Disposition::Attachment).await
}

/// Sends a file to be shown in the frame of [`view`].
pub(super) async fn raw(
    reader: SignedInPage,
    Path((reference, file)): Path<(String, uuid::Uuid)>,
    asked: Asked,
) -> Answer {
    send(&reader, &reference, DocumentId(file), &asked, Disposition::Inline).await
}

async fn send(
    reader: &SignedInPage,
    reference: &str,
    file: DocumentId,
    asked: &Asked,
    disposition: Disposition,
) -> Answer {
    let found = document::find(&reader.call, &key(reference), file).await?;
    download::send(&found, asked, disposition).await
}

/// The page on which a file is looked at; what no browser shows safely is downloaded instead.
pub(super) async fn view(reader: SignedInPage, Path((reference, file)): Path<(String, uuid::Uuid)>) -> Answer {
    let dossier = reader.dossier(&reference).await?;
    let Some(page) = shown::view(&dossier, DocumentId(file)) else {
        return Ok(reader.page_context.go(&path::below(&reference, &format!("files/{file}")), None));
    };
    let mut response = reader.page_context.show(&page.file.name.clone(), page).await?;
    response.headers_mut().insert(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(FRAMED));
    Ok(response)
}
