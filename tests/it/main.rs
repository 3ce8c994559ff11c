//! All integration tests: one binary, one module a feature.

#[cfg(test)]
mod harness;
#[cfg(test)]
mod store_contract;
