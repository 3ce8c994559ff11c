//! What the program does in a second, beside what the machine would allow in the same run.
//!
//! `cargo bench` runs everything; `cargo bench -- lists` one part of `engine`, `explore`, `lifecycle`, `lists`, `replay`,
//! `standing`, `upload`.
//! `BENCH_SECONDS` (5) bounds each measurement, `BENCH_SIZES` (1000,100000) are the stores that are set side by side,
//! `BENCH_ROUNDS` (25) how often each is asked, `BENCH_FINISHED` (10000) what is replayed; `BENCH_DATABASE_URL` names a
//! PostgreSQL server on which databases may be made, in the place of SQLite. Figures differ from run to run on a shared machine: compare lines of one run.

#![expect(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::string_slice,
    reason = "a measurement that cannot go on stops, and says where"
)]

mod engine;
mod explore;
mod lifecycle;
mod lists;
mod multiply;
mod office;
mod replay;
mod standing;
mod study;
mod upload;

use std::time::Duration;

/// How long one measurement takes.
pub(crate) fn span() -> Duration {
    Duration::from_secs(number("BENCH_SECONDS", 5))
}

/// A number from the environment.
pub(crate) fn number(name: &str, default: u64) -> u64 {
    std::env::var(name).ok().and_then(|text| text.parse().ok()).unwrap_or(default)
}

/// One line of the result.
pub(crate) fn line(what: &str, value: f64, unit: &str) {
    println!("{what:<64} {value:>12.1} {unit}");
}

fn main() {
    // cargo passes `--bench`; what else is there names a part.
    let wanted: Vec<String> = std::env::args().skip(1).filter(|word| !word.starts_with("--")).collect();
    let runs = |part: &str| wanted.is_empty() || wanted.iter().any(|word| word == part);
    if runs("engine") {
        engine::run();
    }
    if runs("explore") {
        explore::run();
    }
    if runs("standing") {
        standing::run();
    }
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().expect("a runtime");
    runtime.block_on(async {
        if runs("lifecycle") {
            lifecycle::run().await;
        }
        if runs("lists") {
            lists::run().await;
        }
        if runs("replay") {
            replay::run().await;
        }
        if runs("upload") {
            upload::run().await;
        }
    });
}
