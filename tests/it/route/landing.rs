//! Where one lands after an act, and what one is told was done.

use reqwest::Method;
use serde_json::json;

use crate::harness::{
    client::send,
    form::{reviewed_course, sent_course, sent_self_study},
    house::House,
};

/// Posts a form about a submission; gives where one lands and what is told there.
async fn act(house: &House, who: &str, reference: &str, rest: &str, form: &[(&str, &str)]) -> (String, String) {
    let cookie = house.session(who).await;
    let version = house.submission(reference).await.version.to_string();
    let fields = form.iter().copied().chain([("version", version.as_str())]);
    let encoded =
        |text: &str| percent_encoding::utf8_percent_encode(text, percent_encoding::NON_ALPHANUMERIC).to_string();
    let body: Vec<String> = fields.map(|(name, value)| format!("{}={}", encoded(name), encoded(value))).collect();
    let request = house.nobody().request(Method::POST, &format!("//s/{reference}/{rest}")).await;
    let request = request.header("cookie", &cookie).header("origin", &house.url);
    let request = request.header("content-type", "application/x-www-form-urlencoded").body(body.join("&"));
    let posted = send(request).await;
    assert_eq!(posted.status, 303, "{posted:?}");
    let to = posted.headers["location"].to_str().unwrap().to_owned();
    let done = posted.headers["set-cookie"].to_str().unwrap().split(';').next().unwrap().to_owned();
    let request = house.nobody().request(Method::GET, &format!("//{}", to.trim_start_matches('/'))).await;
    let page = send(request.header("cookie", format!("{cookie}; {done}"))).await;
    assert_eq!(page.status, 200, "{to}: {page:?}");
    (to, String::from_utf8(page.bytes).unwrap())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_decision_is_told_by_its_label_where_it_is_still_seen_and_at_home_where_it_is_not() {
    let house = House::open().await;
    let reference = sent_course(&house, &house.person("author"), 30).await;
    let sent = act(&house, "screener", &reference, "act/to-review", &[]).await;
    let done = "“Send to review” is done: it went to “Content and conflict-of-interest review”.";
    assert_eq!(sent.0, format!("/s/{reference}"));
    assert!(sent.1.contains(done) && !sent.1.contains(&format!("{reference}: {done}")), "{}", sent.1);

    // Nobody looks back, and the chair has no part in what comes after.
    let change = house.person("administrator").request(Method::PATCH, "/organisation").await;
    send(change.json(&json!({ "look_back_days": 0 }))).await.ok();
    let reference = reviewed_course(&house, &house.person("author"), 30).await;
    let form = [("note", "One device throughout.")];
    let rejected = act(&house, "chair", &reference, "act/reject", &form).await;
    let open = house.person("chair").read(&reference).await.status == 200;
    let done = "“Reject” is done: it went to “Not accredited”.";
    let (place, told) = if open {
        (format!("/s/{reference}"), done.to_owned())
    } else {
        ("/".to_owned(), format!("{reference}: {done}"))
    };
    assert_eq!(rejected.0, place);
    assert!(rejected.1.contains(&told), "{}", rejected.1);
    house.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_verdict_is_told_with_its_word_and_a_place_with_its_review() {
    let house = House::open_with(&[("smtp", "smtp://127.0.0.1:1")]).await;
    let reference = sent_self_study(&house, &house.person("author"), "4").await;
    let taken = act(&house, "assessor", &reference, "review/assess/claim", &[]).await;
    assert!(taken.1.contains("“Assessment” is open to you now."), "{}", taken.1);
    let back = act(&house, "assessor", &reference, "review/assess/release", &[]).await;
    assert_eq!(back.0, "/");
    assert!(back.1.contains(&format!("{reference}: The place in “Assessment” was given back.")), "{}", back.1);
    act(&house, "assessor", &reference, "review/assess/claim", &[]).await;
    let verdict = [
        ("verdict", "approve"),
        ("note", "As the log says."),
        ("rubric/hours_plausible", "fully"),
        ("rubric/professional", "yes"),
    ];
    let judged = act(&house, "assessor", &reference, "review/assess", &verdict).await;
    assert!(judged.1.contains(&format!("{reference}: Your verdict “Approve” is recorded.")), "{}", judged.1);

    let reference = sent_self_study(&house, &house.person("author"), "4").await;
    let person = house.id("assessor").to_string();
    let assigned = act(&house, "coordinator", &reference, "assign/assess", &[("person", &person)]).await;
    assert_eq!(assigned.0, format!("/s/{reference}"));
    assert!(assigned.1.contains("“Assessment” was assigned. A letter is on its way."), "{}", assigned.1);
    house.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn who_steps_back_lands_at_home_and_is_told_of_what() {
    let house = House::open_with(&[("smtp", "smtp://127.0.0.1:1")]).await;
    let reference = sent_self_study(&house, &house.person("author"), "4").await;
    let reason = [("reason", "We published together.")];
    let (to, told) = act(&house, "assessor", &reference, "conflict", &reason).await;
    assert_eq!(to, "/");
    assert!(told.contains(&format!("{reference}: The conflict of interest is recorded.")), "{told}");
    house.person("assessor").read(&reference).await.is(404);

    // Who sat in a review reads which one it was.
    let reference = sent_self_study(&house, &house.person("author"), "4").await;
    act(&house, "assessor", &reference, "review/assess/claim", &[]).await;
    let reminded = act(&house, "coordinator", &reference, "remind", &[]).await;
    assert!(reminded.1.contains("A reminder of “Being assessed” is on its way."), "{}", reminded.1);
    let (_, told) = act(&house, "assessor", &reference, "conflict", &reason).await;
    let gone = format!("{reference}: The conflict of interest is recorded. Access to “Assessment” ended at once.");
    assert!(told.contains(&gone), "{told}");
    house.close().await;
}
