//! Integration tests: one binary. `route` for what is answered, `story` for what people go through, `robustness` for what fails
//! around them; the rest is about one adapter, the store, the command line or the sources.

#[cfg(test)]
mod blob;
#[cfg(test)]
mod command_line;
#[cfg(test)]
mod config;
#[cfg(test)]
mod harness;
#[cfg(test)]
mod layers;
#[cfg(test)]
mod mail;
#[cfg(test)]
mod packaging;
#[cfg(test)]
mod retention;
#[cfg(test)]
mod robustness;
#[cfg(test)]
mod route;
#[cfg(test)]
mod statements;
#[cfg(test)]
mod store_contract;
#[cfg(test)]
mod story;
