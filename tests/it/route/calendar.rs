//! The organisation's calendar over HTTP: entered, refused, waited for.

use reqwest::{Method, StatusCode};
use serde_json::{Value, json};

use crate::harness::{
    client::{Answer, Client, send},
    database::assert_same,
    house::House,
    workflow_files::take_over,
};

/// An application that a screener puts before the committee, or that goes there by itself.
const BOARD: &str = "
format: 1
workflow: board
title: Application to the board
subject: self-study
form:
  - { section: one, title: One, questions: [{ id: title, type: text, label: Title }] }
roles:
  author: { is: submitter }
  screener: { group: accreditation-office, at_least: 2 }
states:
  draft:    { kind: start, label: Draft }
  meeting:  { label: Before the board, remind: [{ business_days: 5 }] }
  decision: { label: To decide, remind: [P7D] }
  back:     { label: Back with the author, clock: paused, remind: [P7D] }
  granted:  { kind: end, label: Granted }
transitions:
  send:   { from: [draft, back], to: meeting, by: [author], label: Send, unbounded: ok }
  return: { from: [meeting], to: back, by: [screener], label: Return }
  held:   { from: [meeting], to: decision, after: { meeting: board } }
  grant:  { from: [decision], to: granted, by: [screener], label: Grant }
";

/// What courses wait for.
const COMMITTEE: &str = "committee: first Thursday at 09:00; papers 14 days before";

async fn change(house: &House, body: &Value) -> Answer {
    let administrator = house.person("administrator");
    send(administrator.request(Method::PATCH, "/organisation").await.json(body)).await
}

/// The board meets on these days from now, at nine.
fn board(house: &House, days: &[i64], papers: i64) -> String {
    let dates: Vec<String> = days.iter().map(|days| house.day(*days).to_string()).collect();
    format!("board: {} at 09:00; papers {papers} days before", dates.join(", "))
}

/// Whether the file comes into force.
async fn adopted(house: &House) -> bool {
    take_over(&house.app.context, &[("board.yaml".to_owned(), BOARD.to_owned())]).await.unwrap();
    house.database.view().await.current_definition("board").await.unwrap().is_some()
}

async fn sent(author: &Client) -> String {
    let reference = author.begin("board").await;
    author.answer(&reference, &json!({ "title": "A skills laboratory" })).await.ok();
    author.fire(&reference, "send", &json!({})).await.ok();
    reference
}

#[tokio::test(flavor = "multi_thread")]
async fn a_calendar_is_entered_line_by_line_and_what_is_absent_stays() {
    let house = House::open().await;
    let holidays = json!(["12-25 Christmas Day", "fourth Thursday of November Thanksgiving"]);
    let after = change(&house, &json!({ "calendar": { "holidays": holidays } })).await.ok();
    assert_eq!(after["calendar"]["holidays"], holidays);
    assert_eq!(after["calendar"]["weekend"], json!(["Saturday", "Sunday"]));
    assert_eq!(after["calendar"]["meetings"].as_array().unwrap().len(), 1, "{after}");
    assert_eq!(house.person("auditor").get("/organisation").await.ok(), after);
    house.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_calendar_that_nobody_can_read_is_refused_line_by_line_and_changes_nothing() {
    let house = House::open().await;
    let before = house.database.dump().await;
    for (part, lines, told) in [
        ("weekend", json!(["Someday"]), "'Someday' is no weekday"),
        ("holidays", json!(["12-25 Christmas", "2027-02-29 Leap day"]), "line 2: '2027-02-29' is no day"),
        ("meetings", json!(["board: first Thursday"]), "line 1: say on which day and when"),
        ("meetings", json!(["board: first Thursday at 09:00; papers soon"]), "line 1: 'papers soon' is not understood"),
        ("meetings", json!(vec!["board: first Thursday at 09:00"; 301]), "line 301: there are more than 300 lines"),
    ] {
        let refused = change(&house, &json!({ "calendar": { part: lines } })).await;
        let body = refused.body.to_string();
        refused.faulty(&format!("/calendar/{part}"), "calendar");
        assert!(body.contains(told), "{body}");
    }
    change(&house, &json!({ "calendar": { "feasts": [] } })).await.is(422);
    let screener = house.person("screener");
    let refused = screener.request(Method::PATCH, "/organisation").await;
    send(refused.json(&json!({ "calendar": { "weekend": ["Monday"] } }))).await.is(403);
    assert_same(&before, &house.database.dump().await);
    house.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_workflow_that_waits_for_a_meeting_needs_one_within_two_years_and_keeps_it() {
    let house = House::open().await;
    assert!(!adopted(&house).await, "nobody entered the board");
    house.person("author").post("/submissions", &json!({ "workflow": "board" })).await.is(404);

    // A meeting beyond two years does not help, one within does.
    for (days, sound) in [(900, false), (40, true)] {
        change(&house, &json!({ "calendar": { "meetings": [COMMITTEE, board(&house, &[days], 14)] } })).await.ok();
        assert_eq!(adopted(&house).await, sound, "a meeting in {days} days");
    }
    let before = house.database.dump().await;
    for meetings in [json!([]), json!(["committee: first Thursday at 09:00"]), json!([board(&house, &[10], 14)])] {
        let refused = change(&house, &json!({ "calendar": { "meetings": meetings } })).await;
        let body = refused.body.to_string();
        refused.faulty("/calendar/meetings", "no-meeting");
        assert!(body.contains("'Application to the board' waits for the meeting 'board'"), "{body}");
        assert!(body.contains("add a line like board: first Thursday at 09:00"), "{body}");
    }
    assert_same(&before, &house.database.dump().await);
    house.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_author_reads_by_when_and_the_board_decides_at_its_meeting() {
    let house = House::open().await;
    change(&house, &json!({ "calendar": { "meetings": [COMMITTEE, board(&house, &[20, 50], 14)] } })).await.ok();
    assert!(adopted(&house).await);
    let author = house.person("author");
    let draft = author.begin("board").await;
    author.answer(&draft, &json!({ "title": "A skills laboratory" })).await.ok();
    let said = format!("Send by {}, 09:00 and it goes to the meeting of ", house.day(6).strftime("%A %-d %B"));
    let cookie = house.session("author").await;
    for path in [format!("//s/{draft}"), format!("//s/{draft}/check")] {
        let page = send(house.nobody().request(Method::GET, &path).await.header("cookie", &cookie)).await;
        let text = String::from_utf8(page.bytes).unwrap();
        assert_eq!(page.status, StatusCode::OK, "{text}");
        assert!(text.contains(&said), "{path} says nothing of '{said}': {text}");
    }

    let reference = sent(&author).await;
    assert_eq!(author.state(&reference).await, "meeting");
    house.advance(19).await;
    assert_eq!(author.state(&reference).await, "meeting");
    house.advance(2).await;
    assert_eq!(author.state(&reference).await, "decision");
    house.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn without_a_meeting_it_waits_visibly_and_goes_on_once_one_is_entered() {
    let house = House::open().await;
    change(&house, &json!({ "calendar": { "meetings": [COMMITTEE, board(&house, &[20], 14)] } })).await.ok();
    assert!(adopted(&house).await);
    // The last papers are due, and nobody entered the next year.
    house.skip(8).await;
    let (author, coordinator) = (house.person("author"), house.person("coordinator"));
    let reference = sent(&author).await;
    house.work().await;
    let alarm = house.letters_to("coordinator").await.pop().expect("a letter");
    assert!(alarm.text.contains("The calendar has no meeting 'board'"), "{}", alarm.text);
    let history = coordinator.history(&reference).await;
    assert!(history.iter().any(|event| event["what"] == "timer-undated"), "{history:?}");
    house.skip(60).await;
    assert_eq!(author.state(&reference).await, "meeting", "no deadline is made up");

    // Whoever changes only the name is not held up; a calendar without the meeting is.
    change(&house, &json!({ "name": "Academy of Trials" })).await.ok();
    change(&house, &json!({ "calendar": { "holidays": ["12-25 Christmas"] } }))
        .await
        .faulty("/calendar/meetings", "no-meeting");
    change(&house, &json!({ "calendar": { "meetings": [COMMITTEE, board(&house, &[30], 14)] } })).await.ok();
    let armed = coordinator.history(&reference).await;
    assert!(armed.iter().any(|event| event["what"] == "timer-armed" && event["subject"] == "held"), "{armed:?}");
    house.advance(31).await;
    assert_eq!(author.state(&reference).await, "decision");
    house.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_offices_clock_stands_still_while_the_author_answers() {
    let house = House::open().await;
    change(&house, &json!({ "calendar": { "meetings": [COMMITTEE, board(&house, &[90], 14)] } })).await.ok();
    assert!(adopted(&house).await);
    let author = house.person("author");
    let reference = sent(&author).await;
    house.skip(3).await;
    house.person("screener").fire(&reference, "return", &json!({})).await.ok();
    house.skip(10).await;
    // A session ends while days pass: each look is a new one.
    let page = async |path: String| {
        let cookie = house.session("coordinator").await;
        let answer = send(house.nobody().request(Method::GET, &path).await.header("cookie", cookie)).await;
        assert_eq!(answer.status, StatusCode::OK, "{path}");
        String::from_utf8(answer.bytes).unwrap()
    };
    let stands = "the clock stands still while the author answers";
    let queue = page("//queue".to_owned()).await;
    assert!(queue.contains(&reference) && queue.contains(stands), "{queue}");
    let dossier = page(format!("//s/{reference}")).await;
    assert!(dossier.contains(stands), "{dossier}");
    assert!(dossier.contains("<dt>With the office in all</dt><dd>3 days</dd>"), "{dossier}");
    author.fire(&reference, "send", &json!({})).await.ok();
    house.skip(2).await;
    let dossier = page(format!("//s/{reference}")).await;
    assert!(!dossier.contains(stands), "{dossier}");
    assert!(dossier.contains("<dt>With the office in all</dt><dd>5 days</dd>"), "{dossier}");
    house.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_page_keeps_what_was_typed_and_names_the_line() {
    let house = House::open().await;
    let cookie = house.session("administrator").await;
    let post = |holidays: &'static str| {
        let (nobody, cookie, url) = (house.nobody(), cookie.clone(), house.url.clone());
        async move {
            let form = [
                ("name", "Academy of Tests"),
                ("short", "Academy"),
                ("time_zone", "America/Chicago"),
                ("calendar/weekend", "Saturday, Sunday"),
                ("calendar/holidays", holidays),
                ("calendar/meetings", "committee: first Thursday at 09:00; papers 14 days before"),
            ];
            let body: Vec<String> = form
                .iter()
                .map(|(name, value)| {
                    let coded = |text: &str| {
                        percent_encoding::utf8_percent_encode(text, percent_encoding::NON_ALPHANUMERIC).to_string()
                    };
                    format!("{}={}", coded(name), coded(value))
                })
                .collect();
            let request = nobody.request(Method::POST, "//organisation").await;
            let request = request.header("cookie", cookie).header("origin", url);
            send(request.header("content-type", "application/x-www-form-urlencoded").body(body.join("&"))).await
        }
    };
    let refused = post("12-25 Christmas\r\n\r\nsometime in May").await;
    let text = String::from_utf8(refused.bytes).unwrap();
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{text}");
    assert!(text.contains("Line 3: &#39;sometime&#39; is neither a date"), "{text}");
    assert!(text.contains("sometime in May</textarea>"), "{text}");
    assert!(text.contains("href=\"#calendar/holidays\""), "{text}");

    let saved = post("12-25 Christmas\r\nfirst Monday of September Labor Day").await;
    assert!(saved.status < 400, "{saved:?}");
    let kept = house.person("administrator").get("/organisation").await.ok();
    assert_eq!(kept["calendar"]["holidays"], json!(["12-25 Christmas", "first Monday of September Labor Day"]));
    house.close().await;
}
