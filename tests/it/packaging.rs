//! What `packaging/` gives to whoever installs: units and proxies. The Debian package and the image are the business of
//! `tests/packaging/run`.

mod proxy;
mod unit;
