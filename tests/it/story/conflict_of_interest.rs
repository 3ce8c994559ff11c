//! A conflict of interest is about the person, over the whole history, whenever it comes to light.

use imprimatur::domain::Duty;
use reqwest::Method;
use serde_json::{Value, json};

use crate::harness::{
    client::{Answer, Client, send},
    form::{
        CREDITS, PDF, accredited_course, content, course, interest, review_course, reviewed_course, sent_self_study,
    },
    house::{House, email},
};

async fn change(house: &House, key: &str, with: &Value) -> Answer {
    let path = format!("/people/{}", house.id(key));
    send(house.person("administrator").request(Method::PATCH, &path).await.json(with)).await
}

/// The faculty of the sample course, and somebody of the office with them.
fn faculty_with(house: &House, address: &str) -> Value {
    let mut answers = course(house, 60);
    let named = json!({ "name": "Somebody", "email": address, "part": "Speaker", "disclosure": "" });
    answers["faculty"].as_array_mut().expect("people").push(named);
    json!({ "faculty": answers["faculty"] })
}

/// A course in which somebody is named, that came back once and was sent again without the name.
async fn named_once(house: &House, author: &Client, address: &str) -> String {
    let reference = author.begin("course-accreditation").await;
    author.answer(&reference, &course(house, 60)).await.ok();
    author.answer(&reference, &faculty_with(house, address)).await.ok();
    author.attach(&reference, "materials", "slides.pdf", PDF).await.ok();
    author.fire(&reference, "submit", &json!({})).await.ok();
    let back = json!({ "note": "The agenda ends at noon.", "answers": { "reasons": ["incomplete"] } });
    house.person("second-screener").fire(&reference, "send-back", &back).await.ok();
    author.answer(&reference, &json!({ "faculty": course(house, 60)["faculty"] })).await.ok();
    author.fire(&reference, "resubmit", &json!({})).await.ok();
    reference
}

async fn settle(house: &House, reference: &str, key: &str, decision: &str) -> Answer {
    let body = json!({ "person": house.id(key).0, "decision": decision, "reason": "The office has looked at it." });
    house.person("coordinator").post(&format!("/submissions/{reference}/conflicts"), &body).await
}

fn happened<'h>(history: &'h [Value], what: &str) -> Vec<&'h Value> {
    history.iter().filter(|event| event["what"] == what).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn who_was_named_in_a_version_that_was_sent_stays_out_until_the_office_lifts_it() {
    for key in ["first-reviewer", "chair", "auditor", "coordinator"] {
        let house = House::open().await;
        house.change("lead", |person| person.duties.extend([Duty::Coordinator])).await;
        let author = house.person("author");
        let reference = named_once(&house, &author, email(key).as_str()).await;
        house.person("screener").fire(&reference, "to-review", &json!({})).await.ok();
        let they = house.person(key);
        they.read(&reference).await.is(404);
        if key == "first-reviewer" {
            they.claim(&reference, "content").await.is(404);
        }
        if ["auditor", "coordinator"].contains(&key) {
            assert_eq!(they.get("/queue").await.ok()["items"], json!([]), "{key}");
        }
        assert_eq!(they.turn().await, [""; 0], "{key}");
        let office = house.person("lead");
        let history = office.history(&reference).await;
        let found = happened(&history, "conflict-found");
        assert_eq!(found.len(), 1, "{key}: {found:#?}");
        assert_eq!((&found[0]["subject"], &found[0]["by"]), (&json!("named"), &Value::Null));
        let told = author.history(&reference).await;
        assert!(happened(&told, "conflict-found").is_empty(), "the author is told nothing of it: {told:#?}");

        let lift = json!({ "person": house.id(key).0, "decision": "lift", "reason": "Another of that name." });
        let path = format!("/submissions/{reference}/conflicts");
        let listed = office.get(&path).await.ok();
        assert_eq!(listed[0]["conflicts"], json!(["named", "recused"]), "{listed}");
        author.post(&path, &lift).await.is(403);
        they.post(&path, &lift).await.is(404);
        let without = json!({ "person": house.id(key).0, "decision": "lift", "reason": " " });
        office.post(&path, &without).await.is(422);
        office.post(&path, &lift).await.ok();
        let told = office.history(&reference).await;
        assert_eq!(happened(&told, "conflict-lifted")[0]["text"], "Another of that name.");
        if key != "chair" {
            they.read(&reference).await.ok();
        }
        if key == "first-reviewer" {
            assert_eq!(they.turn().await, [reference.as_str()]);
            they.claim(&reference, "content").await.ok();
        }
        house.close().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_address_of_before_is_the_same_person() {
    let house = House::open().await;
    let author = house.person("author");
    let before = email("first-reviewer");
    house.change("first-reviewer", |person| person.email = "now@academy.example".parse().expect("an address")).await;
    let reference = author.begin("course-accreditation").await;
    author.answer(&reference, &course(&house, 60)).await.ok();
    author.answer(&reference, &faculty_with(&house, before.as_str())).await.ok();
    author.attach(&reference, "materials", "slides.pdf", PDF).await.ok();
    author.fire(&reference, "submit", &json!({})).await.ok();
    house.person("screener").fire(&reference, "to-review", &json!({})).await.ok();
    let reviewer = house.person("first-reviewer");
    assert_eq!(reviewer.turn().await, [""; 0]);
    reviewer.claim(&reference, "content").await.is(404);
    house.close().await;
}

/// Whose act is void, where the submission then is, and whose review is to be done again.
#[tokio::test(flavor = "multi_thread")]
async fn what_somebody_did_is_void_at_once_and_it_goes_back_to_where_that_was_needed() {
    for (key, state) in
        [("first-reviewer", "review"), ("officer", "review"), ("screener", "screening"), ("chair", "docket")]
    {
        let house = House::open().await;
        let author = house.person("author");
        let reference = reviewed_course(&house, &author, 200).await;
        assert_eq!(author.state(&reference).await, "decision");
        let hospital = json!({ "affiliation": "General Hospital" });
        change(&house, "author", &hospital).await.ok();
        change(&house, key, &json!({ "affiliation": "GENERAL hospital" })).await.ok();
        assert_eq!(author.state(&reference).await, state, "{key}");
        house.person(key).read(&reference).await.is(404);
        // Once known it stays, wherever they work from then on.
        change(&house, key, &json!({ "affiliation": "Elsewhere" })).await.ok();
        house.person(key).read(&reference).await.is(404);
        let history = house.person("coordinator").history(&reference).await;
        assert_eq!(happened(&history, "sent-back")[0]["to"], state, "{key}");
        if key == "first-reviewer" {
            let third = house.person("third-reviewer");
            third.claim(&reference, "content").await.ok();
            third.judge(&reference, "content", &content("approve")).await.ok();
            assert_eq!(author.state(&reference).await, "docket", "the other verdicts stand");
        }
        house.close().await;
    }
}

/// A co-author's house counts as the author's does: when somebody is given a place, and when it comes to light afterwards.
#[tokio::test(flavor = "multi_thread")]
async fn who_works_where_a_co_author_does_neither_gets_a_place_nor_keeps_what_they_said() {
    for right in ["writes", "reads"] {
        let house = House::open().await;
        let (author, coordinator) = (house.person("author"), house.person("coordinator"));
        house.change("third-reviewer", |person| person.affiliation = " hospital of the OTHER-author".to_owned()).await;
        let reference = author.begin("course-accreditation").await;
        author.answer(&reference, &course(&house, 60)).await.ok();
        author.attach(&reference, "materials", "slides.pdf", PDF).await.ok();
        let along = json!({ "name": "Somebody Else", "email": email("other-author"), "right": right });
        author.post(&format!("/submissions/{reference}/authors"), &along).await.ok();
        author.fire(&reference, "submit", &json!({})).await.ok();
        house.person("screener").fire(&reference, "to-review", &json!({})).await.ok();

        let third = house.person("third-reviewer");
        coordinator.assign(&reference, "content", house.id("third-reviewer")).await.refused("conflicted");
        third.claim(&reference, "content").await.is(404);
        assert_eq!(third.turn().await, [""; 0], "no list of theirs has it");
        let candidates = coordinator.get(&format!("/submissions/{reference}/candidates/content")).await.ok();
        let told = candidates.as_array().expect("people").iter().filter_map(|one| one["obstacle"].as_str());
        let expected = "Conflict of interest: works at hospital of the OTHER-author, like a co-author";
        assert!(told.collect::<Vec<_>>().contains(&expected), "{candidates}");

        // At the decision: the co-author begins to work where somebody works who has said what they think of it.
        review_course(&house, &reference, ["first-reviewer", "second-reviewer"], &content("approve")).await;
        change(&house, "other-author", &json!({ "affiliation": "Hospital of the first-reviewer" })).await.ok();
        house.person("first-reviewer").read(&reference).await.is(404);
        let history = coordinator.history(&reference).await;
        assert!(!happened(&history, "verdict-voided").is_empty(), "{right}: {history:#?}");
        // And the other way round.
        change(&house, "second-reviewer", &json!({ "affiliation": "Hospital of the first-reviewer" })).await.ok();
        house.person("second-reviewer").read(&reference).await.is(404);
        let history = coordinator.history(&reference).await;
        assert_eq!(happened(&history, "verdict-voided").len(), 2, "{right}: {history:#?}");
        house.close().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn where_it_cannot_go_back_the_office_is_told_to_decide_anew() {
    let house = House::open().await;
    let author = house.person("author");
    let reference = accredited_course(&house, &author, 60).await;
    // The chair becomes faculty with a change.
    author.fire(&reference, "amend", &json!({})).await.ok();
    author.answer(&reference, &faculty_with(&house, email("chair").as_str())).await.ok();
    let change = json!({ "answers": { "change": "Another speaker for the afternoon." } });
    author.fire(&reference, "change-sent", &change).await.ok();
    assert_eq!(author.state(&reference).await, "change");
    house.work().await;
    let letters = house.letters_to("coordinator").await;
    assert!(letters.iter().any(|letter| letter.text.contains("decide")), "{letters:#?}");
    house.person("chair").read(&reference).await.is(404);
    let coordinator = house.person("coordinator");
    let history = coordinator.history(&reference).await;
    let asked: Vec<&str> =
        happened(&history, "office-asked").iter().filter_map(|event| event["subject"].as_str()).collect();
    assert_eq!(asked, ["named-by-author", "decide-anew"]);
    let listed = coordinator.get(&format!("/submissions/{reference}/conflicts")).await.ok();
    assert_eq!((&listed[0]["asked"], &listed[0]["person"]["id"]), (&json!(true), &json!(house.id("chair").0)));
    settle(&house, &reference, "chair", "decided").await.ok();
    settle(&house, &reference, "chair", "decided").await.is(409);
    house.close().await;

    // At the end, too, somebody can say that they had one.
    let house = House::open().await;
    let reference = sent_self_study(&house, &house.person("author"), "2").await;
    let assessor = house.person("assessor");
    assessor.claim(&reference, "assess").await.ok();
    assessor.judge(&reference, "assess", &crate::harness::form::assessment("approve")).await.ok();
    assessor.recuse(&reference, "My sister wrote it.").await.ok();
    let history = house.person("coordinator").history(&reference).await;
    assert_eq!(happened(&history, "verdict-voided").len(), 1);
    assert_eq!(happened(&history, "office-asked")[0]["subject"], "decide-anew");
    house.work().await;
    let letters = house.letters_to("coordinator").await;
    assert!(letters.iter().any(|letter| letter.text.contains("decide anew")), "{letters:#?}");
    house.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_author_who_names_a_reviewer_is_seen_to_by_the_office_before_the_next_step() {
    let house = House::open().await;
    let (author, chair) = (house.person("author"), house.person("chair"));
    let reference = reviewed_course(&house, &author, 200).await;
    chair.fire(&reference, "ask-changes", &json!({ "note": "Better objectives." })).await.ok();
    author.answer(&reference, &faculty_with(&house, email("first-reviewer").as_str())).await.ok();
    author.fire(&reference, "revised", &json!({})).await.ok();
    let state = author.state(&reference).await;
    let coordinator = house.person("coordinator");
    let page = house.nobody().request(Method::GET, &format!("//s/{reference}")).await;
    let page = send(page.header("cookie", house.session("coordinator").await)).await;
    let page = String::from_utf8(page.bytes).expect("a page");
    assert!(page.contains("The author named") && page.contains("seat somebody else"), "{page}");
    let read = author.read(&reference).await.ok();
    assert!(!read.to_string().contains("named-by-author"), "{read}");
    coordinator.assign(&reference, "content", house.id("first-reviewer")).await.refused("conflicted");
    review_course(&house, &reference, ["second-reviewer", "third-reviewer"], &content("approve")).await;
    chair.fire(&reference, "between", &json!({ "note": "In writing." })).await.refused("conflict-open");
    // The name is taken back, and with it what stood in the way.
    settle(&house, &reference, "first-reviewer", "name-back").await.ok();
    chair.fire(&reference, "between", &json!({ "note": "In writing." })).await.ok();
    chair.fire(&reference, "ask-changes", &json!({ "note": "As the office asks." })).await.ok();
    assert_eq!(author.state(&reference).await, "revision", "{state}");
    let request = author.read(&reference).await.ok()["requests"][0].clone();
    assert!(!request.to_string().to_lowercase().contains("review"), "nobody is told of: {request}");
    author.answer(&reference, &json!({ "faculty": course(&house, 60)["faculty"] })).await.ok();
    author.resolve(&reference, 1, "Taken back.").await.ok();
    author.fire(&reference, "revised", &json!({})).await.ok();
    house.person("first-reviewer").claim(&reference, "content").await.ok();
    house.close().await;
}

/// Who may put into force what somebody proposed: nobody whom they brought in just now, and nobody who brought them in.
#[tokio::test(flavor = "multi_thread")]
async fn an_administrator_approves_nothing_of_whom_they_brought_in_or_who_brought_them_in() {
    let house = House::open().await;
    change(&house, "coordinator", &json!({ "duties": ["coordinator", "administrator"] })).await.ok();
    let (one, other) = (house.person("administrator"), house.person("coordinator"));
    let source = crate::route::workflows::changed(&[("after: P45D", "after: P60D")]);
    let hash = crate::route::workflows::propose(&one, &source).await;
    house.work().await;
    assert!(house.letters_to("coordinator").await.is_empty(), "it does not wait for them");
    crate::route::workflows::activate(&other, &hash).await.is(403);
    // Nobody else is independent, so they are as alone as before.
    crate::route::workflows::activate(&one, &hash).await.is(422);
    house.change("auditor", |person| person.duties.extend([Duty::Administrator])).await;
    crate::route::workflows::activate(&one, &hash).await.is(403);
    crate::route::workflows::activate(&other, &hash).await.is(403);
    let third = house.person("auditor");
    assert_eq!(home(&house, "coordinator").await, Some(false));
    assert_eq!(home(&house, "auditor").await, Some(true));
    crate::route::workflows::activate(&third, &hash).await.ok();
    house.close().await;
}

/// Whether a proposal waits for somebody on their home.
async fn home(house: &House, key: &str) -> Option<bool> {
    let page = house.nobody().request(Method::GET, "//").await;
    let page = send(page.header("cookie", house.session(key).await)).await;
    Some(String::from_utf8(page.bytes).ok()?.contains("/workflows/self-study/versions/"))
}

#[tokio::test(flavor = "multi_thread")]
async fn who_was_brought_in_a_month_ago_is_somebody_else() {
    let house = House::open().await;
    change(&house, "coordinator", &json!({ "duties": ["coordinator", "administrator"] })).await.ok();
    house.skip(31).await;
    let source = crate::route::workflows::changed(&[("after: P45D", "after: P60D")]);
    let hash = crate::route::workflows::propose(&house.person("administrator"), &source).await;
    crate::route::workflows::activate(&house.person("coordinator"), &hash).await.ok();
    house.close().await;
}

/// An officer judges anew after a conflict, and nothing else is lost: what the sample course goes through.
#[tokio::test(flavor = "multi_thread")]
async fn a_course_is_accredited_after_a_conflict_sent_it_back() {
    let house = House::open().await;
    let (author, chair) = (house.person("author"), house.person("chair"));
    let reference = reviewed_course(&house, &author, 200).await;
    house.person("officer").recuse(&reference, "I have joined the sponsor's board.").await.ok();
    assert_eq!(author.state(&reference).await, "review");
    let second = house.person("second-officer");
    second.claim(&reference, "interest").await.ok();
    second.judge(&reference, "interest", &interest("approve")).await.ok();
    crate::harness::form::taken_between_meetings(&house, &reference).await;
    chair.fire(&reference, "approve", &json!({ "answers": { "credits": CREDITS } })).await.ok();
    assert_eq!(author.state(&reference).await, "accredited");
    house.close().await;
}
