//! Both databases answer alike: the same history, written by chance, happens in two offices, one on SQLite and one on
//! PostgreSQL. Every answer is the same, and all that can be read in the end.
//!
//! `ALIKE_STEPS=5000` makes it longer; `ALIKE_SEED`, which a failure tells, plays the same again. Where there is no server there is
//! nothing to compare. It was seen to fail: a null character in a path was 404 here and 422 there, and two changes of the
//! organisation that went by one version were both taken on PostgreSQL.

mod history;
mod twins;

use std::{collections::BTreeMap, env, str::FromStr};

use futures_util::future::join_all;
use imprimatur::clock;
use reqwest::{Method, header};
use serde_json::{Value, json};

use crate::harness::{
    client::{Answer, send},
    form::{PDF, assessment, self_study, sent_self_study},
    house::{House, email},
};
use history::{History, read_everything};
use twins::Twins;

/// Drafts before all else, so that lists have more than one page.
const DRAFTS: usize = 55;

fn setting<T: FromStr>(name: &str) -> Option<T> {
    env::var(name).ok()?.parse().ok()
}

#[tokio::test(flavor = "multi_thread")]
async fn one_history_after_another_is_the_same_on_both_databases() {
    let [a, b, c, d, ..] = clock::random();
    let seed = setting("ALIKE_SEED").unwrap_or(u64::from(u32::from_be_bytes([a, b, c, d])));
    let Some(mut twins) = Twins::open(seed).await else { return };
    let mut history = History::new(seed);
    for _ in 0..DRAFTS {
        history.begin(&mut twins).await;
    }
    for _ in 0..setting("ALIKE_STEPS").unwrap_or(200) {
        history.step(&mut twins).await;
    }
    twins.wait(24).await;
    read_everything(&mut twins, &history).await;
    Box::pin(twins.close()).await;
}

/// How often each status was answered.
fn counted(answers: &[Answer]) -> BTreeMap<u16, usize> {
    let mut counted = BTreeMap::new();
    for answer in answers {
        *counted.entry(answer.status).or_default() += 1;
    }
    counted
}

/// Who comes first is chance; how many are told what is not.
#[tokio::test(flavor = "multi_thread")]
async fn what_many_do_at_once_ends_the_same_on_both_databases() {
    let Some(twins) = Twins::open(0).await else { return };
    let [first, second] = &twins.houses;
    let (first, second) = tokio::join!(at_once(first), at_once(second));
    assert_eq!(first, second, "SQLite on the left, PostgreSQL on the right");
    Box::pin(twins.close()).await;
}

/// What comes of what many do at once: how many were told what, and how it stands then.
type Ends = Vec<(&'static str, Value)>;

async fn at_once(house: &House) -> Ends {
    let mut ends = writing(house).await;
    ends.extend(keeping_house(house).await);
    ends.extend(judging(house).await);
    ends
}

/// How often each status was answered, as it is compared.
fn end(what: &'static str, answers: &[Answer]) -> (&'static str, Value) {
    (what, counted(answers).into_iter().map(|(status, many)| format!("{status}: {many}")).collect())
}

/// The authors.
async fn writing(house: &House) -> Ends {
    let author = house.person("author");
    let mut ends = Ends::new();
    let draft = json!({ "workflow": "self-study" });
    let others = [house.person("author"), house.person("other-author")];
    let begun = join_all((0..32).map(|turn| others[turn % 2].post("/submissions", &draft))).await;
    ends.push(end("drafts", &begun));

    let reference = author.begin("self-study").await;
    let names: Vec<String> = (0..12).map(|number| format!("{number}.pdf")).collect();
    let uploads = join_all(names.iter().map(|name| author.attach(&reference, "evidence", name, PDF))).await;
    ends.push(end("uploads", &uploads));

    let seen = author.read(&reference).await.etag();
    let filled = self_study(house, "2.00");
    let answers = join_all((0..8).map(|_| author.answer_version(&reference, &seen, &filled))).await;
    ends.push(end("answers to one version", &answers));

    let keyed = async |_| {
        let request = author.request(Method::POST, "/submissions").await.header("idempotency-key", "once");
        send(request.json(&draft)).await
    };
    ends.push(end("one request repeated", &join_all((0..12).map(keyed)).await));

    let read = author.read(&reference).await.ok();
    ends.push(("files", json!(read["files"].as_array().map(Vec::len))));
    let mine = author.get("/submissions").await.ok();
    ends.push(("submissions on the first page", json!(mine["items"].as_array().map(Vec::len))));
    ends
}

/// The administrator, from many windows, and somebody who goes away.
async fn keeping_house(house: &House) -> Ends {
    let administrator = house.person("administrator");
    let mut ends = Ends::new();
    let newcomer = json!({ "email": "new@academy.example", "name": "Nora Quist", "groups": ["committee"] });
    let invited = join_all((0..12).map(|_| administrator.post("/people", &newcomer))).await;
    ends.push(end("invitations of one", &invited));
    let people = administrator.get("/people?search=quist").await.ok();
    ends.push(("people of one name", json!(people["items"].as_array().map(Vec::len))));

    let rename = async |number: usize| {
        let request = administrator.request(Method::PATCH, "/groups/committee").await;
        send(request.json(&json!({ "title": format!("Committee {number}") }))).await
    };
    ends.push(end("new names of a group", &join_all((0..12).map(rename)).await));

    let seen = administrator.get("/organisation").await.etag();
    let change = async |number: usize| {
        let request = administrator.request(Method::PATCH, "/organisation").await.header(header::IF_MATCH, &seen);
        send(request.json(&json!({ "short": format!("A{number}") }))).await
    };
    ends.push(end("changes of one organisation", &join_all((0..8).map(change)).await));

    let leaver = house.person("second-assessor");
    let absence = json!({ "first": house.day(3).to_string(), "last": house.day(9).to_string() });
    ends.push(end("absences", &join_all((0..8).map(|_| leaver.post("/me/absences", &absence))).await));
    ends.push(("absences in the end", json!(leaver.get("/me/absences").await.ok().as_array().map(Vec::len))));
    ends
}

/// Two assessors and an author.
async fn judging(house: &House) -> Ends {
    let author = house.person("author");
    let assessors = [house.person("assessor"), house.person("second-assessor")];
    let mut ends = Ends::new();
    let sent = sent_self_study(house, &author, "4.00").await;
    let claims = join_all((0..16).map(|turn| assessors[turn % 2].claim(&sent, "assess"))).await;
    ends.push(end("claims of one seat", &claims));
    let first = claims.iter().position(|answer| answer.status == 200).expect("somebody sits");
    let assessor = &assessors[first % 2];
    let (verdict, nothing) = (assessment("approve"), json!({}));
    let verdicts = join_all((0..12).map(|_| assessor.judge(&sent, "assess", &verdict))).await;
    ends.push(end("verdicts in one seat", &verdicts));

    let torn = sent_self_study(house, &author, "4.00").await;
    assessor.claim(&torn, "assess").await.ok();
    let (approved, withdrawn) =
        tokio::join!(assessor.judge(&torn, "assess", &verdict), author.fire(&torn, "withdraw", &nothing));
    let taken = [&approved, &withdrawn].iter().filter(|answer| answer.status == 200).count();
    ends.push(("a verdict beside a withdrawal", json!(taken)));
    let credited = usize::from(author.state(&torn).await == "recognised");
    assert_eq!(house.ledger_of(&email("author")).await.len(), 1 + credited);
    ends
}
