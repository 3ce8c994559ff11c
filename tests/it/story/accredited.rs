//! What can happen to a course between the committee's yes and its end: conditions, changes, suspension, renewal.

use serde_json::json;

use crate::harness::{
    form::{self, CREDITS, accredited_course, content, interest, judge_course, reviewed_course},
    house::House,
};

#[tokio::test(flavor = "multi_thread")]
async fn conditions_that_are_not_met_by_their_day_let_the_approval_lapse() {
    let house = House::open().await;
    let (author, chair, screener) = (house.person("author"), house.person("chair"), house.person("screener"));
    let reference = reviewed_course(&house, &author, 60).await;
    let until = |day: i64| json!({ "note": "The agreement is unsigned.", "answers": { "credits": CREDITS, "conditions_due": house.day(day).to_string() } });
    chair.fire(&reference, "approve-conditionally", &until(0)).await.refused("unmet");
    let after = chair.fire(&reference, "approve-conditionally", &until(60)).await.refused("unmet");
    assert!(after["detail"].as_str().unwrap().contains("before the course begins"), "{after}");
    chair.fire(&reference, "approve-conditionally", &until(20)).await.ok();
    assert_eq!(house.nobody().get("/catalogue").await.ok()["items"], json!([]), "it is not accredited yet");
    author.fire(&reference, "conditions-sent", &json!({})).await.ok();
    let again =
        json!({ "note": "One signature is missing.", "answers": { "conditions_due": house.day(25).to_string() } });
    screener.fire(&reference, "conditions-open", &again).await.ok();
    house.skip(25).await;
    assert_eq!(author.state(&reference).await, "conditional");
    house.skip(1).await;
    assert_eq!(author.state(&reference).await, "lapsed");

    let met = reviewed_course(&house, &author, 60).await;
    chair.fire(&met, "approve-conditionally", &until(20)).await.ok();
    author.fire(&met, "conditions-sent", &json!({})).await.ok();
    screener.fire(&met, "conditions-met", &json!({})).await.ok();
    assert_eq!(house.nobody().get("/catalogue").await.ok()["items"][0]["reference"], json!(met));
    house.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_minor_change_counts_once_the_office_accepts_it_and_the_term_does_not_begin_anew() {
    let house = House::open().await;
    let (author, screener, nobody) = (house.person("author"), house.person("screener"), house.nobody());
    let reference = accredited_course(&house, &author, 40).await;
    let until = nobody.get(&format!("/catalogue/{reference}")).await.ok()["until"].clone();
    house.skip(5).await;
    author.fire(&reference, "amend", &json!({})).await.ok();
    author.answer(&reference, &json!({ "title": "Chronic wounds, seen again", "place": "Hastings" })).await.ok();
    let what = json!({ "answers": { "change": "The hall in Kearney is closed; we move to Hastings." } });
    author.fire(&reference, "change-sent", &what).await.ok();
    let shown = nobody.get(&format!("/catalogue/{reference}")).await.ok();
    assert_eq!(shown["title"], "Chronic wounds in home care", "not approved yet");
    screener.fire(&reference, "accept-change", &json!({})).await.ok();
    let shown = nobody.get(&format!("/catalogue/{reference}")).await.ok();
    assert_eq!((&shown["title"], &shown["until"]), (&json!("Chronic wounds, seen again"), &until));
    house.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_major_change_is_reviewed_again_and_a_refused_one_leaves_what_was_accredited() {
    let house = House::open().await;
    let (author, screener, chair) = (house.person("author"), house.person("screener"), house.person("chair"));
    let reference = accredited_course(&house, &author, 40).await;
    let what = json!({ "answers": { "change": "Ben Wolfe is replaced, the afternoon is new." } });
    for outcome in ["refuse-change", "approve-change"] {
        author.fire(&reference, "amend", &json!({})).await.ok();
        author.answer(&reference, &json!({ "title": format!("After {outcome}") })).await.ok();
        author.fire(&reference, "change-sent", &what).await.ok();
        screener.fire(&reference, "change-to-review", &json!({})).await.ok();
        judge_change(&house, &reference).await;
        let step = match outcome {
            "refuse-change" => json!({ "note": "The new speaker has not disclosed." }),
            _ => json!({ "answers": { "credits": "3.50" } }),
        };
        chair.fire(&reference, outcome, &step).await.ok();
        assert_eq!(author.state(&reference).await, "maintained");
        let title = match outcome {
            "refuse-change" => json!("Chronic wounds in home care"),
            _ => json!("After approve-change"),
        };
        assert_eq!(author.read(&reference).await.ok()["answers"]["title"], title);
        let listed = house.nobody().get("/catalogue").await.ok();
        assert_eq!(listed["items"][0]["title"], title);
    }
    assert_eq!(house.nobody().get("/catalogue").await.ok()["items"][0]["maximum"], "3.50");
    // One that is only begun can be left, however incomplete it is by then.
    author.fire(&reference, "amend", &json!({})).await.ok();
    author.answer(&reference, &json!({ "title": null })).await.ok();
    author.fire(&reference, "change-sent", &what).await.faulty("/title", "missing");
    author.fire(&reference, "change-dropped", &json!({})).await.ok();
    assert_eq!(author.read(&reference).await.ok()["answers"]["title"], "After approve-change");
    house.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_suspended_course_is_not_offered_until_it_is_reinstated_and_a_revoked_one_never_again() {
    let house = House::open().await;
    let (author, chair, nobody) = (house.person("author"), house.person("chair"), house.nobody());
    let reference = accredited_course(&house, &author, 40).await;
    for _ in 0..2 {
        chair.fire(&reference, "suspend", &json!({ "note": "A complaint." })).await.ok();
        assert_eq!(nobody.get("/catalogue").await.ok()["items"], json!([]));
        chair.fire(&reference, "reinstate", &json!({})).await.ok();
        assert_eq!(nobody.get("/catalogue").await.ok()["items"][0]["reference"], json!(reference));
    }
    chair.fire(&reference, "revoke", &json!({ "note": "The complaint was right." })).await.ok();
    assert_eq!(nobody.get("/catalogue").await.ok()["items"], json!([]), "although it never took place");
    house.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn enduring_material_is_renewed_for_another_term_before_its_own_ends() {
    let house = House::open().await;
    let (author, chair) = (house.person("author"), house.person("chair"));
    let reference = author.begin("course-accreditation").await;
    author.answer(&reference, &form::course(&house, 30)).await.ok();
    let assessment = "Twelve questions on cases; 75 percent is the passing mark.";
    let last = house.day(30 + 1_097).to_string();
    author.answer(&reference, &json!({ "format": "enduring", "assessment": assessment, "ends_on": last })).await.ok();
    author.attach(&reference, "materials", "slides.pdf", form::PDF).await.ok();
    author.fire(&reference, "submit", &json!({})).await.refused("unmet");
    author.answer(&reference, &json!({ "ends_on": house.day(30 + 1_095).to_string() })).await.ok();
    author.fire(&reference, "submit", &json!({})).await.ok();
    house.person("screener").fire(&reference, "to-review", &json!({})).await.ok();
    judge_course(&house, &reference, ["first-reviewer", "second-reviewer"], &content("approve")).await;
    chair.fire(&reference, "approve", &json!({ "answers": { "credits": CREDITS } })).await.ok();
    house.skip(34 * 30).await;
    assert_eq!(author.state(&reference).await, "expiring");
    assert_eq!(author.turn().await, [reference.as_str()]);
    author.fire(&reference, "apply-again", &json!({})).await.ok();
    author.answer(&reference, &json!({ "ends_on": house.day(3 * 365).to_string() })).await.ok();
    let what = json!({ "answers": { "change": "The references are new; nothing else changes." } });
    author.fire(&reference, "change-sent", &what).await.ok();
    house.person("screener").fire(&reference, "change-to-review", &json!({})).await.ok();
    judge_change(&house, &reference).await;
    // The office took longer than the term had left; that is not the author's loss.
    house.skip(100).await;
    assert_eq!(author.state(&reference).await, "change-decision");
    chair.fire(&reference, "renew", &json!({ "answers": { "credits": CREDITS } })).await.ok();
    assert_eq!(author.state(&reference).await, "maintained");
    assert_eq!(house.nobody().get("/catalogue").await.ok()["items"][0]["reference"], json!(reference));
    house.close().await;
}

/// Two reviewers and an officer approve a change.
async fn judge_change(house: &House, reference: &str) {
    for (who, track, verdict) in [
        ("third-reviewer", "changed-content", content("approve")),
        ("officer", "changed-interest", interest("approve")),
        ("fourth-reviewer", "changed-content", content("approve")),
    ] {
        house.person(who).claim(reference, track).await.ok();
        house.person(who).judge(reference, track, &verdict).await.ok();
    }
}
