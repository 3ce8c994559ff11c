//! Groups that workflows need.

use imprimatur::{clock::new_id, domain::GroupId, store::Group};

use super::{changed, house_of_two, in_force};
use crate::harness::form::sent_self_study;

#[tokio::test(flavor = "multi_thread")]
async fn a_group_that_holds_a_task_or_that_a_workflow_needs_is_not_removed() {
    let house = house_of_two().await;
    let (author, administrator) = (house.person("author"), house.person("administrator"));
    let group = Group {
        id: GroupId(new_id()),
        organisation: house.organisation,
        slug: "assessors".to_owned(),
        title: "Assessors".to_owned(),
    };
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
