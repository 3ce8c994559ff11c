//! The stories: of courses and self-studies one for every state, of the other workflows some, so that each can be looked at.

mod activity;
mod course;
mod disclosure;
mod self_study;
mod teaching;

use serde_json::{Value, json};

use super::play::{Asked, Deed, Story};

/// All of them.
pub(super) fn all() -> Vec<Story> {
    [self_study::stories(), course::stories(), activity::stories(), disclosure::stories(), teaching::stories()].concat()
}

/// A step without a reason, answers or requests.
fn fire(who: &'static str, step: &'static str) -> Deed {
    Deed::Fire { who, step, note: None, asked: json!({}), requests: &[] }
}

/// A step with a reason.
fn fire_because(who: &'static str, step: &'static str, note: &'static str) -> Deed {
    Deed::Fire { who, step, note: Some(note), asked: json!({}), requests: &[] }
}

/// A step with answers.
fn fire_with(who: &'static str, step: &'static str, asked: Value) -> Deed {
    Deed::Fire { who, step, note: None, asked, requests: &[] }
}

/// A step that asks for changes.
fn fire_asking(who: &'static str, step: &'static str, note: &'static str, requests: Asked) -> Deed {
    Deed::Fire { who, step, note: Some(note), asked: json!({}), requests }
}
