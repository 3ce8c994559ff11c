//! The queue and 'your turn' with few and with many submissions: the time should not grow with the list.

use std::{collections::BTreeMap, time::Instant};

use reqwest::Client;

use crate::{line, number, office::Office, span, study::Study};

pub(crate) async fn run() {
    let office = Office::open().await;
    let study = Study::of(&office, Vec::new()).await;
    let mut there = 0;
    let mut few = BTreeMap::new();
    for size in [1_000, number("BENCH_MANY", 100_000)] {
        let start = Instant::now();
        study.copy(&office, there, size).await;
        there = size;
        println!("# {size} submissions, filled in {:.0} s", start.elapsed().as_secs_f64());
        let [_, assessor, coordinator] = &office.tokens;
        for (what, path, token) in [
            ("queue, oldest first", "/api/v1/queue", coordinator),
            ("queue, due first", "/api/v1/queue?sort=due-first", coordinator),
            ("queue, search for a word in every title", "/api/v1/queue?search=diabetes", coordinator),
            ("your turn", "/api/v1/me/turn", assessor),
        ] {
            let mut times = measure(&format!("{}{path}", office.url), token).await;
            times.sort_by(f64::total_cmp);
            let at = |share: usize| times[(times.len() * share / 100).min(times.len() - 1)];
            line(&format!("{what}, {size} submissions: median"), at(50), "ms");
            let first = *few.entry(what).or_insert_with(|| at(50));
            line("  of the time with the shorter list", 100.0 * at(50) / first, "%");
            line("  99th percentile", at(99), "ms");
        }
    }
}

async fn measure(url: &str, token: &str) -> Vec<f64> {
    let client = Client::new();
    let (start, mut times) = (Instant::now(), Vec::new());
    while start.elapsed() < span() {
        let asked = Instant::now();
        let answer = client.get(url).bearer_auth(token).send().await.expect("an answer");
        assert!(answer.status().is_success(), "{url}: {}", answer.status());
        answer.bytes().await.expect("a body");
        times.push(asked.elapsed().as_secs_f64() * 1000.0);
    }
    times
}
