//! What was typed into a form and what is no answer yet: kept as it was typed, for whoever typed it, and in the way of sending.

use serde_json::json;

use crate::harness::{
    browser::{Browser, Page},
    form::{PDF, course, self_study, sent_self_study},
    house::House,
};

/// The answers of the section `study`, as they would be typed; `with` in the place of some.
fn study<'a>(hidden: &'a [(String, String)], day: &'a str, with: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
    let typed = [
        ("title", "Lung ultrasound"),
        ("kind", "reading"),
        ("source", ""),
        ("completed_on", day),
        ("hours", "2.5"),
        ("credit_type", "ama-pra-2"),
        (
            "reflection",
            "I will look at the lung of every breathless patient before I order a film, and write down what I saw.",
        ),
    ];
    let replaced = typed.into_iter().filter(|(name, _)| with.iter().all(|(other, _)| other != name));
    let hidden = hidden.iter().map(|(name, value)| (name.as_str(), value.as_str()));
    hidden.chain(replaced).chain(with.iter().copied()).collect()
}

async fn opened(browser: &Browser<'_>, path: &str) -> (Page, Vec<(String, String)>) {
    let page = browser.get(path).await;
    page.is(200);
    let hidden = page.hidden(path);
    (page, hidden)
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_no_answer_is_kept_as_it_was_typed_beside_what_is_one_and_nothing_is_sent_before_it_is_right() {
    let house = House::open().await;
    let author = house.person("author");
    let reference = author.begin("self-study").await;
    author.answer(&reference, &self_study(&house, "2.00")).await.ok();
    author.attach(&reference, "evidence", "log.pdf", PDF).await.ok();
    let browser = Browser::of(&house, "author").await;
    let (form, day) = (format!("/s/{reference}/form/study"), house.day(-3).to_string());

    let (_, hidden) = opened(&browser, &form).await;
    let typed = study(&hidden, &day, &[("hours", " two and a half "), ("title", "Another title"), ("then", "later")]);
    let saved = browser.post(&form, &typed).await;
    assert_eq!((saved.status, saved.to.as_str()), (303, format!("/s/{reference}").as_str()), "{saved:?}");
    let answers = author.read(&reference).await["answers"].clone();
    assert_eq!((&answers["title"], &answers["hours"]), (&json!("Another title"), &json!("2.00")));

    // It stands there again, word for word, with what is wrong with it; for whoever typed it, and for nobody else.
    let again = browser.get(&form).await;
    assert_eq!(again.value("hours"), " two and a half ");
    again.says("Hours claimed: enter a number, as 2.5.");
    assert_eq!(again.value("title"), "Another title");
    let check = browser.get(&format!("/s/{reference}/check")).await;
    check.says(&format!("href=\"{form}#hours\"")).says("Enter a number, as 2.5").says("Not ready to send");
    browser.get(&format!("/s/{reference}")).await.says("Incomplete");

    // It is in the way of sending, whichever way that is tried.
    author.fire(&reference, "submit", &json!({})).await.faulty("/hours", "type");
    browser.post(&format!("/s/{reference}/act/submit"), &[]).await.is(422);

    // Until there is an answer: on the page, or from a program.
    author.answer(&reference, &json!({ "hours": "3.00" })).await.ok();
    assert_eq!(browser.get(&form).await.value("hours"), "3");
    author.fire(&reference, "submit", &json!({})).await.ok();
    house.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn save_and_continue_keeps_it_too_and_shows_what_is_wrong() {
    let house = House::open().await;
    let author = house.person("author");
    let reference = author.begin("self-study").await;
    let browser = Browser::of(&house, "author").await;
    let (form, day) = (format!("/s/{reference}/form/study"), house.day(-3).to_string());
    let (_, hidden) = opened(&browser, &form).await;
    let refused = browser.post(&form, &study(&hidden, &day, &[("hours", "2,5")])).await;
    refused.is(422).says("enter a number, as 2.5");
    assert_eq!(refused.value("hours"), "2,5");
    assert_eq!(author.read(&reference).await["answers"]["title"], "Lung ultrasound");
    assert_eq!(browser.get(&form).await.value("hours"), "2,5");
    let right = study(&hidden, &day, &[]);
    browser.post(&form, &right).await.is(303);
    assert_eq!(browser.get(&form).await.value("hours"), "2.5");
    house.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_last_look_lists_everything_at_once_each_with_its_place() {
    let house = House::open().await;
    let author = house.person("author");
    let reference = author.begin("self-study").await;
    let browser = Browser::of(&house, "author").await;
    let check = browser.get(&format!("/s/{reference}/check")).await;
    for question in ["title", "completed_on", "hours", "reflection"] {
        check.says(&format!("href=\"/s/{reference}/form/study#{question}\""));
    }
    check.says(&format!("href=\"/s/{reference}/form/evidence#evidence\""));

    // Rules over several answers are told on top as well, all of them, and lead to an answer each.
    let reference = author.begin("course-accreditation").await;
    let mut wrong = course(&house, 30);
    wrong["ends_on"] = json!(house.day(20).to_string());
    wrong["supported"] = json!(true);
    wrong["support"] = json!("Bandage Inc.");
    author.answer(&reference, &wrong).await.ok();
    let check = browser.get(&format!("/s/{reference}/check")).await;
    let top = check.html.split("<header class=\"head\"").next().unwrap();
    for words in ["The last day is before the first day", "There is commercial support"] {
        let line = top.lines().find(|line| line.contains(words)).unwrap_or_else(|| panic!("{words}: {}", check.html));
        assert!(line.contains(&format!("href=\"/s/{reference}/form/")), "{line}");
    }
    check.says("Not ready to send");
    house.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn one_bad_file_spoils_neither_the_good_ones_nor_what_was_typed() {
    let house = House::open().await;
    let author = house.person("author");
    let reference = author.begin("self-study").await;
    let browser = Browser::of(&house, "author").await;
    let form = format!("/s/{reference}/form/evidence");
    let (_, hidden) = opened(&browser, &form).await;
    let fields: Vec<(&str, &str)> = hidden.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    let fields = [&fields[..], &[("attest", "yes"), ("then", "continue")]].concat();
    let files: [(&str, &str, &[u8]); 3] =
        [("evidence", "one.pdf", PDF), ("evidence", "bad.pdf", b"MZ\x90\0"), ("evidence", "two.pdf", PDF)];
    let mixed = browser.upload(&form, &fields, &files).await;
    mixed.is(422).says("one.pdf").says("two.pdf").says("“bad.pdf”");
    let read = author.read(&reference).await;
    assert_eq!(read["answers"]["attest"], true);
    assert_eq!(read["answers"]["evidence"].as_array().map(Vec::len), Some(2), "{read:?}");
    // The page that came back is as good as new.
    let hidden = mixed.hidden(&form);
    let fields: Vec<(&str, &str)> = hidden.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    browser.upload(&form, &[&fields[..], &[("attest", "yes")]].concat(), &[]).await.is(303);
    house.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_typed_for_a_step_and_into_a_rubric_is_put_by_for_whoever_typed_it_until_it_is_sent() {
    let house = House::open().await;
    let author = house.person("author");
    let reference = sent_self_study(&house, &author, "2.00").await;
    house.person("assessor").claim(&reference, "assess").await.ok();
    let browser = Browser::of(&house, "assessor").await;
    let review = format!("/s/{reference}/review/assess");
    let typed = [("rubric/hours_plausible", "partly"), ("note", "Half a\nthought"), ("then", "later")];
    let kept = browser.post(&review, &typed).await;
    assert_eq!((kept.status, kept.to.as_str()), (303, format!("/s/{reference}").as_str()), "{kept:?}");
    let again = browser.get(&review).await;
    assert_eq!(again.value("note"), "Half a\nthought");
    again.says("value=\"partly\" checked");
    let coordinator = Browser::of(&house, "coordinator").await;
    coordinator.get(&format!("/s/{reference}")).await.is_silent_of("thought");

    let judged = [
        ("rubric/hours_plausible", "fully"),
        ("rubric/professional", "yes"),
        ("note", "A whole thought"),
        ("verdict", "approve"),
    ];
    browser.post(&review, &judged).await.is(303);
    let view = house.database.view().await;
    let id = house.submission(&reference).await.id;
    assert_eq!(view.typed_by(house.id("assessor"), id).await.unwrap(), []);
    drop(view);

    // Nobody puts anything by who may not see it, nor where nothing is asked.
    let other = Browser::of(&house, "first-reviewer").await;
    other.post(&review, &typed).await.is(404);
    browser.post(&format!("/s/{reference}/act/nowhere"), &typed).await.is(404);
    house.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn answers_to_different_questions_are_merged_and_two_to_one_stand_side_by_side_until_one_is_chosen() {
    let house = House::open().await;
    let author = house.person("author");
    let reference = author.begin("self-study").await;
    author.answer(&reference, &self_study(&house, "2.00")).await.ok();
    let browser = Browser::of(&house, "author").await;
    let form = format!("/s/{reference}/form/study");
    let (_, hidden) = opened(&browser, &form).await;
    let day = house.day(-10).to_string();

    // Meanwhile, elsewhere: another title and other hours, and a file.
    author.answer(&reference, &json!({ "title": "Theirs", "hours": "4.00" })).await.ok();
    author.attach(&reference, "evidence", "log.pdf", PDF).await.ok();
    let mine = [("title", "Mine"), ("hours", "2.00"), ("source", "doi"), ("kind", "exam")];
    let stale = browser.post(&form, &study(&hidden, &day, &mine)).await;
    stale.is(409).says("say which answer stands").says("Theirs").says("Use mine").says("Use theirs");
    assert_eq!(stale.value("title"), "Mine");
    let read = author.read(&reference).await["answers"].clone();
    // What was left alone is theirs, what only the one changed is the one's, and what both changed waits.
    assert_eq!((&read["hours"], &read["source"], &read["kind"]), (&json!("4.00"), &json!("doi"), &json!("exam")));
    assert_eq!(read["title"], "Theirs");

    // It waits as long as nobody says it, and is in the way of sending.
    let open = stale.hidden(&form);
    let rest = [("hours", "4"), ("source", "doi"), ("kind", "exam")];
    let unsaid = study(&open, &day, &[&rest[..], &[("title", "Mine")]].concat());
    browser.post(&form, &unsaid).await.is(409);
    browser.get(&form).await.says("Use theirs");
    author.fire(&reference, "submit", &json!({})).await.faulty("/title", "changed-meanwhile");
    let said = study(&open, &day, &[&rest[..], &[("title", "Mine"), ("use/title", "mine")]].concat());
    browser.post(&form, &said).await.is(303);
    assert_eq!(author.read(&reference).await["answers"]["title"], "Mine");
    browser.get(&form).await.is_silent_of("Use theirs");

    // The other way round.
    let (_, hidden) = opened(&browser, &form).await;
    author.answer(&reference, &json!({ "title": "Theirs again" })).await.ok();
    let stale = browser.post(&form, &study(&hidden, &day, &[&rest[..], &[("title", "Mine again")]].concat())).await;
    let open = stale.is(409).hidden(&form);
    let theirs = study(&open, &day, &[&rest[..], &[("title", "Mine again"), ("use/title", "theirs")]].concat());
    browser.post(&form, &theirs).await.is(303);
    assert_eq!(browser.get(&form).await.value("title"), "Theirs again");
    author.fire(&reference, "submit", &json!({})).await.ok();
    house.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_an_office_takes_out_is_not_kept_beside_and_erasing_somebody_takes_what_they_typed() {
    let house = House::open().await;
    let author = house.person("author");
    let reference = sent_self_study(&house, &author, "2.00").await;
    house.person("assessor").claim(&reference, "assess").await.ok();
    let review = format!("/s/{reference}/review/assess");
    let id = house.submission(&reference).await.id;
    let kept = async || house.database.view().await.typed_by(house.id("assessor"), id).await.unwrap().len();
    let assessor = Browser::of(&house, "assessor").await;
    let put_by = [("note", "Patient Jane Roe"), ("then", "later")];
    assessor.post(&review, &put_by).await.is(303);
    assert_eq!(kept().await, 1);
    let what = [("what", "question/reflection"), ("reason", "It names a patient.")];
    Browser::of(&house, "coordinator").await.post(&format!("/s/{reference}/redact"), &what).await.is(303);
    assert_eq!(kept().await, 0);

    assessor.post(&review, &put_by).await.is(303);
    let tx = house.database.begin().await;
    tx.end_access(house.id("assessor")).await.unwrap();
    tx.commit().await.unwrap();
    assert_eq!(kept().await, 0);
    house.close().await;
}
