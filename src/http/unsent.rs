//! A form that comes in after its sender's session has ended: it is kept for them, and they are told where.
//!
//! Only what the browser has kept since somebody signed in there says whose it is. What is kept is shown to that person
//! alone, who sends it.

use axum::{
    extract::{Request, State},
    http::{Method, StatusCode},
    middleware::Next,
    response::Response,
};
use uuid::Uuid;

use super::{cookie, session};
use crate::{
    present::error::Kept,
    usecase::{Call, Context, Error, unsent},
};

/// The parameter of an address that says which kept form is sent there.
pub(super) const SENT: &str = "unsent";

/// Keeps what could not be taken because nobody is signed in, and forgets it once its sender has sent it.
pub(super) async fn keep(State(context): State<Context>, request: Request, next: Next) -> Response {
    if request.method() != Method::POST {
        return next.run(request).await;
    }
    let headers = request.headers().clone();
    let sent = request.uri().query().and_then(sent);
    let mut response = next.run(request).await;
    if let Some(id) = sent.filter(|_| response.status() == StatusCode::SEE_OTHER) {
        forget(&context, &headers, id).await;
    }
    if response.status() == StatusCode::UNAUTHORIZED
        && let Some(form) = response.extensions().get::<Kept>().filter(|form| form.says_something()).cloned()
        && let Some(browser) = cookie::browser(&headers, session::transport(&context.config))
    {
        match unsent::keep(&context, &browser, &form.action, &form.fields).await {
            Ok(kept_as) => drop(response.extensions_mut().insert(Kept { kept_as, ..form })),
            // The page gives it back all the same.
            Err(error) => tracing::warn!(cause = %error, "A form without a session could not be kept"),
        }
    }
    response
}

async fn forget(context: &Context, headers: &axum::http::HeaderMap, id: Uuid) {
    let done = async {
        let signed = session::signed(context, headers).await?;
        match signed {
            Some(signed) => match unsent::drop(&Call::new(context.clone(), signed.caller), id).await {
                // It was dropped elsewhere, or is somebody else's.
                Err(Error::NotFound) => Ok(()),
                done => done,
            },
            None => Ok(()),
        }
    };
    if let Err(error) = done.await {
        tracing::warn!(cause = %error, "A form that was sent is kept a while longer");
    }
}

fn sent(query: &str) -> Option<Uuid> {
    query.split('&').find_map(|pair| pair.strip_prefix(SENT)?.strip_prefix('=')?.parse().ok())
}
