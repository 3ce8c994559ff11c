//! Signing in.

use serde::Serialize;

use crate::present::View;

/// Sign in with e-mail address and password; posts `email`, `password`, `next` to `/sign-in`.
#[derive(Clone, Debug, Serialize)]
pub struct SignIn {
    /// As typed before.
    pub email: String,
    /// Why it did not work.
    pub fault: Option<String>,
    /// Where to go afterwards, from `/`.
    pub next: Option<String>,
    /// In the demo: people to be, by what they do; each posts `person` to `/demo/sign-in`.
    pub demo: Vec<DemoGroup>,
}

/// Demo people who do the same thing.
#[derive(Clone, Debug, Serialize)]
pub struct DemoGroup {
    /// `Submit`, `Review`, `Run the office`.
    pub title: String,
    /// The people.
    pub people: Vec<DemoPerson>,
}

/// Somebody to be in the demo.
#[derive(Clone, Debug, Serialize)]
pub struct DemoPerson {
    /// Posted as `person`.
    pub id: String,
    /// The name.
    pub name: String,
    /// One to three letters.
    pub initials: String,
    /// `Family physician with a self-study to send`.
    pub what: String,
}

impl View for SignIn {
    const TEMPLATE: &'static str = "page/sign_in.html";
}
