//! What whoever acted still knows afterwards, and when the author learns what was decided.

use reqwest::Method;
use serde_json::json;

use crate::harness::{
    client::send,
    form::{PDF, content, course, review_course, sent_course, taken_between_meetings},
    house::House,
};

/// It is there for `Relation::Former`, and for a sight that ends.
#[tokio::test(flavor = "multi_thread")]
async fn who_acted_keeps_what_they_knew_for_as_long_after_the_end_as_the_organisation_says() {
    let house = House::open().await;
    let author = house.person("author");
    let reference = sent_course(&house, &author, 30).await;
    let (screener, bystander) = (house.person("screener"), house.person("second-screener"));
    screener.fire(&reference, "to-review", &json!({})).await.ok();
    let seen = screener.read(&reference).await.ok();
    assert_eq!((&seen["relation"], &seen["answers"]["place"]), (&json!("former"), &json!("Kearney")), "{seen}");
    bystander.read(&reference).await.is(404);
    author.fire(&reference, "withdraw", &json!({})).await.ok();
    house.skip(59).await;
    screener.read(&reference).await.ok();
    house.skip(2).await;
    screener.read(&reference).await.is(404);
    for (days, status) in [(62, 200), (60, 404), (3650, 200), (0, 404)] {
        let set = house.person("administrator").request(Method::PATCH, "/organisation").await;
        send(set.json(&json!({ "look_back_days": days }))).await.ok();
        assert_eq!(screener.read(&reference).await.status, status, "{days}");
    }
    house.close().await;
}

/// It is there for `conceal::content`: who had left before the second version read it.
#[tokio::test(flavor = "multi_thread")]
async fn who_left_the_group_keeps_the_version_they_acted_on_and_no_later_one() {
    let house = House::open().await;
    let author = house.person("author");
    let reference = sent_course(&house, &author, 30).await;
    let screener = house.person("screener");
    let asked = json!({ "note": "The place is missing.", "answers": { "reasons": ["incomplete"] } });
    screener.fire(&reference, "send-back", &asked).await.ok();
    let changed = json!({ "title": "Wounds at home", "place": "Omaha" });
    author.answer(&reference, &changed).await.ok();
    author.attach(&reference, "materials", "more.pdf", [PDF, b"\n"].concat()).await.ok();
    author.fire(&reference, "resubmit", &json!({})).await.ok();
    let now = screener.read(&reference).await.ok();
    assert_eq!((&now["title"], now["files"].as_array().map(Vec::len)), (&json!("Wounds at home"), Some(2)));
    let file = now["files"].as_array().and_then(|files| files.iter().find(|file| file["name"] == "more.pdf")).cloned();
    let file = file.expect("the second file")["id"].as_str().expect("an id").to_owned();

    house.empty_group("accreditation-office").await;
    let then = screener.read(&reference).await.ok();
    assert_eq!(
        (&then["title"], &then["answers"]["place"]),
        (&course(&house, 30)["title"], &json!("Kearney")),
        "{then}"
    );
    assert_eq!(then["files"].as_array().map(Vec::len), Some(1), "{then}");
    screener.get(&format!("/submissions/{reference}/files/{file}")).await.is(404);
    house.close().await;
}

/// It is there for the agenda, which is nobody's turn, and where nothing is decided yet.
#[tokio::test(flavor = "multi_thread")]
async fn the_author_learns_what_was_decided_where_the_workflow_says_so() {
    let house = House::open().await;
    let reference = sent_course(&house, &house.person("author"), 30).await;
    house.person("screener").fire(&reference, "to-review", &json!({})).await.ok();
    review_course(&house, &reference, ["first-reviewer", "second-reviewer"], &content("reject")).await;
    house.work().await;
    let cookie = house.session("author").await;
    let told = async || {
        let mut told = String::new();
        for path in [format!("//s/{reference}"), format!("//s/{reference}/history")] {
            let page = house.nobody().request(Method::GET, &path).await.header("cookie", &cookie);
            told += &String::from_utf8(send(page).await.bytes).expect("text");
        }
        told + &house.letters_to("author").await.into_iter().map(|letter| letter.text).collect::<String>()
    };
    let on_the_agenda = told().await;
    assert!(on_the_agenda.contains("The committee decides at its meeting"), "{on_the_agenda}");
    assert!(!on_the_agenda.contains("The gap is shown."), "{on_the_agenda}");
    assert_eq!(house.letters_to("author").await.len(), 0, "nothing was decided");
    taken_between_meetings(&house, &reference).await;
    assert!(!told().await.contains("Voted in writing."), "how it came before the committee is told with the decision");
    house.person("chair").fire(&reference, "reject", &json!({ "note": "One device throughout." })).await.ok();
    house.work().await;
    let decided = told().await;
    assert!(decided.matches("One device throughout.").count() >= 3, "page, history and letter: {decided}");
    house.close().await;
}
