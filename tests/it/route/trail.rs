//! The audit trail: who signed in, opened a file, was turned away or changed the house, for those who audit it.

use serde_json::{Value, json};

use crate::harness::{
    browser::Browser,
    client::Client,
    form::{PDF, self_study},
    house::{House, PASSWORD, email},
};

/// What was done, and to what, as somebody reads it.
async fn lines(person: &Client, query: &str) -> Vec<(String, String)> {
    let page = person.get(&format!("/trail{query}")).await.ok();
    let text = |line: &Value, key: &str| line[key].as_str().unwrap_or_default().to_owned();
    page["items"].as_array().unwrap().iter().map(|line| (text(line, "act"), text(line, "subject"))).collect()
}

fn line(act: &str, subject: &str) -> (String, String) {
    (act.to_owned(), subject.to_owned())
}

#[tokio::test(flavor = "multi_thread")]
async fn signing_in_being_refused_and_opening_a_file_stand_in_the_trail() {
    let house = House::open().await;
    let (author, auditor) = (house.person("author"), house.person("auditor"));
    let (them, stranger) = (email("author"), house.person("other-author"));
    let browser = Browser::of(&house, "author").await;
    let wrong = json!({ "email": them, "password": "not this one" });
    house.nobody().post("/token", &wrong).await.is(422);
    house.nobody().post("/token", &json!({ "email": them, "password": PASSWORD })).await.ok();
    assert_eq!(browser.post("/sign-out", &[]).await.status, 303);
    let told = ["signed-out", "token-issued", "sign-in-refused", "signed-in"].map(|act| line(act, &them));
    assert_eq!(lines(&auditor, "?kind=sign-in").await, told);

    let reference = author.begin("self-study").await;
    author.answer(&reference, &self_study(&house, "2")).await.ok();
    author.attach(&reference, "evidence", "log.pdf", PDF).await.ok();
    let file = author.read(&reference).await.ok()["files"][0]["id"].as_str().unwrap().to_owned();
    assert_eq!(author.download(&reference, &file).await.status().as_u16(), 200);
    assert_eq!(lines(&auditor, "?kind=download").await, [], "a draft is its author's own");
    author.fire(&reference, "submit", &json!({})).await.ok();
    assert_eq!(lines(&auditor, "?kind=download").await, [line("file-opened", &reference)]);

    stranger.get(&format!("/submissions/{reference}/files/{file}")).await.is(404);
    stranger.get("/people").await.is(403);
    let browser = Browser::of(&house, "other-author").await;
    assert_eq!(browser.get("/people/invite").await.status, 403);
    let refused =
        [line("refused", "GET /people/invite"), line("refused", "GET /api/v1/people"), line("refused", &reference)];
    let by = format!("?kind=refusal&person={}", house.id("other-author"));
    assert_eq!(lines(&auditor, &by).await, refused);
    house.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_trail_tells_of_submissions_only_whoever_may_know_of_them() {
    let house = House::open().await;
    let (author, auditor) = (house.person("author"), house.person("auditor"));
    let administrator = house.person("administrator");
    for outsider in ["author", "coordinator", "assessor"] {
        house.person(outsider).get("/trail").await.is(403);
    }
    let reference = author.begin("self-study").await;
    author.answer(&reference, &self_study(&house, "2")).await.ok();
    author.attach(&reference, "evidence", "log.pdf", PDF).await.ok();
    author.fire(&reference, "submit", &json!({})).await.ok();
    let file = author.read(&reference).await.ok()["files"][0]["id"].as_str().unwrap().to_owned();
    author.download(&reference, &file).await;
    let redact = json!({ "question": "reflection", "reason": "It names a patient." });
    house.person("coordinator").post(&format!("/submissions/{reference}/redactions"), &redact).await.ok();
    let told = [line("redacted", &reference), line("file-opened", &reference)];
    let of =
        |all: Vec<(String, String)>| all.into_iter().filter(|line| line.1.contains(&reference)).collect::<Vec<_>>();
    assert_eq!(of(lines(&auditor, "").await), told);
    // Whoever is refused there may well have to do with it.
    author.post(&format!("/submissions/{reference}/redactions"), &redact).await.is(403);
    for query in ["", "?kind=change", "?kind=download", "?kind=refusal"] {
        assert_eq!(of(lines(&administrator, query).await), [], "{query}");
    }
    for key in ["author", "auditor"] {
        house.change(key, |person| person.affiliation = "Riverside Clinic".to_owned()).await;
    }
    assert_eq!(of(lines(&auditor, "").await), [], "a conflict hides what it is about");
    house.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_page_says_it_in_words_and_is_narrowed_by_kind_person_and_day() {
    let house = House::open().await;
    let administrator = Browser::of(&house, "administrator").await;
    let group = [("person", house.id("other-author").to_string())];
    let group: Vec<(&str, &str)> = group.iter().map(|(name, value)| (*name, value.as_str())).collect();
    assert_eq!(administrator.post("/groups/self-study-assessors/join", &group).await.status, 303);
    let page = administrator.get("/trail?kind=change").await;
    assert_eq!(page.status, 200);
    assert!(page.html.contains("put somebody into a group"), "{}", page.html);
    assert!(!page.html.contains("group-joined"), "{}", page.html);
    let everything = administrator.get("/trail").await.html;
    assert!(everything.contains("signed in") && everything.contains("put somebody into a group"));
    let today = house.day(0);
    let narrowed =
        |from: i64, until: i64| format!("/trail?kind=change&from={}&until={}", house.day(from), house.day(until));
    assert!(administrator.get(&narrowed(0, 0)).await.html.contains("put somebody into a group"), "{today}");
    for (from, until) in [(1, 3), (-3, -1)] {
        assert!(administrator.get(&narrowed(from, until)).await.html.contains("Nothing of the kind."));
    }
    let by = format!("/trail?kind=change&person={}", house.id("administrator"));
    assert!(administrator.get(&by).await.html.contains("Only what"));
    let by = format!("/trail?kind=change&person={}", house.id("author"));
    assert!(administrator.get(&by).await.html.contains("Nothing of the kind."));
    house.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_day_that_cannot_be_read_is_told_at_its_field_with_what_was_typed() {
    let house = House::open().await;
    let (administrator, auditor) = (Browser::of(&house, "administrator").await, house.person("auditor"));
    let page = administrator.get("/trail?from=2026-02-30&until=yesterday%3F").await;
    assert_eq!(page.status, 200);
    for (name, typed) in [("from", "2026-02-30"), ("until", "yesterday?")] {
        let told = format!("“{typed}” is no date, so it narrows nothing. Write it as 2026-11-22.");
        assert!(page.html.contains(&told), "{}", page.html);
        let field = format!("name=\"{name}\" type=\"text\" value=\"{typed}\" aria-invalid=\"true\"");
        assert!(page.html.contains(&field), "{}", page.html);
    }
    assert!(page.html.contains("signed in"), "the rest is shown");
    assert!(!administrator.get("/trail?from=2026-02-28").await.html.contains("is no date"));
    for name in ["from", "until"] {
        let problem = auditor.get(&format!("/trail?{name}=2026-02-30")).await.is(400);
        assert_eq!(problem["errors"][0]["parameter"], name, "{problem}");
    }
    house.close().await;
}
