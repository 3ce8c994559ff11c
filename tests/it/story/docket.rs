//! A course on the agenda of the committee, which does not meet in December.

use jiff::civil::{Date, Weekday};
use reqwest::{Method, StatusCode};
use serde_json::json;

use crate::harness::{
    client::{Client, send},
    form::{self, CREDITS, content, review_course, sent_course, taken_between_meetings},
    house::House,
    workflow_files::take_over,
};

/// What people read on a page.
async fn page(house: &House, who: &str, path: &str) -> String {
    // A session ends while days pass: each look is a new one.
    let cookie = house.session(who).await;
    let answer = send(house.nobody().request(Method::GET, path).await.header("cookie", cookie)).await;
    assert_eq!(answer.status, StatusCode::OK, "{who} reads {path}");
    String::from_utf8(answer.bytes).unwrap().replace("&#39;", "'")
}

async fn meetings(house: &House, lines: &[&str]) {
    let administrator = house.person("administrator");
    let change = json!({ "calendar": { "meetings": lines } });
    send(administrator.request(Method::PATCH, "/organisation").await.json(&change)).await.ok();
}

/// An office on the tenth of November whose committee does not meet in December, and the day on which it meets next.
async fn in_november() -> (House, Date) {
    let house = House::open().await;
    let today = house.day(0);
    let this_year = today.with().month(11).day(10).build().unwrap();
    let tenth = if this_year < today { this_year.with().year(today.year() + 1).build().unwrap() } else { this_year };
    house.skip(i64::from(today.until(tenth).unwrap().get_days())).await;
    meetings(&house, &["committee: first Thursday at 09:00; not in July, December; papers 14 days before"]).await;
    let new_year = Date::new(tenth.year() + 1, 1, 1).unwrap();
    (house, new_year.nth_weekday_of_month(1, Weekday::Thursday).unwrap())
}

async fn on_the_agenda(house: &House, author: &Client) -> String {
    let reference = sent_course(house, author, 200).await;
    house.person("screener").fire(&reference, "to-review", &json!({})).await.ok();
    review_course(house, &reference, ["first-reviewer", "second-reviewer"], &content("approve")).await;
    assert_eq!(author.state(&reference).await, "docket");
    reference
}

#[tokio::test(flavor = "multi_thread")]
async fn a_course_reviewed_in_november_is_decided_in_january_where_december_has_no_meeting() {
    let (house, january) = in_november().await;
    let (author, chair) = (house.person("author"), house.person("chair"));
    let draft = author.begin("course-accreditation").await;
    author.answer(&draft, &form::course(&house, 200)).await.ok();
    author.attach(&draft, "materials", "slides.pdf", form::PDF).await.ok();
    let told = page(&house, "author", &format!("//s/{draft}")).await;
    let papers = format!("Papers for the meeting of {} are taken until Thursday ", january.strftime("%-d %B %Y"));
    assert!(told.contains(&papers), "no '{papers}' in {told}");

    let reference = on_the_agenda(&house, &author).await;
    let agenda = format!("On the agenda of the committee's meeting of {}, 09:00. ", january.strftime("%A %-d %B %Y"));
    for path in [format!("//s/{reference}"), "//".to_owned()] {
        let told = page(&house, "author", &path).await;
        assert!(told.contains(&agenda), "{path}: no '{agenda}' in {told}");
        assert!(told.contains("The committee decides at its meeting or soon after"), "{path}: {told}");
    }
    let queue = page(&house, "coordinator", "//queue").await;
    assert!(queue.contains(&format!("The meeting of {}", january.strftime("%-d %B %Y"))), "{queue}");
    let approve = json!({ "answers": { "credits": CREDITS } });
    chair.fire(&reference, "approve", &approve).await.refused("not-here");
    assert_eq!(chair.turn().await, [""; 0]);

    // The first Thursday of December passes, and nothing happens on it.
    house.skip(i64::from(house.day(0).until(january).unwrap().get_days()) - 1).await;
    assert_eq!(author.state(&reference).await, "docket");
    house.skip(2).await;
    assert_eq!(author.state(&reference).await, "decision");
    assert_eq!(chair.turn().await, [reference.as_str()]);
    chair.fire(&reference, "approve", &approve).await.ok();
    assert_eq!(author.state(&reference).await, "accredited");
    house.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_meeting_that_is_moved_takes_the_agenda_along() {
    let (house, january) = in_november().await;
    let author = house.person("author");
    let reference = on_the_agenda(&house, &author).await;
    meetings(&house, &["committee: second Thursday at 10:00; not in July, December; papers 14 days before"]).await;
    let moved = january.nth_weekday_of_month(2, Weekday::Thursday).unwrap();
    let agenda = format!("On the agenda of the committee's meeting of {}, 10:00. ", moved.strftime("%A %-d %B %Y"));
    let told = page(&house, "author", &format!("//s/{reference}")).await;
    assert!(told.contains(&agenda), "no '{agenda}' in {told}");
    house.skip(i64::from(house.day(0).until(moved).unwrap().get_days()) - 1).await;
    assert_eq!(author.state(&reference).await, "docket", "the first Thursday is nobody's meeting any more");
    house.skip(2).await;
    assert_eq!(author.state(&reference).await, "decision");
    house.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_chair_takes_it_between_meetings_with_a_reason_and_a_late_conflict_sends_it_back() {
    let house = House::open().await;
    let (author, chair) = (house.person("author"), house.person("chair"));
    let reference = on_the_agenda(&house, &author).await;
    chair.fire(&reference, "between", &json!({})).await.refused("note-missing");
    // Who sent it to review still sees it; to the others of that office it is closed.
    house.person("screener").fire(&reference, "between", &json!({ "note": "In haste." })).await.refused("wrong-role");
    house.person("second-screener").fire(&reference, "between", &json!({ "note": "In haste." })).await.is(404);

    house.person("officer").recuse(&reference, "I have joined the sponsor's board.").await.ok();
    assert_eq!(author.state(&reference).await, "review", "a verdict is missing");
    assert_eq!(chair.turn().await, [""; 0]);
    let second = house.person("second-officer");
    second.claim(&reference, "interest").await.ok();
    second.judge(&reference, "interest", &form::interest("approve")).await.ok();
    assert_eq!(author.state(&reference).await, "docket");
    taken_between_meetings(&house, &reference).await;
    chair.fire(&reference, "approve", &json!({ "answers": { "credits": CREDITS } })).await.ok();

    let other = on_the_agenda(&house, &author).await;
    author.fire(&other, "withdraw", &json!({})).await.ok();
    house.close().await;
}

/// A grant that waits for a board which nobody has entered; groups of its own.
const BOARD: &str = "
format: 1
workflow: board
title: Application to the board
subject: statement
form: [{ section: one, title: One, questions: [{ id: title, type: text, label: Title }] }]
roles: { author: { is: submitter }, member: { group: board-members, at_least: 1 } }
states:
  draft:  { kind: start, label: Draft }
  agenda: { label: Before the board }
  decide: { label: To decide, remind: [P7D] }
  done:   { kind: end, label: Done }
transitions:
  send: { from: [draft], to: agenda, by: [author] }
  meet: { from: [agenda], to: decide, after: { meeting: board } }
  pass: { from: [decide], to: done, by: [member] }
";

#[tokio::test(flavor = "multi_thread")]
async fn a_workflow_whose_meeting_nobody_entered_is_kept_says_so_and_is_put_into_force_once_it_is() {
    let house = House::open().await;
    let (author, administrator) = (house.person("author"), house.person("administrator"));
    take_over(&house.app.context, &[("board.yaml".to_owned(), BOARD.to_owned())]).await.unwrap();
    assert!(house.app.context.definitions.refused().is_empty(), "it is sound");
    author.post("/submissions", &json!({ "workflow": "board" })).await.is(404);

    let list = page(&house, "administrator", "//workflows").await;
    for said in ["A version waits for the calendar", "has no meeting 'board'", "/organisation#calendar/meetings"] {
        assert!(list.contains(said), "no '{said}' in {list}");
    }
    let versions = administrator.get("/workflows/board/versions").await.ok();
    let hash = versions["versions"][0]["hash"].as_str().unwrap().to_owned();
    let version = format!("//workflows/board/versions/{hash}");
    let told = page(&house, "administrator", &version).await;
    assert!(told.contains("It cannot be put into force yet.") && !told.contains("id=\"activate\""), "{told}");
    let activate = format!("/workflows/board/versions/{hash}/activate");
    administrator.post(&activate, &json!({})).await.is(422);

    meetings(&house, &["committee: first Thursday at 09:00", "board: second Friday at 14:00"]).await;
    let list = page(&house, "administrator", "//workflows").await;
    assert!(!list.contains("waits for the calendar") && list.contains("came with a file and waits"), "{list}");
    assert!(page(&house, "administrator", &version).await.contains("id=\"activate\""));
    administrator.post(&activate, &json!({})).await.ok();
    author.begin("board").await;
    let groups = administrator.get("/groups").await.ok();
    assert!(groups.to_string().contains("board-members"), "its groups are there to be filled: {groups}");
    house.close().await;
}
