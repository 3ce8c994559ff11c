//! What is late is late everywhere: on Home, in the queue, in its filter and order, on its page, in the API.

use jiff::Timestamp;
use serde_json::{Value, json};

use super::Visitor;
use crate::harness::{
    client::Client,
    form::{sent_course, sent_self_study},
    house::House,
};

async fn queued(person: &Client, query: &str) -> Vec<Value> {
    person.get(&format!("/queue?{query}")).await.ok()["items"].as_array().cloned().unwrap()
}

fn references(rows: &[Value]) -> Vec<&str> {
    rows.iter().filter_map(|row| row["reference"].as_str()).collect()
}

/// With the rule of before nothing was late once its time-out had moved it on.
#[tokio::test(flavor = "multi_thread")]
async fn what_a_time_out_led_on_stays_late_until_somebody_of_the_office_sees_to_it() {
    let house = House::open().await;
    let author = house.person("author");
    let late = sent_self_study(&house, &author, "2.00").await;
    let coordinator = Visitor::enter(&house, "coordinator").await;
    let home = coordinator.reads("/").await;
    assert!(home.contains("1 needs somebody") && home.contains("the longest for 0 days"), "{home}");
    assert!(queued(&house.person("coordinator"), "attention=overdue").await.is_empty());

    for _ in 0..31 {
        house.advance(1).await;
    }
    assert_eq!(house.person("coordinator").state(&late).await, "overdue");
    for _ in 0..132 {
        house.skip(1).await;
    }
    let coordinator = Visitor::enter(&house, "coordinator").await;
    let punctual = sent_self_study(&house, &author, "2.00").await;
    let office = house.person("coordinator");
    let rows = queued(&office, "attention=overdue&life=open").await;
    assert_eq!(references(&rows), [late.as_str()]);
    assert!(rows[0]["due"].as_str().unwrap() <= rows[0]["since"].as_str().unwrap(), "{rows:?}");
    assert_eq!(references(&queued(&office, "sort=due-first&life=open").await), [&late, &punctual].map(String::as_str));

    let home = coordinator.reads("/").await;
    // By the office's dates: with summer time in between a day more or less, in the hour before its midnight.
    let since: Timestamp = rows[0]["since"].as_str().unwrap().parse().unwrap();
    let since = since.in_tz("America/Chicago").unwrap().date();
    let oldest = format!("the oldest {} days", since.until(house.day(0)).unwrap().get_days());
    for told in ["2 need somebody", "1 late", oldest.as_str(), late.as_str()] {
        assert!(home.contains(told), "{told}: {home}");
    }
    assert!(!home.contains("Nothing waits for you"), "{home}");
    let queue = coordinator.reads("/queue?attention=overdue").await;
    assert!(queue.contains(&late) && !queue.contains(&punctual) && queue.contains("tag bad"), "{queue}");
    assert!(coordinator.reads(&format!("/s/{late}")).await.contains("Late since"));
    let auditor = Visitor::enter(&house, "auditor").await;
    assert!(auditor.reads("/").await.contains("1 late"));

    // Whoever holds it is told so too.
    let lead = house.person("lead");
    let turns = lead.get("/me/turn").await.ok();
    assert!(turns["items"][0]["late_since"].is_string(), "{turns}");
    assert!(Visitor::enter(&house, "lead").await.reads("/").await.contains("Late since"));

    lead.fire(&late, "reassign", &json!({})).await.ok();
    assert!(queued(&office, "attention=overdue").await.is_empty(), "its time begins anew");
    house.close().await;
}

/// What its author owes is not the office's to be late with.
#[tokio::test(flavor = "multi_thread")]
async fn what_waits_for_its_author_is_not_late() {
    let house = House::open().await;
    let reference = sent_course(&house, &house.person("author"), 30).await;
    house
        .person("screener")
        .fire(
            &reference,
            "send-back",
            &json!({
                "note": "The agenda is missing.", "answers": { "reasons": ["incomplete"] }
            }),
        )
        .await
        .ok();
    house.skip(20).await;
    let office = house.person("coordinator");
    assert!(queued(&office, "attention=overdue").await.is_empty());
    house.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn states_belong_to_their_workflow_and_bear_their_own_names() {
    let house = House::open().await;
    let reference = sent_self_study(&house, &house.person("author"), "2.00").await;
    let coordinator = Visitor::enter(&house, "coordinator").await;
    let queue = coordinator.reads("/queue").await;
    // Four workflows have a state `overdue`.
    for (id, label) in [
        ("self-study/overdue", "Overdue, with the lead assessor"),
        ("teaching/overdue", "Confirmation overdue"),
        ("course-accreditation/overdue", "Committee decision overdue"),
    ] {
        let option = queue.split(&format!("value=\"{id}\"")).nth(1).unwrap_or_else(|| panic!("{id}: {queue}"));
        assert!(option.split("</option>").next().unwrap().ends_with(label), "{id}");
    }
    assert!(coordinator.reads("/queue?state=self-study%2Fassessment").await.contains(&reference));
    assert!(!coordinator.reads("/queue?state=teaching%2Fassessment").await.contains(&reference));
    let office = house.person("coordinator");
    let refused = office.get("/queue?state=assessment").await.is(422);
    assert_eq!(refused["errors"][0]["code"], "of-no-workflow", "{refused}");
    assert_eq!(references(&queued(&office, "workflow=self-study&state=assessment").await), [reference.as_str()]);
    house.close().await;
}
