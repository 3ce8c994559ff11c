//! What the tests stand on.

pub(crate) mod book;
pub(crate) mod browser;
pub(crate) mod bucket;
pub(crate) mod client;
pub(crate) mod database;
pub(crate) mod form;
pub(crate) mod house;
pub(crate) mod post_office;
pub(crate) mod process;
pub(crate) mod proxy;
pub(crate) mod route;
pub(crate) mod running;
pub(crate) mod sample;
pub(crate) mod tool;
pub(crate) mod workflow_files;
