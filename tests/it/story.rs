//! Stories from the first answer to the end, as people meet them.

mod absences;
mod accredited;
mod activity;
mod again;
mod conflict_of_interest;
mod course;
mod demo;
mod disclosure;
mod docket;
mod first_use;
mod given_disclosure;
mod parties;
mod redaction;
mod repeats;
mod seats;
mod self_study;
mod teaching;
mod timers;
mod tutorial;
