//! Evidence: uploading, listing, opening, taking away.

mod open;
mod remove;
mod sweep;
mod upload;

pub use open::{Readable, find};
pub use remove::remove;
pub use sweep::sweep;
pub use upload::{Upload, upload};
