//! What surrounds every page.

use serde::Serialize;

use super::Tone;
use crate::present::View;

/// A page: what surrounds it and what it is about.
#[derive(Clone, Debug, Serialize)]
pub struct Page<T: View> {
    /// The frame.
    pub layout: Layout,
    /// The content.
    pub body: T,
}

/// The frame of a page.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Layout {
    /// Of this page; the browser's title is made of it.
    pub title: String,
    /// Whose office this is.
    pub organisation: String,
    /// Who is signed in.
    pub person: Option<Signed>,
    /// The ways on top.
    pub nav: Vec<NavItem>,
    /// What just happened.
    pub flash: Option<Flash>,
    /// In the demo only.
    pub demo: Option<DemoBar>,
    /// Whether something on the page is wrong: the title then begins with `Error:`.
    pub error: bool,
}

/// Who is signed in.
#[derive(Clone, Debug, Serialize)]
pub struct Signed {
    /// The name.
    pub name: String,
    /// One to three letters.
    pub initials: String,
    /// `Coordinator`, `Content reviewer`; in words.
    pub duties: Vec<String>,
}

/// One way on top.
#[derive(Clone, Debug, Serialize)]
pub struct NavItem {
    /// The words.
    pub label: String,
    /// Where to.
    pub href: String,
    /// Whether the page belongs to it.
    pub current: bool,
    /// How many things wait there: `3`, `100+`.
    pub count: Option<String>,
}

/// What just happened, said once.
#[derive(Clone, Debug, Serialize)]
pub struct Flash {
    /// In a sentence.
    pub text: String,
    /// Good or bad.
    pub tone: Tone,
}

/// The demo's bar: its clock can be moved on (POST `/demo/clock` with `days`), and people changed.
#[derive(Clone, Debug, Serialize)]
pub struct DemoBar {
    /// The demo's date and time.
    pub now: String,
    /// Letters in the outbox.
    pub letters: u32,
}

impl<T: View> Page<T> {
    /// A page in its frame.
    pub fn new(layout: Layout, body: T) -> Self {
        Self { layout, body }
    }
}
