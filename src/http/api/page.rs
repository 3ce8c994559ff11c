//! Pages of lists: read on by the link in the header, `Link: <…>; rel="next"` (RFC 8288).

use axum::{
    http::{HeaderValue, Uri, header},
    response::{IntoResponse, Response},
};
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

/// Which page.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(super) struct PageIn {
    /// Where to read on: from the `Link` header of the page before.
    pub(super) cursor: Option<String>,
}

/// A page of a list.
#[derive(Serialize, ToSchema)]
pub(super) struct PageOut<T> {
    /// The rows.
    items: Vec<T>,
    /// Where the next page begins, if there is one; the `Link` header has the whole address.
    next: Option<String>,
}

/// A page with the link to the next one; `parameter` is what the address calls its place.
pub(super) fn page<T: Serialize>(uri: &Uri, parameter: &str, items: Vec<T>, next: Option<String>) -> Response {
    let link = next.as_deref().and_then(|next| link(uri, parameter, next));
    let mut response = axum::Json(PageOut { items, next }).into_response();
    if let Some(link) = link {
        response.headers_mut().insert(header::LINK, link);
    }
    response
}

/// The same address with another place to read from; filters stay.
fn link(uri: &Uri, parameter: &str, next: &str) -> Option<HeaderValue> {
    let kept = uri.query().unwrap_or_default().split('&').filter(|pair| !pair.is_empty());
    let mut query: Vec<String> =
        kept.filter(|pair| pair.split('=').next() != Some(parameter)).map(str::to_owned).collect();
    query.push(format!("{parameter}={}", utf8_percent_encode(next, NON_ALPHANUMERIC)));
    HeaderValue::from_str(&format!("<{}?{}>; rel=\"next\"", uri.path(), query.join("&"))).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_next_page_keeps_the_filters_and_replaces_the_place() {
        let uri: Uri = "/api/v1/queue?state=assessment&cursor=old&search=a%20b".parse().expect("an address");
        let link = link(&uri, "cursor", "n/e=w").expect("a header");
        let expected = "</api/v1/queue?state=assessment&search=a%20b&cursor=n%2Fe%3Dw>; rel=\"next\"";
        assert_eq!(link, expected);
    }

    #[test]
    fn the_last_page_has_no_link() {
        let response = page::<u8>(&Uri::from_static("/api/v1/queue"), "cursor", Vec::new(), None);
        assert!(!response.headers().contains_key(header::LINK));
    }
}
