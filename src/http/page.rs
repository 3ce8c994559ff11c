//! Pages: HTML for people.

use axum::Router;

use super::{Problem, Site};
use crate::view::Views;

/// All pages.
pub fn router() -> Router<Site> {
    Router::new()
}

/// What went wrong, as a page.
pub fn failed(_views: &Views, problem: &Problem) -> String {
    problem.title.to_owned()
}
