//! What the routes answer to whom: pages and API, one rule for what one may know, and what is refused.

mod access_matrix;
mod admin_etag;
mod bad_input;
mod blind;
mod calendar;
mod conflicts;
mod download;
mod erasure;
mod gallery;
mod idempotency;
mod landing;
mod office;
mod one_voice;
mod other_address;
mod own_account;
mod queue;
mod scanner;
mod second_factor;
mod shell;
mod sight;
mod token;
mod trail;
mod two_worlds;
mod typed;
mod unsaved;
mod unsent;
pub(crate) mod workflows;
