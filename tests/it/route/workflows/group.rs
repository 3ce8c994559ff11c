//! Groups that workflows need.

use imprimatur::{clock::new_id, domain::GroupId, model::Group, usecase::admin};

use super::{changed, house_of_two, in_force};
use crate::harness::form::sent_self_study;

#[tokio::test(flavor = "multi_thread")]
async fn a_group_that_holds_a_task_or_that_a_workflow_needs_is_not_removed() {
    let house = house_of_two().await;
    let (author, administrator) = (house.person("author"), house.person("administrator"));
    let group = Group { id: GroupId(new_id()), slug: "assessors".to_owned(), title: "Assessors".to_owned() };
    let tx = house.database.begin().await;
    tx.add_group(&group).await.unwrap();
    tx.commit().await.unwrap();
    house.join("assessors", "other-author").await;
    let sent = sent_self_study(&house, &author, "4").await;
    in_force(&house, &changed(&[("self-study-assessors", "assessors")])).await;

    for slug in ["self-study-assessors", "assessors"] {
        let refused = administrator.delete(&format!("/groups/{slug}")).await.is(409);
        assert!(refused["detail"].as_str().unwrap().contains("(self-study)"), "{refused}");
    }
    author.fire(&sent, "withdraw", &serde_json::json!({})).await.ok();
    administrator.delete("/groups/self-study-assessors").await.is(204);
    administrator.delete("/groups/self-study-assessors").await.is(404);
    house.person("coordinator").delete("/groups/nobody").await.is(404);
    house.person("auditor").delete("/groups/assessors").await.is(403);
    house.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_group_that_becomes_too_small_alarms_the_administrators_once_each_time() {
    let house = house_of_two().await;
    let administrator = house.person("administrator");
    let seat = |key: &str| format!("/groups/self-study-assessors/members/{}", house.id(key));
    let alarms = async || {
        house.work().await;
        let letters = house.letters_to("administrator").await;
        letters.iter().filter(|letter| letter.subject.starts_with("Too few people")).count()
    };
    let told = async || {
        let short = admin::all_shortages(&house.app.context).await.unwrap();
        short.iter().any(|short| short.contains("self-study: 1 of 2 as assessor at Academy"))
    };
    assert!(!told().await);
    administrator.delete(&seat("second-assessor")).await.is(204);
    assert_eq!(alarms().await, 1);
    assert_eq!(house.letters_to("coordinator").await.len(), 1, "every administrator");
    assert!(told().await);
    administrator.delete(&seat("assessor")).await.is(204);
    assert_eq!(alarms().await, 1, "they know");
    house.join("self-study-assessors", "assessor").await;
    house.join("self-study-assessors", "second-assessor").await;
    assert!(!told().await);
    let suspended = serde_json::json!({ "standing": "suspended" });
    let path = format!("/people/{}", house.id("assessor"));
    crate::harness::client::send(administrator.request(reqwest::Method::PATCH, &path).await.json(&suspended))
        .await
        .ok();
    assert_eq!(alarms().await, 2, "it is too small again");
    house.close().await;
}
