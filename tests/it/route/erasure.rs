//! A person who wants to be forgotten: what of them goes from every table and file, what stays, and that both are said.

use std::{collections::BTreeSet, fs, path::Path};

use imprimatur::{
    clock::new_id,
    domain::{Duty, JobId, MailId, SessionId, Standing},
    model::{Job, KeptReceipt, Mail, Person, Receipt, Session},
    usecase::retention,
};
use jiff::SignedDuration;
use reqwest::Method;
use serde_json::{Value, json};

use crate::harness::{
    client::{Client, send},
    form::{self, assessment, content, pdf, self_study, sent_self_study},
    house::{House, email},
};

/// Words that stand nowhere by chance. In lower case; they are looked for whatever the case.
const MAIL: &str = "zyxmail";
const NAME: &str = "zyxname";
const HOUSE: &str = "zyxhouse";
const DRAFT: &str = "zyxdraft";
const RECORD: &str = "zyxrecord";

/// Makes somebody into who wants to be forgotten, with words that can be looked for.
async fn mark(house: &House, key: &str) {
    house
        .change(key, |person| {
            person.email = format!("{MAIL}@academy.example").parse().unwrap();
            person.name = "Zyxname Quill-O'Hara".to_owned();
            person.credentials = "MD, Zyxhouse".to_owned();
            person.affiliation = "Zyxhouse Hospital".to_owned();
        })
        .await;
}

/// Puts the words wherever somebody leaves something behind who is on no record.
async fn scatter(house: &House, key: &str) {
    let (person, administrator) = (house.person(key), house.person("administrator"));
    // A draft with a file, and one that was taken back before it was sent.
    for end in ["draft", "withdrawn"] {
        let reference = person.begin("course-accreditation").await;
        let faculty = json!([{ "name": "Zyxdraft Else", "email": "zyxdraft@faculty.example", "part": "Speaker", "disclosure": "" }]);
        person.answer(&reference, &json!({ "title": "Zyxdraft", "place": "Zyxdraft", "faculty": faculty })).await.ok();
        person.attach(&reference, "materials", "zyxdraft.pdf", pdf(10, "zyxdraft")).await.ok();
        if end == "withdrawn" {
            person.fire(&reference, "withdraw", &json!({ "note": "Zyxdraft." })).await.ok();
        }
    }
    // Somebody else's draft names them.
    let theirs = house.person("other-author").begin("course-accreditation").await;
    let named = json!([{ "name": "Zyxname Quill-O'Hara", "email": format!("{MAIL}@academy.example"), "part": "Speaker", "disclosure": "Zyxhouse Inc." }]);
    house.person("other-author").answer(&theirs, &json!({ "faculty": named })).await.ok();
    // The log: they were changed, joined a group, and left it.
    let path = format!("/people/{}", house.id(key).0);
    let request = administrator.request(Method::PATCH, &path).await;
    let _ = send(request.header("idempotency-key", "k1").json(&json!({ "affiliation": "Zyxhouse Clinic" }))).await.ok();
    let member = format!("/groups/audit/members/{}", house.id(key).0);
    let _ = send(administrator.request(Method::PUT, &member).await).await;
    // Kept answers, an attempt to sign in, a session.
    let request = person.request(Method::POST, "/submissions").await.header("idempotency-key", "k2");
    let _ = send(request.json(&json!({ "workflow": "self-study" }))).await.ok();
    let form = format!("email={MAIL}%40academy.example&password=not-this-one");
    let request = house.nobody().request(Method::POST, "//sign-in").await.header("sec-fetch-site", "same-origin");
    let request = request.header("content-type", "application/x-www-form-urlencoded").body(form);
    assert_eq!(send(request).await.status, 422);
    leave(house, key).await;
}

/// What is only found in the tables.
async fn leave(house: &House, key: &str) {
    // What was answered to an administrator who changed them, a session and a link.
    let now = house.app.context.clock.now();
    let invited = Person {
        id: house.id(key),
        email: format!("{MAIL}@academy.example").parse().unwrap(),
        name: "Zyxname".to_owned(),
        credentials: String::new(),
        affiliation: "Zyxhouse".to_owned(),
        standing: Standing::Invited,
        duties: BTreeSet::new(),
        created_at: now,
    };
    let administrator = house.id("administrator");
    let kept = KeptReceipt {
        person: administrator,
        key: "k3".to_owned(),
        fingerprint: [0; 32],
        receipt: Receipt::Invited(invited),
        created_at: now,
    };
    let (id, agent) = (SessionId(new_id()), "Zyxhouse browser".to_owned());
    let person = house.id(key);
    let session = Session {
        id,
        secret_hash: [7; 32],
        person,
        created_at: now,
        seen_at: now,
        expires_at: now + SignedDuration::from_hours(1),
        agent,
        address: "203.0.113.7".to_owned(),
    };
    let tx = house.database.begin().await;
    tx.keep_receipt(&kept).await.unwrap();
    tx.add_session(&session).await.unwrap();
    tx.commit().await.unwrap();
    // Letters to them and, about them, to others; and work that failed with their address.
    let letter = |to: &str, text: &str| Mail {
        id: MailId(new_id()),
        person: house.id(to),
        to: email(to).parse().unwrap(),
        subject: "About Zyxname Quill-O'Hara".to_owned(),
        text: text.to_owned(),
        html: "<p>Zyxname Quill-O&#39;Hara</p>".to_owned(),
        about: None,
        queued_at: now,
        sent_at: Some(now),
        dedupe: None,
        kept_at: None,
        dropped_at: None,
    };
    let tx = house.database.begin().await;
    tx.add_mail(&letter(key, "To Zyxname.")).await.unwrap();
    let other = format!("Ask Zyxname Quill-O'Hara ({MAIL}@academy.example).");
    tx.add_mail(&letter("coordinator", &other)).await.unwrap();
    let failed = Job::new(JobId(new_id()), "deliver", json!({ "effect": "deliver", "mail": new_id() }), now, None);
    let error = Some(format!("mailbox <{MAIL}@academy.example> is full"));
    tx.add_job(&Job { done_at: Some(now), error, ..failed }).await.unwrap();
    tx.commit().await.unwrap();
}

/// Where a word stands: `table.column`, and `file` for a document's bytes.
async fn places(house: &House, word: &str) -> BTreeSet<String> {
    let mut places = house.database.places(word).await;
    if holds(&house.app.context.config.data.join("blobs"), word) {
        places.insert("file".to_owned());
    }
    places
}

fn holds(folder: &Path, word: &str) -> bool {
    fs::read_dir(folder).unwrap().any(|entry| {
        let path = entry.unwrap().path();
        if path.is_dir() {
            return holds(&path, word);
        }
        let bytes = fs::read(&path).unwrap().to_ascii_lowercase();
        bytes.windows(word.len()).any(|window| window == word.as_bytes())
    })
}

fn set(places: &[&str]) -> BTreeSet<String> {
    places.iter().map(|place| (*place).to_owned()).collect()
}

async fn erase(house: &House, key: &str) -> Value {
    let path = format!("/people/{}/erasure", house.id(key).0);
    house.person("administrator").post(&path, &json!({ "reason": "Zyxname Quill-O'Hara asked for it." })).await.ok()
}

/// Every column of every table and every file is looked through, so that a table added later is too.
///
/// Seen to fail: with the steps of `carry.rs` left out the address was found in `job.error`, `kept_receipt.receipt`, `log.detail`,
/// `log.subject`, `mail.text_body`, `mention.email` and `throttle.bucket`; with a name of which HTML escapes a sign looked
/// for as it is, in `mail.html_body`.
#[tokio::test(flavor = "multi_thread")]
async fn of_somebody_on_no_record_nothing_is_left() {
    let house = House::open().await;
    mark(&house, "sampler").await;
    scatter(&house, "sampler").await;
    for word in [MAIL, NAME, HOUSE, DRAFT] {
        let before = places(&house, word).await;
        assert!(before.len() > 2, "{word} is scattered: {before:?}");
    }
    let path = format!("/people/{}/erasure", house.id("sampler").0);
    let planned = house.person("administrator").get(&path).await.ok();
    assert_eq!((&planned["done"], &planned["depth"]), (&json!(false), &json!("anonymised")), "{planned}");
    assert!(!places(&house, MAIL).await.is_empty(), "a plan changes nothing");

    let token = house.person("sampler").token().await;
    let told = erase(&house, "sampler").await;
    for part in ["erased", "kept", "depth", "called"] {
        assert_eq!(told[part], planned[part], "what was told is what was done");
    }
    for word in [MAIL, NAME, HOUSE, DRAFT] {
        assert_eq!(places(&house, word).await, set(&[]), "{word}");
    }
    assert!(told["called"].as_str().unwrap().starts_with("Erased person "), "{told}");
    // A second time changes nothing and says the same.
    assert_eq!(erase(&house, "sampler").await, told);
    assert_eq!(house.database.count("SELECT COUNT(*) FROM erasure").await, 1);

    // Nobody gets in, and nothing brings them back.
    Client::with_token(house.url.clone(), token).get("/me").await.is(401);
    let administrator = house.person("administrator");
    let person = format!("/people/{}", house.id("sampler").0);
    let read = administrator.get(&person).await.ok();
    assert_eq!((&read["standing"], &read["groups"]), (&json!("erased"), &json!([])));
    let change = administrator.request(Method::PATCH, &person).await.json(&json!({ "standing": "active" }));
    send(change).await.is(409);
    let again = json!({ "email": read["email"], "name": "Somebody" });
    administrator.post("/people", &again).await.faulty("/email", "erased");
    house.close().await;
}

/// Seen to fail: with events left as they were the address was found in `event.body`, and with letters left in
/// `mail.recipient`; with the name written into the statement that was kept for ever it would have stayed there.
#[tokio::test(flavor = "multi_thread")]
async fn of_somebody_on_record_the_name_stays_there_for_its_time_and_then_goes_too() {
    let house = House::open().await;
    mark(&house, "author").await;
    let author = house.person("author");
    // Credited for a study, and named and credited in somebody else's course, of which an earlier version named them too.
    let study = author.begin("self-study").await;
    author.answer(&study, &self_study(&house, "2")).await.ok();
    author.answer(&study, &json!({ "title": "Zyxrecord" })).await.ok();
    author.attach(&study, "evidence", "zyxrecord.pdf", pdf(10, "zyxrecord")).await.ok();
    author.fire(&study, "submit", &json!({})).await.ok();
    house.person("assessor").claim(&study, "assess").await.ok();
    house.person("assessor").judge(&study, "assess", &assessment("approve")).await.ok();
    let other = house.person("other-author");
    let course = other.begin("course-accreditation").await;
    let text = form::course(&house, 30).to_string();
    let text = text.replace("ana@faculty.example", &format!("{MAIL}@academy.example"));
    let answers: Value = serde_json::from_str(&text.replace("Ana Castillo", "Zyxname Quill-O'Hara")).unwrap();
    other.answer(&course, &answers).await.ok();
    other.attach(&course, "materials", "slides.pdf", form::PDF).await.ok();
    other.fire(&course, "submit", &json!({})).await.ok();
    house.person("screener").fire(&course, "to-review", &json!({})).await.ok();
    form::judge_course(&house, &course, ["first-reviewer", "second-reviewer"], &content("approve")).await;
    let approve = json!({ "note": "A needed course.", "answers": { "credits": form::CREDITS } });
    house.person("chair").fire(&course, "approve", &approve).await.ok();
    house.skip(31).await;
    let report = json!({ "answers": { "held_on": house.day(-1).to_string(), "participants": 37 } });
    other.fire(&course, "report", &report).await.ok();
    house.person("screener").fire(&course, "confirm", &json!({})).await.ok();
    let credited = author.totals().await;
    assert_eq!(credited, json!({ "ama-pra-1": "4.00", "ama-pra-2": "2.00" }));
    scatter(&house, "author").await;

    let told = erase(&house, "author").await;
    assert_eq!((&told["depth"], &told["called"]), (&json!("restricted"), &json!("Zyxname Quill-O'Hara")), "{told}");
    let until = told["kept_until"].as_str().expect("a day").to_owned();
    for word in [MAIL, HOUSE, DRAFT] {
        let left = places(&house, word).await;
        // Only what is printed behind the name stays with the name.
        let allowed = if word == HOUSE { set(&["person.credentials"]) } else { set(&[]) };
        assert_eq!(left, allowed, "{word}");
    }
    assert_eq!(
        places(&house, NAME).await,
        set(&["person.name", "person.name_key", "person_word.word", "revision.answers", "submission_content.answers"])
    );
    assert!(places(&house, RECORD).await.contains("file"));
    assert_eq!(credited_of(&house, "author").await, credited, "what was credited is as it was");
    // Who reviewed reads the same as before; the page of the statement is there.
    let history = house.person("coordinator").history(&course).await;
    assert!(!history.is_empty());

    // After the time of records the name goes too; the credit stays, under a number.
    house.skip(4 * 366).await;
    assert!(house.app.context.clock.advance(SignedDuration::from_hours(24 * 366 * 8)));
    retention::sweep(&house.app.context).await.unwrap();
    assert!(until < house.app.context.clock.now().to_string());
    house.work().await;
    for word in [NAME, HOUSE, MAIL] {
        assert_eq!(places(&house, word).await, set(&[]), "{word}");
    }
    assert_eq!(places(&house, RECORD).await, set(&["ledger_entry.title"]));
    assert_eq!(credited_of(&house, "author").await, credited);
    house.close().await;
}

/// Sums of credit by type, of somebody who cannot ask any more.
async fn credited_of(house: &House, key: &str) -> Value {
    let totals = house.database.view().await.totals_of(house.id(key)).await.unwrap();
    Value::Object(totals.into_iter().map(|(credit, amount)| (credit, json!(amount.to_string()))).collect())
}

/// Seen to fail: with the obstacles left out the author of an open study was erased (200 for 409).
#[tokio::test(flavor = "multi_thread")]
async fn nobody_is_erased_while_work_waits_nor_by_themselves_nor_the_last_administrator() {
    let house = House::open().await;
    let administrator = house.person("administrator");
    let reason = json!({ "reason": "They asked for it." });
    let path = |key: &str| format!("/people/{}/erasure", house.id(key).0);
    let author = house.person("author");
    let study = sent_self_study(&house, &author, "2").await;
    house.person("assessor").claim(&study, "assess").await.ok();

    for (key, says) in [("author", "Withdraw or decide it first"), ("assessor", "to somebody else first")] {
        let plan = administrator.get(&path(key)).await.ok();
        let obstacles = plan["obstacles"].to_string();
        assert!(obstacles.contains(&study) && obstacles.contains(says), "{plan}");
        let refused = administrator.post(&path(key), &reason).await.is(409);
        assert!(refused["detail"].as_str().unwrap().contains(&study), "{refused}");
    }
    let refused = administrator.post(&path("administrator"), &reason).await.is(409);
    let detail = refused["detail"].as_str().unwrap();
    assert!(detail.contains("another administrator") && detail.contains("last administrator"), "{detail}");
    // Without a reason, by others, of others.
    administrator.post(&path("fifth-reviewer"), &json!({ "reason": " " })).await.faulty("/reason", "missing");
    for nobody in ["author", "coordinator", "auditor"] {
        house.person(nobody).post(&path("fifth-reviewer"), &reason).await.is(403);
        house.person(nobody).get(&format!("/people/{}/copy", house.id("fifth-reviewer").0)).await.is(403);
    }
    assert_eq!(house.database.count("SELECT COUNT(*) FROM erasure").await, 0);

    // Once the work is done it goes, and the name of who decided stays in the history.
    house.person("assessor").judge(&study, "assess", &assessment("approve")).await.ok();
    house.change("coordinator", |person| person.duties.extend([Duty::Administrator])).await;
    let told = administrator.post(&path("assessor"), &reason).await.ok();
    assert_eq!((&told["depth"], &told["called"]), (&json!("restricted"), &json!("assessor")), "{told}");
    let history = house.person("coordinator").history(&study).await;
    let decided =
        history.iter().find(|event| event["kind"] == "verdict-recorded" || event.to_string().contains("verdict"));
    assert!(decided.is_some_and(|event| event.to_string().contains("assessor")), "{history:?}");
    let copy = administrator.get(&format!("/people/{}/copy", house.id("assessor").0)).await.ok();
    assert_eq!(copy["erasure"]["depth"], "restricted", "{copy}");
    assert!(copy["took_part_in"].to_string().contains(&study), "{copy}");
    house.close().await;
}

/// Seen to fail: with a trigger that compares nothing under an erasure, `UPDATE event SET at = 0` went through.
#[tokio::test(flavor = "multi_thread")]
async fn what_only_grows_is_changed_under_an_erasure_on_record_and_in_its_words_alone() {
    let house = House::open().await;
    let author = house.person("author");
    let study = author.begin("self-study").await;
    author.fire(&study, "withdraw", &json!({})).await.ok();
    erase(&house, "author").await;
    for statement in [
        "UPDATE event SET body = '{}'".to_owned(),
        // Under the erasure there is, what happened when is still fixed.
        "UPDATE event SET at = 0, erasure = (SELECT id FROM erasure)".to_owned(),
        "UPDATE event SET kind = 'moved', sequence = sequence + 9, erasure = (SELECT id FROM erasure)".to_owned(),
        "UPDATE log SET actor = NULL, at = 1, erasure = (SELECT id FROM erasure)".to_owned(),
        "DELETE FROM event".to_owned(),
        "DELETE FROM log".to_owned(),
        "UPDATE erasure SET statement = '{}'".to_owned(),
        "DELETE FROM erasure".to_owned(),
    ] {
        let refused = house.database.run(&statement).await.expect_err(&statement).to_string();
        assert!(refused.contains("append-only"), "{statement}: {refused}");
    }
    let made_up = if house.database.is_sqlite() { "x'00'" } else { "'0190b5a0-0000-7000-8000-000000000000'" };
    let statement = format!("UPDATE log SET subject = 'x', erasure = {made_up}");
    assert!(house.database.run(&statement).await.is_err(), "an erasure that nobody wrote down");
    house.close().await;
}

/// The page shows the plan, is not taken without the address, and then shows the statement.
///
/// Seen to fail: with the address not compared, somebody else's erased them (303 for 422).
#[tokio::test(flavor = "multi_thread")]
async fn the_page_tells_before_it_does_and_wants_the_address_typed() {
    let house = House::open().await;
    let cookie = house.session("administrator").await;
    let page = format!("{}/people/{}/erase", house.url, house.id("fifth-reviewer").0);
    let client = reqwest::Client::builder().redirect(reqwest::redirect::Policy::none()).build().unwrap();
    let get = async |page: &str| client.get(page).header("cookie", &cookie).send().await.unwrap().text().await.unwrap();
    let plan = get(&page).await;
    assert!(plan.contains("What goes") && plan.contains("Erase this person"), "{plan}");
    let post = async |confirm: &str| {
        let form = format!("reason=They+asked.&confirm={confirm}");
        let request = client.post(&page).header("cookie", &cookie).header("sec-fetch-site", "same-origin");
        request.header("content-type", "application/x-www-form-urlencoded").body(form).send().await.unwrap()
    };
    let refused = post("somebody%40else.example").await;
    assert_eq!(refused.status(), 422);
    assert!(refused.text().await.unwrap().contains("They asked."), "what was typed stands");
    assert_eq!(post("fifth-reviewer%40academy.example").await.status(), 303);
    let statement = get(&page).await;
    assert!(statement.contains("What went") && statement.contains("They asked."), "{statement}");
    assert!(!statement.contains("Erase this person") && !statement.contains("fifth-reviewer"), "{statement}");
    house.close().await;
}
