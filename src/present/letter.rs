//! Letters: each begins with whose attention is needed, and by when.

pub mod absence;
pub mod address;
pub mod alarm;
pub mod disclosure;
pub mod invitation;
pub mod news;
mod party;
pub mod reset;
pub mod second_factor;
pub mod trial;

use serde::Serialize;

/// Which submission a letter is about.
#[derive(Clone, Debug, Serialize)]
pub struct About {
    pub reference: String,
    pub title: String,
}

impl About {
    pub(crate) fn subject(&self) -> String {
        format!("{}: {}", self.reference, self.title)
    }
}
