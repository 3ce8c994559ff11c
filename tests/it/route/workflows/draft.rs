//! Drafts: saved as they are, checked, proposed once they are sound.

use serde_json::json;

use super::{SELF_STUDY, changed, house_of_two, propose, save, save_over, status};
use crate::harness::house::House;

#[tokio::test(flavor = "multi_thread")]
async fn a_draft_begins_with_the_active_text_and_is_kept_though_it_is_broken() {
    let house = House::open().await;
    let administrator = house.person("administrator");
    let begun = administrator.get("/workflows/self-study/draft").await;
    assert_eq!(begun.version(), "\"0\"");
    assert_eq!(begun["source"], SELF_STUDY);
    let broken = changed(&[("hours <= 8.0", "hour <= 8.0")]);
    save(&administrator, &broken).await.is(204);
    assert_eq!(house.person("auditor").get("/workflows/self-study/draft").await.ok()["source"], broken);

    let found = administrator.post("/workflows/self-study/check", &json!({})).await.ok();
    assert_eq!(found["ok"], false);
    let fault = &found["faults"][0];
    assert_eq!((fault["rule"].as_str(), fault["line"].is_u64()), (Some("condition"), true), "{found}");
    let refused = administrator.post("/workflows/self-study/draft/propose", &json!({})).await.is(422);
    let pointer = refused["errors"][0]["pointer"].as_str().expect("a place").to_owned();
    assert_eq!(pointer, format!("/source/{}/{}", fault["line"], fault["column"]));

    let sound = administrator.post("/workflows/self-study/check", &json!({ "source": SELF_STUDY })).await.ok();
    assert_eq!(sound["ok"], true);
    assert_eq!(sound["hash"], super::active(&administrator).await);
    house.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn of_two_who_edit_the_second_is_told_and_nothing_is_lost() {
    let house = house_of_two().await;
    let (one, other) = (house.person("administrator"), house.person("coordinator"));
    save_over(&one, "self-study", "\"0\"", "first").await.is(204);
    save_over(&other, "self-study", "\"0\"", "second").await.is(412);
    assert_eq!(one.get("/workflows/self-study/draft").await.ok()["source"], "first");
    save_over(&other, "self-study", "\"1\"", "second").await.is(204);
    save_over(&one, "self-study", "\"1\"", "third").await.is(412);
    house.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_proposed_version_waits_for_a_second_administrator_and_says_what_it_changes() {
    let house = house_of_two().await;
    let administrator = house.person("administrator");
    let hash = propose(
        &administrator,
        &changed(&[("[more-info], to: lapsed, after: P45D", "[more-info], to: lapsed, after: P60D")]),
    )
    .await;
    assert_eq!(status(&administrator, &hash).await, "checked");
    let read = administrator.get(&format!("/workflows/self-study/versions/{hash}")).await.ok();
    assert!(read["source"].as_str().expect("a text").contains("P60D"));
    let told = administrator.get(&format!("/workflows/self-study/versions/{hash}/difference")).await.ok();
    let expected = "Now: “No answer”: “More evidence asked” becomes “Lapsed” after 60 days. Before: “More evidence asked” becomes “Lapsed” \
                    after 45 days.";
    assert_eq!(told["differences"], json!([{ "part": "transition", "sentence": expected }]));
    let again = administrator.post("/workflows/self-study/draft/propose", &json!({})).await.is(409);
    assert!(again["detail"].as_str().expect("a sentence").contains("there already"));
    house.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_version_that_would_orphan_drafts_is_refused_with_what_to_do() {
    let house = house_of_two().await;
    let administrator = house.person("administrator");
    let reference = house.person("author").begin("self-study").await;
    let renamed =
        changed(&[("  draft:      { kind", "  entry:      { kind"), ("[draft]", "[entry]"), ("[draft,", "[entry,")]);
    save(&administrator, &renamed).await.is(204);
    let refused = administrator.post("/workflows/self-study/draft/propose", &json!({})).await.is(409);
    assert!(refused["detail"].as_str().expect("a sentence").contains("keep this name"), "{refused}");
    assert_eq!(house.person("author").state(&reference).await, "draft");
    house.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_new_workflow_begins_as_a_draft_and_is_there_once_it_is_activated() {
    let house = house_of_two().await;
    let (one, other) = (house.person("administrator"), house.person("coordinator"));
    let source = SELF_STUDY.replace("workflow: self-study  ", "workflow: home-study  ");
    save_over(&one, "home-study", "\"0\"", &source).await.is(204);
    let proposed = one.post("/workflows/home-study/draft/propose", &json!({})).await.is(201);
    let path = format!("/workflows/home-study/versions/{}/activate", proposed["hash"].as_str().expect("a hash"));
    house.person("author").post("/submissions", &json!({ "workflow": "home-study" })).await.is(404);
    other.post(&path, &json!({})).await.ok();
    house.person("author").begin("home-study").await;
    save_over(&one, "Home Study", "\"0\"", &source).await.faulty("/id", "text");
    save_over(&one, "other-study", "\"0\"", &source).await.is(204);
    one.post("/workflows/other-study/draft/propose", &json!({})).await.faulty("/source", "workflow");
    house.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_text_of_ten_megabytes_is_refused_and_a_null_character_too() {
    let house = House::open().await;
    let administrator = house.person("administrator");
    save_over(&administrator, "self-study", "\"0\"", &"# long\n".repeat(50_000)).await.is(413);
    administrator.post("/workflows/self-study/check", &json!({ "source": "a".repeat(10_000_000) })).await.is(413);
    house.person("author").get("/workflows/self-study/draft").await.is(403);
    house.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_draft_that_fails_a_proof_is_shown_the_way_there_and_cannot_be_proposed() {
    let house = House::open().await;
    let administrator = house.person("administrator");
    // A conflict found after the sampling would leave a recognition that nobody approved.
    let source = changed(&[
        ("when: \"approvals('assess') >= 1 && (kind != 'point-of-care'", "when: \"(kind != 'point-of-care'"),
        ("when: \"approvals('assess') < 1\"", "when: \"approvals('assess') < 0\""),
    ]);
    let found = administrator.post("/workflows/self-study/check", &json!({ "source": source })).await.ok();
    assert_eq!((&found["ok"], &found["proven"]), (&json!(false), &json!(null)));
    let faults = found["faults"].as_array().expect("faults");
    let failed = faults.iter().find(|fault| fault["rule"] == "prove").unwrap_or_else(|| panic!("{found}"));
    let steps = failed["counterexample"].as_array().expect("steps");
    assert!(steps[0].as_str().expect("text").starts_with("1. the author takes"), "{steps:?}");
    save(&administrator, &source).await.is(204);
    administrator.post("/workflows/self-study/draft/propose", &json!({})).await.is(422);
    house.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_definition_that_explodes_is_refused_and_the_server_goes_on_answering() {
    let house = House::open_with(&[("configurations", "1000")]).await;
    let administrator = house.person("administrator");
    let course = include_str!("../../../../workflows/course-accreditation.yaml");
    let changed = course.replacen("limits: { rounds: 2", "limits: { rounds: 4", 1);
    let body = json!({ "source": changed });
    let checking = administrator.post("/workflows/course-accreditation/check", &body);
    let reading = async {
        for _ in 0..20 {
            administrator.get("/me").await.ok();
        }
    };
    let (found, ()) = tokio::join!(checking, reading);
    let found = found.ok();
    assert_eq!(found["faults"].as_array().map(Vec::len), Some(1), "{found}");
    assert_eq!(found["faults"][0]["rule"], "too-large");
    assert!(found["faults"][0]["message"].as_str().expect("text").contains("more than 1000 configurations"), "{found}");
    house.close().await;
}
