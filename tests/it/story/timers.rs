//! The fourth story: deadlines, reminders and letters, by moving the clock.

use std::collections::BTreeSet;

use imprimatur::model::Mail;
use reqwest::{Method, StatusCode};
use serde_json::json;

use crate::harness::{
    client::send,
    database::assert_same,
    form::{asking, assessment, content, judge_course, sent_course, sent_self_study},
    house::{House, email},
    post_office::PostOffice,
    route::{self, Places},
};

/// The first line of a letter.
fn first_line(letter: &Mail) -> &str {
    letter.text.lines().next().unwrap_or_default()
}

/// What somebody's letters are about, the first first.
async fn subjects(house: &House, key: &str) -> Vec<String> {
    house.letters_to(key).await.into_iter().map(|letter| letter.subject).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn those_whose_turn_it_is_are_told_reminded_and_relieved_on_the_days_of_the_definition() {
    let house = House::open().await;
    let author = house.person("author");
    let by = house.day(30).strftime("%A %-d %B %Y").to_string();
    let reference = sent_self_study(&house, &author, "2.00").await;
    house.work().await;
    for key in ["assessor", "second-assessor"] {
        let letters = house.letters_to(key).await;
        assert_eq!(letters.len(), 1, "{letters:#?}");
        assert_eq!(first_line(&letters[0]), format!("Your attention is needed, by {by}."));
        assert!(
            letters[0].text.contains(&reference) && letters[0].text.contains(&format!("{}/s/{reference}", house.url))
        );
        assert!(letters[0].html.contains(&reference));
        assert!(letters[0].text.contains("It is your turn: Assessment: take it."), "{}", letters[0].text);
    }
    // The author has a receipt, with the reference and what comes next; nobody else hears of it.
    let receipt = house.letters_to("author").await;
    assert_eq!(receipt.len(), 1, "{receipt:#?}");
    assert_eq!(first_line(&receipt[0]), "Nothing for you to do.");
    for words in [reference.as_str(), "Received. With an assessor.", &format!("It is looked at by {by} at the latest.")]
    {
        assert!(receipt[0].text.replace('\n', " ").contains(words), "{words}: {}", receipt[0].text);
    }
    assert_eq!(house.letters().await.len(), 3);

    // The seventh and the fourteenth day: a reminder to whoever has it by then.
    house.advance(6).await;
    assert_eq!(house.letters().await.len(), 3);
    house.advance(1).await;
    assert_eq!(house.letters().await.len(), 5, "both members of the group are reminded");
    house.person("assessor").claim(&reference, "assess").await.ok();
    house.advance(7).await;
    let reminders = house.letters_to("assessor").await;
    assert_eq!(reminders.len(), 3, "{reminders:#?}");
    assert_eq!(first_line(&reminders[2]), format!("Your attention is needed, by {by}."));
    assert!(reminders[2].text.contains("still waits for you"), "{}", reminders[2].text);
    assert_eq!(house.letters_to("second-assessor").await.len(), 2, "somebody else has it");

    // Seven days and two days before the end of the thirtieth day they are reminded again, whatever the file says.
    house.advance(16).await;
    assert_eq!(house.letters_to("assessor").await.len(), 5);
    assert_eq!(author.state(&reference).await, "assessment", "the thirtieth day is not over");
    // Then the lead has it, and the author learns that it is late.
    house.advance(1).await;
    assert_eq!(author.state(&reference).await, "overdue");
    let late = house.letters_to("author").await;
    assert_eq!(late.len(), 2, "{late:#?}");
    assert_eq!(first_line(&late[1]), "Nothing for you to do.");
    assert!(late[1].text.contains("Your assessment is late"), "{}", late[1].text);
    let lead = house.letters_to("lead").await;
    assert_eq!(lead.len(), 1, "{lead:#?}");
    assert_eq!(first_line(&lead[0]), "Your attention is needed.");

    // What was left is remembered by nobody: no reminder of the assessment comes any more.
    house.advance(3).await;
    assert_eq!(house.letters_to("lead").await.len(), 2);
    assert_eq!(house.letters_to("assessor").await.len(), 5);
    house.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_author_is_told_of_a_return_a_decision_and_the_end_and_rejected_is_not_returned() {
    let house = House::open().await;
    let (author, assessor) = (house.person("author"), house.person("assessor"));
    let reference = sent_self_study(&house, &author, "2.00").await;
    let wish = asking(assessment("revise"), ("reflection", "Say what you will do differently."));
    assessor.claim(&reference, "assess").await.ok();
    assessor.judge(&reference, "assess", &wish).await.ok();
    house.work().await;
    let returned = house.letters_to("author").await;
    assert_eq!(returned.len(), 1, "{returned:#?}");
    let by = house.day(45).strftime("%A %-d %B %Y").to_string();
    assert_eq!(first_line(&returned[0]), format!("Your attention is needed, by {by}."));
    assert!(returned[0].text.contains("Say what you will do differently."), "{}", returned[0].text);

    author.resolve(&reference, 1, "Done.").await.ok();
    author.fire(&reference, "answered", &json!({})).await.ok();
    assessor.claim(&reference, "assess").await.ok();
    assessor.judge(&reference, "assess", &assessment("approve")).await.ok();
    house.work().await;
    let recognised = house.letters_to("author").await;
    assert_eq!(recognised.len(), 2, "{recognised:#?}");
    assert_eq!(first_line(&recognised[1]), "Nothing for you to do.");
    assert!(recognised[1].text.contains("Recognised."), "{}", recognised[1].text);
    assert!(recognised[1].text.contains("Recorded for you: 2.00 "), "what it gives: {}", recognised[1].text);

    // A course: returned as incomplete, and not accredited.
    let course = sent_course(&house, &author, 90).await;
    let back = json!({ "note": "Slide 3 cites no source.", "answers": { "reasons": ["citations"] } });
    house.person("screener").fire(&course, "send-back", &back).await.ok();
    house.work().await;
    let returned = house.letters_to("author").await.pop().unwrap();
    assert!(first_line(&returned).starts_with("Your attention is needed, by "), "{}", returned.text);
    assert!(returned.text.contains("Slide 3 cites no source."), "{}", returned.text);
    author.fire(&course, "resubmit", &json!({})).await.ok();
    house.person("screener").fire(&course, "desk-reject", &json!({ "note": "Not a course." })).await.ok();
    house.work().await;
    let rejected = house.letters_to("author").await.pop().unwrap();
    assert!(first_line(&rejected).starts_with("Your attention is needed, by "), "an appeal is open: {}", rejected.text);
    assert!(
        rejected.text.contains("Not accredited. You can appeal within 30 days.\n")
            && rejected.text.contains("Not a course."),
        "{}",
        rejected.text
    );
    assert_eq!(returned.subject, rejected.subject, "letters about one submission stay together");

    // What a rule refuses, it refuses for the reason that the reviewer gave.
    let refused = sent_self_study(&house, &author, "2.00").await;
    assessor.claim(&refused, "assess").await.ok();
    assessor.judge(&refused, "assess", &assessment("reject")).await.ok();
    house.work().await;
    let letter = house.letters_to("author").await.pop().unwrap();
    assert!(letter.text.contains("Refused.") && letter.text.contains("As the log says."), "{}", letter.text);
    house.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_is_told_of_an_own_act_twice_or_of_what_was_left_in_the_meantime() {
    let house = House::open().await;
    let author = house.person("author");
    // Sent and withdrawn before any letter was written: nobody needs to know.
    let gone = sent_self_study(&house, &author, "2.00").await;
    author.fire(&gone, "withdraw", &json!({})).await.ok();
    house.work().await;
    assert_eq!(subjects(&house, "assessor").await, [""; 0]);
    assert_eq!(subjects(&house, "author").await, [""; 0], "the author knows what they did");

    // Several workers at once write each letter once.
    let reference = sent_course(&house, &author, 90).await;
    let workers: Vec<_> = (0..4)
        .map(|_| {
            let worker = house.worker();
            tokio::spawn(async move { while worker.round().await.unwrap() > 0 {} })
        })
        .collect();
    for worker in workers {
        worker.await.unwrap();
    }
    let mut told = BTreeSet::new();
    for letter in house.letters().await {
        assert!(told.insert((letter.person, letter.subject.clone(), letter.text.clone())), "twice: {}", letter.text);
    }
    assert_eq!(subjects(&house, "screener").await.len(), 1);

    // One screener acts: the other one hears nothing of it, nor do they themselves; the reviewers do.
    house.person("screener").fire(&reference, "to-review", &json!({})).await.ok();
    house.work().await;
    assert_eq!(subjects(&house, "screener").await.len(), 1);
    assert_eq!(subjects(&house, "second-screener").await.len(), 1);
    assert_eq!(subjects(&house, "fifth-reviewer").await.len(), 1);
    assert_eq!(subjects(&house, "officer").await.len(), 1);
    judge_course(&house, &reference, ["first-reviewer", "second-reviewer"], &content("approve")).await;
    house.work().await;
    assert_eq!(subjects(&house, "first-reviewer").await.len(), 1);
    assert_eq!(subjects(&house, "chair").await, [""; 0], "the chair took it from the agenda");
    assert_eq!(subjects(&house, "second-chair").await.len(), 1);
    house.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn who_is_assigned_is_told_and_who_is_reminded_by_the_office_too() {
    let house = House::open().await;
    let (author, coordinator) = (house.person("author"), house.person("coordinator"));
    let reference = sent_self_study(&house, &author, "2.00").await;
    house.work().await;
    coordinator.assign(&reference, "assess", house.id("second-assessor")).await.ok();
    house.work().await;
    let letters = house.letters_to("second-assessor").await;
    assert_eq!(letters.len(), 2, "{letters:#?}");
    assert!(first_line(&letters[1]).starts_with("Your attention is needed, by "), "{}", letters[1].text);
    coordinator.post(&format!("/submissions/{reference}/remind"), &json!({})).await.ok();
    house.work().await;
    assert_eq!(house.letters_to("second-assessor").await.len(), 3);
    assert_eq!(house.letters_to("assessor").await.len(), 1);
    assert_eq!(house.letters_to("coordinator").await.len(), 0);

    // A conflict declared: the place is free, and the others hear of it.
    house.person("second-assessor").recuse(&reference, "My sister wrote it.").await.ok();
    house.work().await;
    assert_eq!(house.letters_to("assessor").await.len(), 2);
    assert_eq!(house.letters_to("second-assessor").await.len(), 3);
    house.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_worker_that_slept_for_months_does_late_what_was_due_and_tells_only_where_it_stands() {
    let house = House::open().await;
    let author = house.person("author");
    let wish = asking(assessment("revise"), ("hours", "The log has one hour."));
    let reference = sent_self_study(&house, &author, "2.00").await;
    house.person("assessor").claim(&reference, "assess").await.ok();
    house.person("assessor").judge(&reference, "assess", &wish).await.ok();
    house.skip(200).await;
    assert_eq!(author.state(&reference).await, "lapsed");
    let letters = house.letters_to("author").await;
    assert_eq!(letters.len(), 1, "not of the return that nobody can answer any more: {letters:#?}");
    assert_eq!(first_line(&letters[0]), "Nothing for you to do.");
    assert!(letters[0].text.contains("Lapsed"), "{}", letters[0].text);
    house.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_changes_on_get_or_head() {
    let house = House::open().await;
    let author = house.person("author");
    let reference = sent_course(&house, &author, 90).await;
    house.person("screener").fire(&reference, "to-review", &json!({})).await.ok();
    house.person("coordinator").assign(&reference, "content", house.id("first-reviewer")).await.ok();
    house.work().await;
    // All timers are due, and nobody but the worker may fire them.
    assert!(house.app.context.clock.advance(jiff::SignedDuration::from_hours(24 * 20)));
    let file = author.read(&reference).await.ok()["files"][0]["id"].as_str().unwrap().to_owned();
    let (id, reviewer) = (house.id("author").to_string(), house.id("first-reviewer").to_string());
    let places = Places {
        reference: &reference,
        file: &file,
        person: &id,
        reviewer: &reviewer,
        workflow: "self-study",
        transition: "withdraw",
        track: "content",
        section: "course",
    };
    let all = route::all().into_iter().filter(|(method, _)| method == "GET");
    let paths: Vec<String> = all.map(|(_, path)| places.in_path(&path)).collect();
    assert!(paths.len() > 45, "{paths:?}");
    for key in ["author", "first-reviewer", "coordinator", "auditor", "administrator"] {
        let (person, cookie) = (house.person(key), house.session(key).await);
        let before = house.database.dump().await;
        let mut read = 0;
        for path in &paths {
            for method in [Method::GET, Method::HEAD] {
                let path = format!("/{path}");
                let request = if path.starts_with("//api/") {
                    person.request(method, &path).await
                } else {
                    house.nobody().request(method, &path).await.header("cookie", &cookie)
                };
                let answer = send(request).await;
                assert!(answer.status < 500, "{key}: {answer:?}");
                read += usize::from(answer.status == StatusCode::OK);
            }
        }
        assert!(read > 20, "{key} could read {read} only");
        assert_same(&before, &house.database.dump().await);
    }
    house.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn letters_go_out_over_smtp_once_each_and_wait_while_the_server_takes_none() {
    let office = PostOffice::open().await;
    let house = House::open_with(&[("smtp", &office.url), ("mail_from", "Office <office@academy.example>")]).await;
    office.close(true);
    let reference = sent_self_study(&house, &house.person("author"), "2.00").await;
    house.work().await;
    assert_eq!(office.letters().len(), 0);
    assert!(house.letters().await.iter().all(|letter| letter.sent_at.is_none()));

    office.close(false);
    house.skip(1).await;
    house.skip(1).await;
    let letters = house.letters().await;
    assert!(letters.len() == 3 && letters.iter().all(|letter| letter.sent_at.is_some()), "{letters:#?}");
    let taken = office.letters();
    assert_eq!(taken.len(), 3, "{taken:#?}");
    for key in ["assessor", "second-assessor"] {
        let to = format!("To: {}\r\n", email(key));
        let letter =
            taken.iter().find(|letter| letter.contains(&to)).unwrap_or_else(|| panic!("none {to}: {taken:#?}"));
        assert!(letter.contains("From: Office <office@academy.example>\r\n"), "{letter}");
        assert!(letter.contains("Auto-Submitted: auto-generated\r\n"), "{letter}");
        assert!(letter.contains("Your attention is needed, by "), "{letter}");
        assert!(letter.contains(&reference), "{letter}");
        let id = letter.lines().find_map(|line| line.strip_prefix("Message-ID: ")).unwrap();
        assert!(id.starts_with('<') && id.ends_with("@127.0.0.1>"), "{id}");
    }
    house.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_letter_that_the_server_refuses_for_good_is_given_up_at_once_and_the_others_go_out() {
    let office = PostOffice::open().await;
    let house = House::open_with(&[("smtp", &office.url), ("mail_from", "Office <office@academy.example>")]).await;
    office.remove(&format!("<{}>", email("assessor")));
    sent_self_study(&house, &house.person("author"), "2.00").await;
    house.work().await;
    assert_eq!(office.letters().len(), 2, "the second assessor's and the author's");
    let failed = house.database.view().await.failed_jobs(10).await.unwrap();
    let [job] = failed.as_slice() else { panic!("{failed:#?}") };
    assert_eq!(job.attempts, 1);
    assert!(job.error.as_ref().unwrap().contains("no such mailbox"), "{job:#?}");
    assert_eq!(house.database.view().await.failed_job_count().await.unwrap(), 1);
    assert_eq!(house.letters_to("assessor").await[0].sent_at, None);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_alarm_names_the_group_as_people_call_it() {
    let house = House::open().await;
    house.empty_group("self-study-assessors").await;
    sent_self_study(&house, &house.person("author"), "2.00").await;
    house.work().await;
    let letters = house.letters_to("coordinator").await;
    assert_eq!(letters.len(), 1, "{letters:#?}");
    assert!(
        letters[0].text.contains("Too few people of the group “self study assessors” can act"),
        "{}",
        letters[0].text
    );
    house.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_of_the_outside_takes_the_letters_too() {
    let Ok(server) = std::env::var("TEST_SMTP") else {
        eprintln!("left out: set TEST_SMTP=host:port to send letters to a real server");
        return;
    };
    let smtp = format!("smtp://{server}");
    let house = House::open_with(&[("smtp", &smtp), ("mail_from", "Office <office@academy.example>")]).await;
    sent_self_study(&house, &house.person("author"), "2.00").await;
    house.work().await;
    let letters = house.letters().await;
    assert!(letters.len() == 3 && letters.iter().all(|letter| letter.sent_at.is_some()), "{letters:#?}");
    house.close().await;
}
