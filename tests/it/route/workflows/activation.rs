//! Activation: by a second administrator, one at a time, and never under what was sent.

use futures_util::future::join_all;
use serde_json::json;

use super::{activate, activate_over, active, changed, house_of_two, in_force, propose, second_administrator, status};
use crate::harness::{form::sent_self_study, house::House, workflow_files::take_over};

#[tokio::test(flavor = "multi_thread")]
async fn what_one_proposed_another_activates_and_what_was_sent_stays_on_its_version() {
    let house = house_of_two().await;
    let (author, administrator) = (house.person("author"), house.person("administrator"));
    let sent = sent_self_study(&house, &author, "4").await;
    let draft = author.begin("self-study").await;
    let (before, after) = in_force(&house, &changed(&[("label: Being assessed", "label: In assessment")])).await;

    assert_eq!(active(&administrator).await, after);
    assert_eq!(status(&administrator, &before).await, "replaced", "something open follows it");
    assert_eq!(author.read(&sent).await.ok()["definition"], before);
    assert_eq!(author.read(&draft).await.ok()["definition"], after, "a draft follows the newest");
    let versions = administrator.get("/workflows/self-study/versions").await.ok();
    let last = &versions["activations"][0];
    assert_eq!((&last["hash"], &last["replaced"], &last["alone"]), (&json!(after), &json!(before), &json!(false)));
    assert_eq!(last["by"]["name"], "coordinator, MD");
    let old =
        versions["versions"].as_array().expect("versions").iter().find(|version| version["hash"] == before.as_str());
    assert_eq!(old.expect("the version before")["open"], json!({ "assessment": 1 }));

    author.fire(&sent, "withdraw", &json!({})).await.ok();
    assert_eq!(status(&administrator, &before).await, "retired", "nothing open follows it any more");
    house.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_author_of_a_change_does_not_activate_it_alone() {
    let house = house_of_two().await;
    let administrator = house.person("administrator");
    let hash = propose(&administrator, &changed(&[("after: P45D", "after: P60D")])).await;
    let before = active(&administrator).await;
    let refused = activate_over(&administrator, &hash, &before, Some("It is urgent.")).await.is(403);
    assert!(refused["detail"].as_str().expect("a sentence").contains("another administrator"), "{refused}");
    assert_eq!(active(&administrator).await, before);
    house.person("auditor").post(&format!("/workflows/self-study/versions/{hash}/activate"), &json!({})).await.is(403);
    house.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_only_administrator_gives_a_reason_and_the_log_says_so() {
    let house = House::open().await;
    let administrator = house.person("administrator");
    let hash = propose(&administrator, &changed(&[("after: P45D", "after: P60D")])).await;
    activate(&administrator, &hash).await.faulty("/reason", "missing");
    let before = active(&administrator).await;
    activate_over(&administrator, &hash, &before, Some("Nobody else is here.")).await.ok();
    let versions = administrator.get("/workflows/self-study/versions").await.ok();
    let last = &versions["activations"][0];
    assert_eq!((&last["alone"], &last["reason"]), (&json!(true), &json!("Nobody else is here.")));
    let log = house
        .database
        .view()
        .await
        .log(&imprimatur::model::TrailFilter::default(), None, None, 10)
        .await
        .expect("a log");
    let line = log.rows.iter().find(|line| line.act == "workflow-activated").expect("a line");
    assert_eq!((&line.detail["alone"], &line.subject), (&json!(true), &"self-study".to_owned()));
    second_administrator(&house).await;
    activate_over(&administrator, &before, &hash, None).await.ok();
    house.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn of_many_who_activate_at_once_one_does() {
    let house = house_of_two().await;
    let (one, other) = (house.person("administrator"), house.person("coordinator"));
    let before = active(&one).await;
    let first = propose(&one, &changed(&[("after: P45D", "after: P60D")])).await;
    let second = propose(&one, &changed(&[("after: P45D", "after: P90D")])).await;
    let answers =
        join_all((0..8).map(|turn| activate_over(&other, if turn % 2 == 0 { &first } else { &second }, &before, None)))
            .await;
    let mut told: Vec<u16> = answers.iter().map(|answer| answer.status).collect();
    told.sort_unstable();
    assert_eq!(told, [200, 409, 409, 409, 409, 409, 409, 409]);
    let versions = one.get("/workflows/self-study/versions").await.ok();
    assert_eq!(versions["activations"].as_array().expect("activations").len(), 2);
    house.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_seeds_and_does_not_undo_what_an_administrator_activated() {
    let house = house_of_two().await;
    let administrator = house.person("administrator");
    let context = &house.app.context;
    let seeded = active(&administrator).await;
    let file = |text: String| vec![("self-study.yaml".to_owned(), text)];
    take_over(context, &file(changed(&[("after: P45D", "after: P50D")]))).await.expect("taken over");
    let second = active(&administrator).await;
    assert_ne!(second, seeded, "a changed file counts as long as nobody activated another version");
    take_over(context, &file(changed(&[]))).await.expect("taken over");
    assert_eq!(active(&administrator).await, seeded, "also one that goes back");

    let (_, chosen) = in_force(&house, &changed(&[("after: P45D", "after: P60D")])).await;
    take_over(context, &file(changed(&[("after: P45D", "after: P70D")]))).await.expect("kept");
    assert_eq!(active(&administrator).await, chosen);
    assert_eq!(context.definitions.outvoted(), ["self-study.yaml"]);
    let versions = administrator.get("/workflows/self-study/versions").await.ok();
    let newest = &versions["versions"][0];
    assert_eq!(newest["status"], "checked", "{versions}");
    activate(&administrator, newest["hash"].as_str().expect("a hash")).await.ok();
    house.close().await;
}
