//! The stories: one for every state of every shipped workflow, so that each can be looked at.

mod course;
mod self_study;

use serde_json::{Value, json};

use super::play::{Asked, Deed, Story};

/// All of them.
pub(super) fn all() -> Vec<Story> {
    self_study::stories().into_iter().chain(course::stories()).collect()
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
