//! The engine's rules, on the two shipped workflows.

mod awards;
mod calendar;
mod histories;
mod office;
mod reviews;
mod sending;
mod staffing;
mod tables;
mod timers;
