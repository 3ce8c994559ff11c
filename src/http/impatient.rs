//! Giving up on a database that does not answer: a request that takes long asks whether it lives, and if it does not, its
//! sender is told at once and not after the time-out.

use std::time::Duration;

use axum::{
    extract::{Request, State},
    middleware::Next,
    response::{IntoResponse, Response},
};
use tokio::time::sleep;

use super::{Problem, arrival::Complete};
use crate::usecase::Context;

/// How long a request is left alone, and how often it asks from then on.
const SOON: Duration = Duration::from_millis(300);

/// Ends a request in 503 while the database does not answer. One that brings a file is let be until it is here.
pub(super) async fn ask_the_database(State(context): State<Context>, request: Request, next: Next) -> Response {
    let complete = request.extensions().get::<Complete>().cloned();
    let mut answer = std::pin::pin!(next.run(request));
    loop {
        tokio::select! {
            answer = &mut answer => return answer,
            () = sleep(SOON) => {}
        }
        if complete.as_ref().is_some_and(|complete| !complete.is_true()) {
            continue;
        }
        if let Err(error) = context.feel_pulse().await {
            return Problem::from(error).into_response();
        }
    }
}
