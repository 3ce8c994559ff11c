//! The engine's rules, on shipped workflows.

mod awards;
mod calendar;
mod changes;
mod histories;
mod migration;
mod office;
mod replay;
mod reviews;
mod sending;
mod staffing;
mod tables;
mod timers;
