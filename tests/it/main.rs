//! Integration tests: one binary, one file a feature.

#[cfg(test)]
mod access_matrix;
#[cfg(test)]
mod bad_input;
#[cfg(test)]
mod blind;
#[cfg(test)]
mod blob;
#[cfg(test)]
mod calendar;
#[cfg(test)]
mod command_line;
#[cfg(test)]
mod config;
#[cfg(test)]
mod conflicts;
#[cfg(test)]
mod crash;
#[cfg(test)]
mod demo;
#[cfg(test)]
mod download;
#[cfg(test)]
mod erasure;
#[cfg(test)]
mod first_use;
#[cfg(test)]
mod gallery;
#[cfg(test)]
mod hang_up;
#[cfg(test)]
mod harness;
#[cfg(test)]
mod house_rules;
#[cfg(test)]
mod http;
#[cfg(test)]
mod idempotency;
#[cfg(test)]
mod landing;
#[cfg(test)]
mod large_upload;
#[cfg(test)]
mod layers;
#[cfg(test)]
mod mail;
#[cfg(test)]
mod one_voice;
#[cfg(test)]
mod packaging;
#[cfg(test)]
mod pressure;
#[cfg(test)]
mod queue;
#[cfg(test)]
mod race;
#[cfg(test)]
mod retention;
#[cfg(test)]
mod robustness;
#[cfg(test)]
mod scanner;
#[cfg(test)]
mod sight;
#[cfg(test)]
mod statements;
#[cfg(test)]
mod store_contract;
#[cfg(test)]
mod story_accredited;
#[cfg(test)]
mod story_activity;
#[cfg(test)]
mod story_course;
#[cfg(test)]
mod story_disclosure;
#[cfg(test)]
mod story_docket;
#[cfg(test)]
mod story_self_study;
#[cfg(test)]
mod story_teaching;
#[cfg(test)]
mod timers;
#[cfg(test)]
mod token;
#[cfg(test)]
mod tutorial;
#[cfg(test)]
mod two_worlds;
#[cfg(test)]
mod typed;
#[cfg(test)]
mod workflows;
