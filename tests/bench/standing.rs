//! How long it takes to say how somebody with a long history stands with twelve requirements, beside a plain sum of the
//! same credits in the same run.

use std::{
    collections::BTreeMap,
    hint::black_box,
    time::{Duration, Instant},
};

use imprimatur::{
    app::{requirement_catalogue, requirements},
    requirement::{Book, Case, Credit, Earned, Requirement, cases, evaluate, load},
};
use jiff::{ToSpan as _, civil::Date};

use crate::{line, number};

/// The worked histories of the tests: real credentials, facts and kinds of credit.
const CASES: &str = include_str!("../it/command_line/requirement/golden.yaml");

/// So many files at once.
const FILES: usize = 12;

/// What one may take, for a history of a hundred thousand credits.
const LIMIT: Duration = Duration::from_millis(50);

pub(crate) fn run() {
    let catalogue = requirement_catalogue(None).expect("facts and topics");
    let files: BTreeMap<String, Requirement> = requirements(None)
        .expect("requirement files")
        .into_iter()
        .map(|(_, text)| load(&text, &catalogue).expect("a sound file").0)
        .map(|requirement| (requirement.id.clone(), requirement))
        .collect();
    let all = cases(CASES, &catalogue).expect("sound cases");
    // Files without a case of their own are asked for the person of the first.
    let own = |requirement: &Requirement| all.iter().find(|case| case.requirement == requirement.id);
    let mut asked: Vec<(&Requirement, &Case)> =
        files.values().map(|requirement| (requirement, own(requirement).unwrap_or(&all[0]))).collect();
    asked.sort_by_key(|(requirement, case)| requirement.id != case.requirement);
    asked.truncate(FILES);
    assert_eq!(asked.len(), FILES, "too few files");
    for many in [1_000, 10_000, 100_000, 1_000_000] {
        let credits = history(&all, many);
        let sum = best(|| {
            black_box(black_box(&credits).iter().map(|credit| credit.amount.hundredths()).sum::<i64>());
        });
        let standing = best(|| {
            let book = Book::of(&credits);
            for (requirement, case) in &asked {
                black_box(evaluate(requirement, &case.credential, &case.facts, &book, case.as_of));
            }
        });
        let milliseconds = |time: Duration| time.as_secs_f64() * 1_000.0;
        line(&format!("standing: {FILES} files, {many} credits"), milliseconds(standing), "ms");
        line("  a plain sum of the same credits", milliseconds(sum), "ms");
        if many == 100_000 {
            line("  the limit", milliseconds(LIMIT), "ms");
        }
    }
}

/// Credits of the kinds that the cases have, evenly over the forty years before the last of them.
fn history(cases: &[Case], many: usize) -> Vec<Credit> {
    let kinds: Vec<&Credit> =
        cases.iter().flat_map(|case| &case.credits).filter(|credit| credit.reverses.is_none()).collect();
    let last: Date = cases.iter().map(|case| case.as_of).max().expect("a case");
    (0..many)
        .map(|at| {
            let days = i64::try_from(at * 14_600 / many).expect("a few days");
            Credit {
                id: format!("c{at}"),
                earned: Earned::On(last.saturating_sub((14_600 - days).days())),
                activity: None,
                ..kinds[at % kinds.len()].clone()
            }
        })
        .collect()
}

/// The quickest of several.
fn best(mut work: impl FnMut()) -> Duration {
    let rounds = number("BENCH_ROUNDS", 25).clamp(3, 9);
    let timed = |()| {
        let start = Instant::now();
        work();
        start.elapsed()
    };
    std::iter::repeat_n((), usize::try_from(rounds).unwrap_or(3)).map(timed).min().expect("a round")
}
