//! A bound on the requests worked on at a time: more are turned away at once, before all become slow.

use std::sync::Arc;

use axum::{
    Router,
    extract::{Request, State},
    middleware::{self, Next},
    response::{IntoResponse, Response},
};
use tokio::sync::Semaphore;

use super::Problem;

/// Bounds what the routes of `router` work on together; beyond it the answer is 503 with `Retry-After`.
///
/// A request counts until its answer begins: an upload all the while it comes in, a download not while it goes out.
pub fn bounded<S: Clone + Send + Sync + 'static>(router: Router<S>, most: usize) -> Router<S> {
    router.route_layer(middleware::from_fn_with_state(Arc::new(Semaphore::new(most)), admit))
}

async fn admit(State(places): State<Arc<Semaphore>>, request: Request, next: Next) -> Response {
    match places.try_acquire() {
        Ok(_place) => next.run(request).await,
        Err(_) => Problem::unavailable().into_response(),
    }
}
