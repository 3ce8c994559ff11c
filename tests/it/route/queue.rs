//! The office's queue: what comes first, and what somebody does not see in it.

use serde_json::{Value, json};

use crate::harness::{
    client::Client,
    form::{asking, assessment, sent_self_study},
    house::House,
};

async fn queued(person: &Client, query: &str) -> Vec<String> {
    let rows = person.get(&format!("/queue{query}")).await.ok()["items"].as_array().cloned().unwrap_or_default();
    rows.iter().filter_map(|row: &Value| row["reference"].as_str().map(str::to_owned)).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn what_waits_for_the_office_comes_before_what_waits_for_authors_however_old() {
    let house = House::open().await;
    let (author, assessor) = (house.person("author"), house.person("assessor"));
    let returned = sent_self_study(&house, &author, "2.00").await;
    let wish = asking(assessment("revise"), ("reflection", "Say what you will do differently."));
    assessor.claim(&returned, "assess").await.ok();
    assessor.judge(&returned, "assess", &wish).await.ok();
    house.advance(2).await;
    let older = sent_self_study(&house, &author, "2.00").await;
    house.advance(1).await;
    let newer = sent_self_study(&house, &author, "2.00").await;
    let coordinator = house.person("coordinator");
    assert_eq!(queued(&coordinator, "?life=open").await, [&older, &newer, &returned].map(String::as_str));

    author.resolve(&returned, 1, "Done.").await.ok();
    author.fire(&returned, "answered", &json!({})).await.ok();
    assert_eq!(queued(&coordinator, "?life=open").await, [&older, &newer, &returned].map(String::as_str));
    house.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn who_runs_the_queue_sees_neither_his_own_work_in_it_nor_what_he_has_a_conflict_with() {
    let house = House::open().await;
    // Only who could act on it can have a conflict with it.
    house.join("audit", "coordinator").await;
    let coordinator = house.person("coordinator");
    let other = sent_self_study(&house, &house.person("author"), "2.00").await;
    let own = sent_self_study(&house, &coordinator, "2.00").await;
    assert_eq!(queued(&coordinator, "").await, [other.as_str()]);
    assert_eq!(queued(&house.person("auditor"), "").await.len(), 2);
    coordinator.recuse(&other, "My sister wrote it.").await.ok();
    assert_eq!(queued(&coordinator, "").await, [""; 0]);
    assert_eq!(queued(&coordinator, &format!("?search={own}")).await, [""; 0]);
    house.close().await;
}
