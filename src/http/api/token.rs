//! Access tokens, and the keys they are verified with.

use axum::{
    Json,
    extract::State,
    http::{HeaderMap, HeaderValue, header},
    response::{IntoResponse, Response},
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};

use super::call::recognise;
use crate::{
    http::{Problem, Site, client, input},
    usecase::{
        Error,
        account::{self, Credentials, Issued},
    },
};

/// The route of tokens.
pub(super) fn router() -> OpenApiRouter<Site> {
    OpenApiRouter::new().routes(routes!(token))
}

/// The route of the keys.
pub(super) fn keys() -> OpenApiRouter<Site> {
    OpenApiRouter::new().routes(routes!(jwks))
}

/// Who wants a token: address and password, or nothing with the session cookie of a signed-in browser.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"email": "ana@example.org", "password": "correct horse battery staple"}))]
struct TokenIn {
    /// The address.
    email: Option<String>,
    /// The password.
    password: Option<String>,
    /// With a second factor: what its app shows, or a recovery code. Without it the answer is 401 with the type
    /// `urn:imprimatur:problem:code-required`.
    code: Option<String>,
}

/// An access token (the shape of RFC 6749, 5.1).
#[derive(Serialize, ToSchema)]
#[schema(example = json!({"access_token": "eyJ0eXAiOiJhdCtqd3QiLCJhbGciOiJFUzI1NiIsImtpZCI6…", "token_type": "Bearer", "expires_in": 900}))]
struct TokenOut {
    /// What the `Authorization` header carries after `Bearer`.
    access_token: String,
    /// How it is sent.
    token_type: TokenType,
    /// Seconds it is good for.
    expires_in: i64,
}

/// How a token is sent.
#[derive(Clone, Copy, Serialize, ToSchema)]
enum TokenType {
    /// In the header `Authorization`, after this word.
    Bearer,
}

/// A set of public keys (RFC 7517).
#[derive(ToSchema)]
#[expect(dead_code, reason = "describes what the token library writes")]
struct KeysOut {
    /// Each with `kty`, `crv`, `x`, `y`, `kid`, `use`.
    #[schema(value_type = Vec<Object>)]
    keys: Vec<()>,
}

/// Get an access token
///
/// With e-mail and password, and a code where there is a second factor, or from a signed-in browser's session with an empty object. It is short-lived; get a new
/// one when it ends. Its holder has the rights that the person has at that moment.
#[utoipa::path(post, path = "/token", tag = "Me", request_body = TokenIn, security((), ("session" = [])),
    responses((status = 200, description = "The token; it is shown once", body = TokenOut)))]
async fn token(
    State(site): State<Site>,
    from: client::Client,
    headers: HeaderMap,
    input::Json(body): input::Json<TokenIn>,
) -> Result<Json<TokenOut>, Problem> {
    let issued = issue(&site, from, &headers, body).await?;
    let expires_in = issued.lifetime.as_secs();
    Ok(Json(TokenOut { access_token: issued.token, token_type: TokenType::Bearer, expires_in }))
}

async fn issue(site: &Site, from: client::Client, headers: &HeaderMap, body: TokenIn) -> Result<Issued, Error> {
    match (body.email, body.password) {
        (None, None) => account::issue_token(&site.context, recognise(site, headers).await?.person.id).await,
        (email, password) => {
            let (email, password) = (email.unwrap_or_default(), password.unwrap_or_default());
            let known = Credentials { email: &email, password: &password, code: body.code.as_deref() };
            account::issue_token_by_password(&site.context, known, &from.told(headers)).await
        }
    }
}

/// Public keys of access tokens
#[utoipa::path(get, path = "/.well-known/jwks.json", tag = "Public", security(()),
    responses((status = 200, description = "A JWK set", body = KeysOut)))]
async fn jwks(State(site): State<Site>) -> Result<Response, Problem> {
    let keys = account::published_keys(&site.context).await?;
    // A key is published a day before it signs, so nobody who caches for an hour meets one unknown.
    let cached = [(header::CACHE_CONTROL, HeaderValue::from_static("public, max-age=3600"))];
    Ok((cached, Json(keys)).into_response())
}
