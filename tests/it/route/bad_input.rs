//! Bad input over the API: an error that says what to do, and a database that is as it was before.

mod act;
mod answer;
mod body;
mod credential;
mod csrf;
mod file;
mod malformed;

use crate::harness::house::House;

/// Files that lie in the document store, also those that are only staged.
fn files(house: &House) -> usize {
    fn count(directory: &std::path::Path) -> usize {
        let Ok(entries) = std::fs::read_dir(directory) else { return 0 };
        let paths = entries.map(|entry| entry.unwrap().path());
        paths.map(|path| if path.is_dir() { count(&path) } else { 1 }).sum()
    }
    let imprimatur::blob::Place::Directory(directory) = &house.app.context.config.blobs else { return 0 };
    count(directory)
}
