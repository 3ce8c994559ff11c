//! What a form asks, what was typed into it, and what is wrong with that.

pub mod data;
pub mod fault;
pub mod field;
