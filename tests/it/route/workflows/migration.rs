//! Submissions that go over to the active version: foreseen one by one, then all or none.

use imprimatur::domain::Duty;
use serde_json::{Value, json};

use super::{changed, house_of_two, in_force, second_administrator, status};
use crate::harness::{
    client::{Answer, Client},
    form::{PDF, assessment, self_study, sent_self_study},
    house::{House, email},
};

pub(crate) async fn plan(who: &Client, (from, to): (&str, &str), mapping: Value) -> Answer {
    let body = json!({ "from": from, "to": to, "mapping": mapping });
    who.post("/workflows/self-study/migrations", &body).await
}

pub(crate) fn path(plan: &Value, rest: &str) -> String {
    format!("/workflows/self-study/migrations/{}{rest}", plan["id"].as_str().expect("an id"))
}

/// A version in which the state, the review and the deadline have other names.
pub(crate) fn renamed() -> String {
    changed(&[
        ("  assessment:\n", "  review:\n"),
        ("[assessment", "[review"),
        (", assessment,", ", review,"),
        ("to: assessment", "to: review"),
        ("assess: { label: Assessment, role", "look: { label: Assessment, role"),
        ("'assess'", "'look'"),
        ("track: assess", "track: look"),
        ("  late: ", "  too-late: "),
    ])
}

pub(crate) fn whole() -> Value {
    json!({ "states": { "assessment": "review" }, "tracks": { "assess": "look" }, "timers": { "late": "too-late" } })
}

#[tokio::test(flavor = "multi_thread")]
async fn open_submissions_go_over_with_their_places_and_go_on_there() {
    let house = house_of_two().await;
    let (author, assessor) = (house.person("author"), house.person("assessor"));
    let (one, other) = (house.person("administrator"), house.person("coordinator"));
    let waiting = sent_self_study(&house, &author, "4").await;
    let held = sent_self_study(&house, &author, "4").await;
    assessor.claim(&held, "assess").await.ok();
    let versions = in_force(&house, &renamed()).await;
    let versions = (versions.0.as_str(), versions.1.as_str());

    let planned = plan(&one, versions, whole()).await.is(201);
    let foreseen = house.person("auditor").get(&path(&planned, "/submissions")).await.ok();
    let rows = foreseen["items"].as_array().expect("rows");
    assert_eq!(rows.len(), 2, "{foreseen}");
    for row in rows {
        assert_eq!((&row["from"], &row["to"]), (&json!("Being assessed"), &json!("Being assessed")), "{row}");
        assert_eq!((&row["events"], &row["obstacles"]), (&json!(["migrated"]), &json!([])));
    }
    assert_eq!(author.state(&waiting).await, "assessment", "looking changes nothing");
    house.work().await;
    let letters = house.letters().await.len();

    one.post(&path(&planned, "/run"), &json!({ "reason": "Now." })).await.is(403);
    let run = other.post(&path(&planned, "/run"), &json!({})).await.ok();
    assert_eq!(run["items"], 2);
    other.post(&path(&planned, "/run"), &json!({})).await.is(409);
    for reference in [&waiting, &held] {
        let read = author.read(reference).await.ok();
        assert_eq!((&read["state"]["id"], &read["definition"]), (&json!("review"), &json!(versions.1)));
        let last = house.person("auditor").history(reference).await.pop().expect("an event");
        assert_eq!(
            (&last["what"], &last["from"], &last["to"]),
            (&json!("migrated"), &json!(versions.0), &json!(versions.1))
        );
        assert_eq!(last["by"]["name"], "coordinator, MD");
        assert!(
            author.history(reference).await.iter().any(|event| event["what"] == "migrated" && event["by"].is_null())
        );
    }
    house.work().await;
    assert_eq!(house.letters().await.len(), letters, "nobody's turn has changed");
    assert_eq!(status(&one, versions.0).await, "retired");
    assessor.judge(&held, "look", &assessment("approve")).await.ok();
    assert_eq!(author.state(&held).await, "recognised");
    house.advance(31).await;
    assert_eq!(author.state(&waiting).await, "overdue", "the deadline came along");
    house.close().await;
}

/// Whoever has something of their own among what goes over, or a conflict of interest in it, is no second pair of eyes.
#[tokio::test(flavor = "multi_thread")]
async fn whose_own_submission_goes_over_does_not_approve_it() {
    for concerned in ["own", "colleague", "along"] {
        let house = house_of_two().await;
        house.change("auditor", |person| person.duties.extend([Duty::Administrator])).await;
        let author = house.person("author");
        let reference = match concerned {
            "own" => sent_self_study(&house, &house.person("coordinator"), "4").await,
            "colleague" => {
                house.change("coordinator", |person| person.affiliation = "hospital of the AUTHOR".to_owned()).await;
                sent_self_study(&house, &author, "4").await
            }
            _ => {
                let reference = author.begin("self-study").await;
                author.answer(&reference, &self_study(&house, "4")).await.ok();
                author.attach(&reference, "evidence", "log.pdf", PDF).await.ok();
                let along = json!({ "name": "They", "email": email("coordinator"), "right": "reads" });
                author.post(&format!("/submissions/{reference}/authors"), &along).await.ok();
                author.fire(&reference, "submit", &json!({})).await.ok();
                reference
            }
        };
        let versions = in_force(&house, &renamed()).await;
        let planned = plan(&house.person("administrator"), (&versions.0, &versions.1), whole()).await.is(201);
        let concerned = house.person("coordinator");
        let refused = concerned.post(&path(&planned, "/run"), &json!({ "reason": "Now." })).await.is(403);
        let detail = refused["detail"].as_str().expect("a sentence");
        assert!(detail.contains("omething of yours") && detail.contains(": auditor"), "who may is said: {detail}");
        let waiting =
            |me: &Value| me.as_array().expect("proposals").iter().any(|one| one["migration"] == planned["id"]);
        assert!(!waiting(&concerned.get("/me/proposals").await.ok()), "it does not wait for them");
        assert!(waiting(&house.person("auditor").get("/me/proposals").await.ok()));
        house.work().await;
        let letters = house.letters_to("coordinator").await;
        assert!(!letters.iter().any(|letter| letter.text.contains("to take open submissions")), "{letters:#?}");
        let run = house.person("auditor").post(&path(&planned, "/run"), &json!({})).await.ok();
        assert_eq!(run["items"], 1, "{reference}");
        house.close().await;
    }
}

/// Where nobody else is left to look at it, they answer for it with a reason, as with a version.
#[tokio::test(flavor = "multi_thread")]
async fn where_nobody_else_is_left_the_reason_is_written_down() {
    let house = house_of_two().await;
    sent_self_study(&house, &house.person("coordinator"), "4").await;
    let versions = in_force(&house, &renamed()).await;
    let planned = plan(&house.person("administrator"), (&versions.0, &versions.1), whole()).await.is(201);
    let concerned = house.person("coordinator");
    concerned.post(&path(&planned, "/run"), &json!({})).await.faulty("/reason", "missing");
    let run = concerned.post(&path(&planned, "/run"), &json!({ "reason": "Nobody else is here." })).await.ok();
    assert_eq!(run["reason"], "Nobody else is here.");
    house.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn one_submission_in_the_way_keeps_all_where_they_are() {
    let house = house_of_two().await;
    let (author, assessor) = (house.person("author"), house.person("assessor"));
    let waiting = sent_self_study(&house, &author, "4").await;
    let sampled = sent_self_study(&house, &author, "12").await;
    assessor.claim(&sampled, "assess").await.ok();
    assessor.judge(&sampled, "assess", &assessment("approve")).await.ok();
    let other_name =
        changed(&[("audit: { label: Audit, role", "spot-check: { label: Audit, role"), ("'audit'", "'spot-check'")]);
    let versions = in_force(&house, &other_name).await;
    let (one, other) = (house.person("administrator"), house.person("coordinator"));
    let planned = plan(&one, (&versions.0, &versions.1), json!({})).await.is(201);
    let before = house.database.dump().await;
    let refused = other.post(&path(&planned, "/run"), &json!({})).await.is(422);
    let errors = refused["errors"].as_array().expect("errors");
    assert_eq!(errors.len(), 1, "{refused}");
    assert_eq!(errors[0]["pointer"], format!("/{sampled}"));
    assert!(
        errors[0]["detail"].as_str().expect("a sentence").contains("the review 'audit' is not mapped"),
        "{refused}"
    );
    crate::harness::database::assert_same(&before, &house.database.dump().await);
    assert_eq!(author.state(&waiting).await, "assessment");

    let planned = plan(&one, (&versions.0, &versions.1), json!({ "tracks": { "audit": "spot-check" } })).await.is(201);
    other.post(&path(&planned, "/run"), &json!({})).await.ok();
    house.person("sampler").claim(&sampled, "spot-check").await.ok();
    house.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_mapping_to_what_is_not_there_or_of_another_kind_is_refused_when_it_is_planned() {
    let house = house_of_two().await;
    let versions = in_force(&house, &renamed()).await;
    let versions = (versions.0.as_str(), versions.1.as_str());
    let one = house.person("administrator");
    for (mapping, pointer, code) in [
        (json!({ "states": { "assessment": "nowhere" } }), "/mapping/states/assessment", "unknown"),
        (json!({ "states": { "nowhere": "review" } }), "/mapping/states/nowhere", "unknown"),
        (json!({ "states": { "assessment": "draft" } }), "/mapping/states/assessment", "state"),
        (json!({ "states": { "assessment": "closed" } }), "/mapping/states/assessment", "state"),
        (json!({ "tracks": { "assess": "nothing" } }), "/mapping/tracks/assess", "unknown"),
        (json!({ "timers": { "late": "submit" } }), "/mapping/timers/late", "unknown"),
        (json!({ "roles": { "assessor": "nobody" } }), "/mapping/roles/assessor", "unknown"),
    ] {
        plan(&one, versions, mapping).await.faulty(pointer, code);
    }
    plan(&one, (versions.1, versions.0), json!({})).await.is(409);
    plan(&one, (versions.1, versions.1), json!({})).await.faulty("/to", "same");
    plan(&one, ("0".repeat(64).as_str(), versions.1), json!({})).await.is(404);
    house.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_only_administrator_runs_an_own_plan_with_a_reason() {
    let house = House::open().await;
    let administrator = house.person("administrator");
    let before = super::active(&administrator).await;
    let hash = super::propose(&administrator, &renamed()).await;
    super::activate_over(&administrator, &hash, &before, Some("Nobody else is here.")).await.ok();
    let planned = plan(&administrator, (&before, &hash), whole()).await.is(201);
    administrator.post(&path(&planned, "/run"), &json!({})).await.faulty("/reason", "missing");
    let run = administrator.post(&path(&planned, "/run"), &json!({ "reason": "Nobody else is here." })).await.ok();
    assert_eq!((&run["items"], &run["reason"]), (&json!(0), &json!("Nobody else is here.")));
    second_administrator(&house).await;
    house.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_mapping_to_a_state_that_no_way_leads_to_is_refused_when_it_is_planned() {
    let house = house_of_two().await;
    let one = house.person("administrator");
    let before = super::active(&one).await;
    sent_self_study(&house, &house.person("author"), "4").await;
    // No check of today lets such a version in; it was kept by a program that had none.
    super::proof::kept(&house, &changed(&[("  weighing:", "  nowhere: { label: Nowhere }\n  weighing:")])).await;
    let ways = (before.as_str(), super::proof::EARLIER);
    let mapping = json!({ "states": { "assessment": "nowhere" } });
    let refused = plan(&one, ways, mapping).await.faulty("/mapping/states/assessment", "state");
    assert!(refused.contains("no way leads to 'nowhere'"), "{refused}");
    let planned = plan(&one, ways, json!({})).await.is(201);
    let run = house.person("coordinator").post(&path(&planned, "/run"), &json!({})).await.ok();
    assert_eq!(run["items"], 1);
    house.close().await;
}
