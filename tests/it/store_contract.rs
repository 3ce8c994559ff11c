//! What the store promises, the same on both databases.

mod changing;
mod growing;
mod integrity;
mod lists;
mod looking;
mod nouns;
mod opening;
mod racing;
mod references;
