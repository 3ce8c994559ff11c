//! kill -9 while people work: whatever was acknowledged is there afterwards, and nothing is half there.
//!
//! `CRASH_ROUNDS` makes it longer than the ten rounds of every run.
//!
//! Seen to fail: with `Tx::commit` returning at once and committing 30 ms later in a task of its own, it ends in the first round
//! with `404 Not Found` for a submission whose creation had been acknowledged.

use std::{env, time::Duration};

use futures_util::future::join_all;
use imprimatur::domain::Duty;
use reqwest::Method;
use serde_json::json;
use tokio::time::sleep;

use crate::{
    harness::{
        book::{self, Book, Staff, answers, compare, credits_stand},
        client::Client,
        form::pdf,
        process::{Installation, Part, Server},
    },
    route::workflows::{self, migration},
};

#[tokio::test(flavor = "multi_thread")]
async fn what_was_acknowledged_survives_a_kill_in_the_middle_of_work() {
    let rounds: u64 = env::var("CRASH_ROUNDS").map_or(10, |rounds| rounds.parse().expect("a number"));
    let installation = book::house(Installation::founded).await;
    let staff = Staff::of(&installation);
    let book = Book::default();
    let mut compared = 0;
    for round in 0..rounds {
        let server = installation.serve();
        let authors = staff.authors(&server.url);
        let known = book.records();
        compare(&known[compared..], &authors).await;
        compared = known.len();
        let days: Vec<_> = authors
            .iter()
            .enumerate()
            .map(|(number, author)| tokio::spawn(book.clone().day(number, author.clone(), staff.assessor(&server.url))))
            .collect();
        // Most rounds end when something was finished, some before that may be; never at the same moment.
        if round % 3 != 0 {
            book.more_than(book.recognised()).await;
        }
        sleep(Duration::from_millis(250 + 83 * (round * 7 % 11))).await;
        server.kill();
        for day in days {
            assert_eq!(day.await.expect("no answer but yes"), 0, "the server failed before it was killed");
        }
    }
    let server = installation.serve();
    let authors = staff.authors(&server.url);
    let known = book.records();
    compare(&known, &authors).await;
    credits_stand(&known, &authors).await;
    let doctor = installation.run(&["doctor"]).ok();
    assert!(!doctor.contains("WRONG"), "{doctor}");
    assert!(server.stop().0.success());
    let recognised = book.recognised();
    assert!(recognised > 5, "only {recognised} of {} were finished: nothing was tested", known.len());
    eprintln!("{rounds} kills, {} submissions, {recognised} recognised", known.len());
}

/// Submissions that a migration takes over.
const MANY: usize = 200;

/// Sends so many self-studies, some at a time.
async fn sent(author: &Client) {
    let one = async || {
        let reference = author.begin("self-study").await;
        author.answer(&reference, &answers("A study that waits")).await.ok();
        author.attach(&reference, "evidence", "log.pdf", pdf(2_000, &reference)).await.ok();
        author.fire(&reference, "submit", &json!({})).await.ok();
    };
    for _ in 0..MANY / 8 {
        join_all((0..8).map(|_| one())).await;
    }
}

/// How many open submissions follow each version.
async fn open(who: &Client, versions: (&str, &str)) -> (u64, u64) {
    let found = who.get("/workflows/self-study/versions").await.ok();
    let of = |hash: &str| {
        let version = found["versions"].as_array().unwrap().iter().find(|version| version["hash"] == hash).unwrap();
        version["open"].as_object().unwrap().values().map(|open| open.as_u64().unwrap()).sum()
    };
    (of(versions.0), of(versions.1))
}

#[tokio::test(flavor = "multi_thread")]
async fn a_migration_that_is_killed_in_the_middle_takes_nothing_over() {
    let administrators = &[Duty::Administrator][..];
    let people: [Part<'_>; 3] = [("ana", &[], &[]), ("one", administrators, &[]), ("other", administrators, &[])];
    let installation = Installation::founded(&people).await;
    let [author, one, other] = ["ana", "one", "other"].map(|key| installation.token(key));
    let server = installation.serve();
    let client = |server: &Server, token: &String| Client::with_token(server.url.clone(), token.clone());
    sent(&client(&server, &author)).await;
    let (planner, runner) = (client(&server, &one), client(&server, &other));
    let before = workflows::active(&planner).await;
    let after = workflows::propose(&planner, &migration::renamed()).await;
    workflows::activate(&runner, &after).await.ok();
    let plan = migration::plan(&planner, (&before, &after), migration::whole()).await.is(201);
    let run = migration::path(&plan, "/run");
    server.kill();

    let all = u64::try_from(MANY).unwrap();
    let mut killed = 0;
    for round in 0.. {
        let server = installation.serve();
        let runner = client(&server, &other);
        let counted = open(&runner, (&before, &after)).await;
        if counted == (0, all) {
            break;
        }
        assert_eq!(counted, (all, 0), "half of them went over");
        let asked = runner.request(Method::POST, &run).await.json(&json!({}));
        let under_way = tokio::spawn(async move { asked.send().await.is_ok() });
        // Longer and longer, until it is done before the kill.
        sleep(Duration::from_millis(200 << round)).await;
        killed += u32::from(!under_way.is_finished());
        server.kill();
        let _cut_or_answered = under_way.await;
    }
    assert!(killed > 1, "it was never killed in the middle");
    let doctor = installation.run(&["doctor"]).ok();
    assert!(!doctor.contains("WRONG"), "{doctor}");
    eprintln!("{killed} kills in the middle of a migration of {MANY}");
}
