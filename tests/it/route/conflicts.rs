//! What lists hold and what one submission says are one rule: people, submissions and conflicts at random, on either
//! database. A conflict that only one of the two knows shows as a row that cannot be opened, or as one that is missing.

use std::collections::{BTreeMap, BTreeSet};

use imprimatur::domain::Duty::{Auditor, Coordinator};
use proptest::{
    collection::vec,
    prelude::*,
    strategy::ValueTree,
    test_runner::{Config, RngAlgorithm, TestRng, TestRunner},
};
use serde_json::json;

use crate::harness::{
    form::{PDF, course},
    house::{House, email},
};

/// Everybody who may be the author, named, recused, of the office or of its group.
const PEOPLE: [&str; 7] = ["author", "other-author", "coordinator", "auditor", "screener", "second-screener", "lead"];

/// Those who send something in.
const AUTHORS: [&str; 3] = ["author", "other-author", "lead"];

/// Of the group that all submissions wait for.
const SCREENERS: [&str; 4] = ["screener", "second-screener", "lead", "other-author"];

/// Those who have the queue.
const OVERSEERS: [&str; 5] = ["coordinator", "auditor", "lead", "screener", "other-author"];

/// Where somebody works: nowhere that is known, or in one of three houses, however it is written.
const INSTITUTIONS: [&str; 7] =
    ["", " ", "General Hospital", " GENERAL hospital ", "Klinik Süd", "KLINIK Sud", "Elsewhere"];

/// Those who write or read along, and are asked nothing themselves.
const ALONG: [(&str, &str); 2] = [("sponsor", "writes"), ("chief", "reads")];

/// An author, who writes along, who is named, and who steps back.
type Sent = (usize, Vec<bool>, Vec<bool>, Vec<bool>);

fn sent() -> impl Strategy<Value = Sent> {
    let some = || vec(prop::bool::weighted(0.2), PEOPLE.len());
    (0..AUTHORS.len(), vec(prop::bool::weighted(0.3), ALONG.len()), some(), some())
}

fn chosen(flags: &[bool]) -> impl Iterator<Item = &'static str> {
    PEOPLE.into_iter().zip(flags).filter(|(_, chosen)| **chosen).map(|(key, _)| key)
}

async fn send_in(house: &House, (author, along, named, recused): &Sent) -> (String, &'static str) {
    let key = AUTHORS[*author];
    let author = house.person(key);
    let reference = author.begin("course-accreditation").await;
    let mut answers = course(house, 30);
    for key in chosen(named) {
        let named = json!({ "name": key, "email": email(key), "part": "Speaker", "disclosure": "" });
        answers["faculty"].as_array_mut().expect("people").push(named);
    }
    author.answer(&reference, &answers).await.ok();
    for ((key, right), _) in ALONG.into_iter().zip(along).filter(|(_, chosen)| **chosen) {
        let body = json!({ "name": key, "email": email(key), "right": right });
        author.post(&format!("/submissions/{reference}/authors"), &body).await.ok();
    }
    author.attach(&reference, "materials", "slides.pdf", PDF).await.ok();
    author.fire(&reference, "submit", &json!({})).await.ok();
    for key in chosen(recused) {
        // Who has no part in it, or a conflict already, is turned away.
        drop(house.person(key).recuse(&reference, "We published together this year.").await);
    }
    (reference, key)
}

/// What a list of the API holds, which is less than a page.
async fn listed(house: &House, key: &str, path: &str) -> BTreeSet<String> {
    let list = house.person(key).get(path).await.ok();
    let rows = list["items"].as_array().expect("rows").iter();
    rows.map(|row| row["reference"].as_str().expect("a reference").to_owned()).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_list_holds_what_can_be_opened_and_nothing_else() {
    let house = House::open().await;
    for (key, duty) in [("other-author", Coordinator), ("lead", Coordinator), ("screener", Auditor)] {
        house.change(key, |person| person.duties.extend([duty])).await;
    }
    for key in ["lead", "other-author"] {
        house.join("accreditation-office", key).await;
    }
    let rng = TestRng::from_seed(RngAlgorithm::ChaCha, &[9; 32]);
    let mut random = TestRunner::new_with_rng(Config::default(), rng);
    let mut submissions: BTreeMap<String, &str> = BTreeMap::new();
    for sent in vec(sent(), 10).new_tree(&mut random).expect("a tree").current() {
        let (reference, author) = send_in(&house, &sent).await;
        submissions.insert(reference, author);
    }
    for key in AUTHORS {
        submissions.insert(house.person(key).begin("course-accreditation").await, key);
    }
    let (mut open, mut closed) = (0, 0);
    for round in 0..8 {
        let many = PEOPLE.len() + ALONG.len();
        let at = vec(0..INSTITUTIONS.len(), many).new_tree(&mut random).expect("a tree").current();
        for (key, at) in PEOPLE.into_iter().chain(ALONG.map(|(key, _)| key)).zip(&at) {
            house.change(key, |person| INSTITUTIONS[*at].clone_into(&mut person.affiliation)).await;
        }
        for key in PEOPLE.into_iter().filter(|key| SCREENERS.contains(key) || OVERSEERS.contains(key)) {
            let mut seen = BTreeSet::new();
            for (reference, _) in submissions.iter().filter(|(_, author)| **author != key) {
                match house.person(key).read(reference).await.status {
                    200 => drop(seen.insert(reference.clone())),
                    status => assert_eq!(status, 404, "{key}: {reference}"),
                }
            }
            open += seen.len();
            closed += submissions.len() - seen.len();
            let told = format!("round {round}, {key}, {at:?}");
            if OVERSEERS.contains(&key) {
                assert_eq!(listed(&house, key, "/queue").await, seen, "the queue: {told}");
                assert_eq!(listed(&house, key, "/queue?life=open&sort=title").await, seen, "the open ones: {told}");
            }
            if SCREENERS.contains(&key) {
                let mut turn = listed(&house, key, "/me/turn").await;
                turn.retain(|reference| submissions[reference] != key);
                assert_eq!(turn, seen, "whose turn: {told}");
            }
        }
    }
    assert!(open > 40 && closed > 40, "hardly anything to compare: {open} and {closed}");
    house.close().await;
}
