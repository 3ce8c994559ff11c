//! Integration tests: one binary, one file a feature.

#[cfg(test)]
mod access_matrix;
#[cfg(test)]
mod bad_input;
#[cfg(test)]
mod blob;
#[cfg(test)]
mod calendar;
#[cfg(test)]
mod command_line;
#[cfg(test)]
mod config;
#[cfg(test)]
mod crash;
#[cfg(test)]
mod demo;
#[cfg(test)]
mod hang_up;
#[cfg(test)]
mod harness;
#[cfg(test)]
mod http;
#[cfg(test)]
mod layers;
#[cfg(test)]
mod mail;
#[cfg(test)]
mod race;
#[cfg(test)]
mod store_contract;
#[cfg(test)]
mod story_course;
#[cfg(test)]
mod story_self_study;
#[cfg(test)]
mod timers;
#[cfg(test)]
mod token;
