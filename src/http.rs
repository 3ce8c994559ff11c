//! HTTP: the routes, and nothing but reading a request, calling one use case and answering.
//!
//! `page/` answers people with HTML, `api/` answers programs with JSON; both call the same use cases. `show/` turns
//! what use cases return into views: all wording that depends on who reads is decided there.

use std::sync::Arc;

use crate::{usecase::Context, view::Views};

/// What every handler works with.
#[derive(Clone)]
pub struct Site {
    /// For the use cases.
    pub context: Context,
    /// For the pages.
    pub views: Arc<Views>,
}
