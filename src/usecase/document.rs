//! Evidence: uploading, listing, opening, taking away.

mod alarm;
mod hold;
mod open;
mod remove;
mod scan;
mod survey;
mod sweep;
mod upload;

pub use alarm::{Faulty, faulty};
pub use hold::{hold, release};
pub use open::{Readable, find};
pub use remove::remove;
pub use scan::scan;
pub use survey::{Depth, Oddity, Surveyed, survey, watch};
pub use sweep::{Left, Swept, Turn, delete_removed, last_sweep, sweep};
pub use upload::{Upload, upload};
