//! The queue and 'your turn' with few and with many submissions: the time should not grow with the list.

use std::{
    collections::{BTreeMap, BTreeSet},
    time::Instant,
};

use imprimatur::{
    clock::new_id,
    domain::{Calendar, SubmissionId},
    store::Submission,
    workflow::{Actor, Facts, Item, begin, decide, turns},
};
use jiff::tz::TimeZone;
use reqwest::Client;

use crate::{
    engine::{answers, send},
    line, number,
    office::Office,
    span,
};

pub(crate) async fn run() {
    let office = Office::open().await;
    let mut there = 0;
    let mut few = BTreeMap::new();
    for size in [1_000, number("BENCH_MANY", 100_000)] {
        let start = Instant::now();
        fill(&office, there, size).await;
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

/// Adds self-studies that wait for an assessor, a thousand a change. All are copies of one that was really sent.
async fn fill(office: &Office, from: u64, to: u64) {
    let context = &office.app.context;
    let view = context.store.view().await.expect("a look");
    let definition = context.definitions.current(&view, "self-study").await.expect("a definition");
    let slugs = ["self-study-assessors", "self-study-leads", "audit"].map(str::to_owned);
    let groups = view.members(office.organisation, &slugs).await.expect("members");
    drop(view);
    let (answers, conflicted, now) = (answers(), BTreeSet::new(), context.clock.now());
    let facts = Facts {
        now,
        calendar: &Calendar::plain(TimeZone::UTC),
        actor: Actor::Person(office.author),
        answers: &answers,
        in_force: &answers,
        records: &BTreeMap::new(),
        groups: &groups,
        conflicted: &conflicted,
        foresight: None,
    };
    let mut events = begin(&definition, office.author, &facts);
    let draft = Item::replay(office.author, &events);
    events.extend(decide(&definition, &draft, &send(), &facts).expect("a complete draft"));
    let item = Item::replay(office.author, &events);
    let turns = turns(&definition, &item, &facts);
    let mut number = from;
    while number < to {
        let tx = context.store.begin().await.expect("a change");
        for _ in 0..1_000.min(to - number) {
            number += 1;
            let submission = Submission {
                id: SubmissionId(new_id()),
                organisation: office.organisation,
                workflow: definition.workflow.clone(),
                definition: definition.hash.clone(),
                reference: format!("SS-2026-{number:06}"),
                title: format!("Diabetes, part {number}"),
                submitter: office.author,
                item: item.clone(),
                answers: answers.clone(),
                version: 1,
                begun_at: now,
                updated_at: now,
                sent_at: Some(now),
            };
            tx.add_submission(&submission, &events, &turns).await.expect("a submission");
        }
        tx.commit().await.expect("a commit");
    }
}
