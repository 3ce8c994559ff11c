//! Disclosures that those give themselves who are named, by a link and without an account.

use serde_json::{Value, json};

use crate::harness::{
    browser::Browser,
    client::Client,
    form::{CREDITS, PDF, content, course, judge_course},
    house::{House, email},
    post_office::PostOffice,
};

const ANA: &str = "ana@faculty.example";
const BEN: &str = "ben@faculty.example";

/// What somebody types who has one relationship to state.
const STATED: [(&str, &str); 6] = [
    ("relationships/0/company", "Bandage Inc."),
    ("relationships/0/nature", "speaker"),
    ("relationships/0/from", "2025-03"),
    ("relationships/0/until", ""),
    ("signature", "Ana Castillo"),
    ("complete", "yes"),
];

const NONE: [(&str, &str); 3] = [("none", "yes"), ("signature", "Ben Wolfe"), ("complete", "yes")];

/// What is typed wrongly, field by field, and what is said of it.
const WRONG: [(&str, &str, &str); 8] = [
    ("relationships/0/company", "", "enter the company"),
    ("relationships/0/nature", "", "choose what it is"),
    ("relationships/0/from", "March", "write a year, as 2025"),
    ("relationships/0/from", "2999", "choose one that has begun"),
    ("relationships/0/until", "2024", "it ends before it begins"),
    ("relationships/0/until", "2999-01", "leave it empty where it goes on"),
    ("signature", " ", "sign with your full name"),
    ("complete", "", "this has to be confirmed"),
];

/// A course whose form says nothing of disclosures.
async fn silent_course(house: &House, author: &Client) -> String {
    let reference = author.begin("course-accreditation").await;
    let mut answers = course(house, 60);
    for person in answers["faculty"].as_array_mut().expect("people") {
        person["disclosure"] = Value::Null;
    }
    author.answer(&reference, &answers).await.ok();
    author.attach(&reference, "materials", "slides.pdf", PDF).await.ok();
    reference
}

fn path(reference: &str) -> String {
    format!("/submissions/{reference}/disclosures")
}

/// Asks somebody; gives the page behind the link.
async fn asked(author: &Client, reference: &str, address: &str) -> String {
    let asked = author.post(&path(reference), &json!({ "email": address })).await.ok();
    let link = asked[0]["link"].as_str().expect("no letters are sent, so there is a link").to_owned();
    let (_, secret) = link.split_once("/disclose/").expect("a link");
    format!("/disclose/{secret}")
}

/// How it stands with somebody, as a reader is told.
async fn told(reader: &Client, reference: &str, address: &str) -> Value {
    let all = reader.get(&path(reference)).await.ok();
    let found = all.as_array().expect("people").iter().find(|one| one["email"] == address).cloned();
    found.unwrap_or_else(|| panic!("nobody has {address}: {all}"))
}

#[tokio::test(flavor = "multi_thread")]
async fn who_is_named_states_their_own_without_an_account_and_loses_nothing_that_was_typed() {
    let house = House::open().await;
    let author = house.person("author");
    let reference = silent_course(&house, &author).await;
    let sent = author.fire(&reference, "submit", &json!({})).await.is(422);
    let pointers: Vec<&Value> = sent["errors"].as_array().expect("faults").iter().map(|one| &one["pointer"]).collect();
    assert_eq!(pointers, ["/faculty/0/disclosure", "/faculty/1/disclosure"], "nobody was asked");
    assert_eq!(told(&author, &reference, ANA).await["state"], "not-asked");

    let link = asked(&author, &reference, ANA).await;
    assert_eq!(told(&author, &reference, ANA).await["state"], "asked");
    let ana = Browser::with(&house, "");
    let page = ana.get(&link).await;
    page.is(200).says("Academy of Tests").says(&reference).says("24 months").says("author");
    // A row more without a script, and what was typed stays.
    let more = [STATED.as_slice(), &[("add", "relationships")]].concat();
    let page = ana.post(&link, &more).await;
    assert_eq!(page.is(200).value("relationships/0/company"), "Bandage Inc.");
    page.says("relationships/1/company");
    let before = house.database.dump().await;
    for (field, value, fault) in WRONG {
        let typed = STATED.map(|(name, typed)| if name == field { (name, value) } else { (name, typed) });
        let refused = ana.post(&link, &typed).await;
        refused.is(422).says(fault);
        if field != "signature" {
            assert_eq!(refused.value("signature"), "Ana Castillo");
        }
        if field != "relationships/0/company" {
            assert_eq!(refused.value("relationships/0/company"), "Bandage Inc.");
        }
    }
    ana.post(&link, &[("signature", "Ana Castillo"), ("complete", "yes")])
        .await
        .is(422)
        .says("confirm that there is none");
    let both = [STATED.as_slice(), &[("none", "yes")]].concat();
    ana.post(&link, &both).await.is(422).says("take one of the two out");
    assert_eq!(before, house.database.dump().await, "nothing was changed");

    ana.post(&link, &STATED)
        .await
        .is(200)
        .says("Thank you")
        .says("Bandage Inc.: speaker or adviser, since 2025-03, ongoing");
    // It can be looked at again, and not given twice.
    ana.get(&link).await.is(200).says("nothing more to do").says("Signed by Ana Castillo");
    ana.post(&link, &NONE).await.is(409);
    let given = told(&author, &reference, ANA).await;
    assert_eq!((&given["state"], &given["given"]["signature"]), (&json!("given"), &json!("Ana Castillo")));
    let relationship = json!({ "company": "Bandage Inc.", "nature": "speaker", "from": "2025-03", "until": null });
    assert_eq!(given["given"]["relationships"], json!([relationship]));
    assert_eq!(given["given"]["way"], "handed-on", "the author handed the link on");

    let link = asked(&author, &reference, BEN).await;
    author.fire(&reference, "submit", &json!({})).await.ok();
    let office = Browser::of(&house, "coordinator").await;
    let page = office.get(&format!("/s/{reference}")).await;
    page.is(200).says("No disclosure of their own is there from Ben Wolfe (asked on").says("Bandage Inc.");
    ana.post(&link, &NONE).await.is(200).says("No financial relationships in the 24 months before.");
    let page = office.get(&format!("/s/{reference}")).await;
    page.is(200).is_silent_of("No disclosure of their own");
    for key in ["coordinator", "auditor", "screener"] {
        assert_eq!(told(&house.person(key), &reference, BEN).await["given"]["relationships"], json!([]), "{key}");
    }
    house.person("other-author").get(&path(&reference)).await.is(404);
    let trail = house.person("auditor").get("/trail").await.ok();
    let acts: Vec<&Value> = trail["items"].as_array().expect("lines").iter().map(|line| &line["act"]).collect();
    assert!(acts.contains(&&json!("disclosure-asked")) && acts.contains(&&json!("disclosure-given")), "{acts:?}");
    house.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_link_that_was_replaced_or_is_over_says_which() {
    let house = House::open().await;
    let author = house.person("author");
    let reference = silent_course(&house, &author).await;
    let ana = Browser::with(&house, "");
    let first = asked(&author, &reference, ANA).await;
    let second = asked(&author, &reference, ANA).await;
    ana.get(&first).await.is(410).says("nother link took the place of this one");
    ana.post(&first, &STATED).await.is(410);
    ana.get(&second).await.is(200);
    ana.get("/disclose/nobody-was-given-this").await.is(404);
    // Nothing is asked of somebody who is not named any more.
    let mut faculty = course(&house, 60)["faculty"].clone();
    faculty.as_array_mut().expect("people").remove(0);
    author.answer(&reference, &json!({ "faculty": faculty, "agenda": [] })).await.ok();
    ana.get(&second).await.is(410).says("othing is asked of you any more");
    author.post(&path(&reference), &json!({ "email": ANA })).await.faulty("/email", "unknown");
    let third = asked(&author, &reference, BEN).await;
    house.skip(61).await;
    ana.get(&third).await.is(410).says("his link has expired");
    ana.post(&third, &NONE).await.is(410);
    assert_eq!(told(&author, &reference, BEN).await["state"], "asked");
    house.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_given_is_used_again_until_it_is_out_of_date_and_others_learn_only_the_day() {
    let house = House::open().await;
    let (author, other) = (house.person("author"), house.person("other-author"));
    let reference = silent_course(&house, &author).await;
    let ana = Browser::with(&house, "");
    let link = asked(&author, &reference, ANA).await;
    ana.post(&link, &STATED).await.is(200);

    // Another author names the same address: it counts, and what it says stays between the person and whoever they told.
    let again = silent_course(&house, &other).await;
    let known = told(&other, &again, ANA).await;
    assert_eq!((&known["state"], &known["given"]), (&json!("given"), &Value::Null), "{known}");
    assert!(known["given_at"].is_string());
    let page = Browser::of(&house, "other-author").await.get(&format!("/s/{again}/disclosures")).await;
    page.is(200).says("Given on").is_silent_of("Bandage");
    assert!(!other.read(&again).await.ok().to_string().contains("Bandage"));
    let many = other.post(&path(&again), &json!({})).await.ok();
    assert_eq!(many.as_array().expect("people").len(), 1, "whoever has given one is not asked: {many}");
    other.fire(&again, "submit", &json!({})).await.ok();
    other.post(&path(&again), &json!({})).await.is(409);
    // The office reads what it says.
    let read = told(&house.person("screener"), &again, ANA).await;
    assert_eq!(read["given"]["relationships"][0]["company"], "Bandage Inc.");

    house.skip(740).await;
    let old = told(&author, &reference, ANA).await;
    assert_eq!(old["state"], "stale", "{old}");
    let link = asked(&author, &reference, ANA).await;
    assert_eq!(told(&author, &reference, ANA).await["state"], "asked");
    ana.post(&link, &[("none", "yes"), ("signature", "Ana Castillo"), ("complete", "yes")]).await.is(200);
    let new = told(&author, &reference, ANA).await;
    assert_eq!((&new["state"], &new["given"]["relationships"]), (&json!("given"), &json!([])));
    house.close().await;
}

/// Asked is enough to send it, and not to accredit it.
#[tokio::test(flavor = "multi_thread")]
async fn nothing_is_accredited_while_somebody_was_only_asked() {
    let house = House::open().await;
    let author = house.person("author");
    let reference = silent_course(&house, &author).await;
    let ana = asked(&author, &reference, ANA).await;
    let ben = asked(&author, &reference, BEN).await;
    author.fire(&reference, "submit", &json!({})).await.ok();
    house.person("screener").fire(&reference, "to-review", &json!({})).await.ok();
    judge_course(&house, &reference, ["first-reviewer", "second-reviewer"], &content("approve")).await;
    let chair = house.person("chair");
    let approve = json!({ "answers": { "credits": CREDITS } });
    let refused = chair.fire(&reference, "approve", &approve).await.refused("unmet");
    assert_eq!(refused["refusal"]["values"]["record.undisclosed"], "2", "{refused}");
    let browser = Browser::with(&house, "");
    browser.post(&ana, &STATED).await.is(200);
    chair.fire(&reference, "approve", &approve).await.refused("unmet");
    browser.post(&ben, &NONE).await.is(200);
    chair.fire(&reference, "approve", &approve).await.ok();
    // Whoever takes part reads what they stated, without the name under it.
    let page = browser.get(&format!("/catalogue/{reference}")).await;
    page.is(200).says("Bandage Inc.: speaker or adviser, since 2025-03, ongoing").is_silent_of("Signed by");
    house.close().await;
}

/// What the author writes for somebody else says so wherever it is shown.
#[tokio::test(flavor = "multi_thread")]
async fn what_the_author_wrote_for_another_is_marked_wherever_it_stands() {
    const MARK: &str = "Written by the author, not by the person.";
    let house = House::open().await;
    let author = house.person("author");
    let reference = author.begin("course-accreditation").await;
    let mut answers = course(&house, 60);
    let own =
        json!({ "name": "author", "email": email("author"), "part": "Planner", "disclosure": "Shares of Own Ltd." });
    answers["faculty"].as_array_mut().expect("people").push(own);
    author.answer(&reference, &answers).await.ok();
    author.attach(&reference, "materials", "slides.pdf", PDF).await.ok();
    let mine = Browser::of(&house, "author").await;
    mine.get(&format!("/s/{reference}/check"))
        .await
        .is(200)
        .says(MARK)
        .says("Ben Wolfe (not asked; the author wrote it)");
    mine.get(&format!("/s/{reference}/form/people")).await.says("is marked as written by you");
    author.fire(&reference, "submit", &json!({})).await.ok();
    house.person("screener").fire(&reference, "to-review", &json!({})).await.ok();
    house.person("officer").claim(&reference, "interest").await.ok();
    for (key, page) in [
        ("author", format!("/s/{reference}")),
        ("author", format!("/s/{reference}/disclosures")),
        ("coordinator", format!("/s/{reference}")),
        ("coordinator", format!("/s/{reference}/disclosures")),
        ("auditor", format!("/s/{reference}")),
        ("screener", format!("/s/{reference}")),
        ("officer", format!("/s/{reference}/review/interest")),
    ] {
        let page = Browser::of(&house, key).await.get(&page).await;
        page.is(200).says("Speaker fees of Bandage Inc., 2025");
        // Of three who are named the author wrote for two; what they say of themselves is theirs.
        assert_eq!(page.html.matches(MARK).count(), 2, "{key}: {}", page.html);
    }
    for key in ["author", "coordinator", "auditor", "officer"] {
        let they = told(&house.person(key), &reference, BEN).await;
        assert_eq!(they["written_by_author"], "Speaker fees of Bandage Inc., 2025", "{key}");
        assert_eq!(
            (&they["own"], &told(&house.person(key), &reference, &email("author")).await["own"]),
            (&json!(false), &json!(true))
        );
    }
    // A coordinator may ask as well; an auditor changes nothing, and who reviews asks nobody.
    for key in ["auditor", "officer"] {
        house.person(key).post(&path(&reference), &json!({ "email": BEN })).await.is(403);
    }
    house.person("coordinator").post(&path(&reference), &json!({ "email": BEN })).await.ok();
    house.close().await;
}

/// By letter to the person; the letter as it is kept has no link.
#[tokio::test(flavor = "multi_thread")]
async fn the_person_gets_a_letter_with_a_link_that_works() {
    let office = PostOffice::open().await;
    let house = House::open_with(&[("smtp", &office.url), ("mail_from", "Office <office@academy.example>")]).await;
    let author = house.person("author");
    let reference = silent_course(&house, &author).await;
    let asked = author.post(&path(&reference), &json!({ "email": ANA })).await.ok();
    assert_eq!(asked[0]["link"], Value::Null, "by letter, and by letter alone");
    author.post(&path(&reference), &json!({ "email": ANA })).await.faulty("/email", "too-soon");
    house.work().await;
    let kept = house.letters().await;
    let letter = kept.iter().find(|letter| letter.to.as_str() == ANA).expect("a letter");
    assert!(
        letter.text.contains("author names you in") && letter.text.contains("/disclose/made-when-sent"),
        "{}",
        letter.text
    );
    let sent = office.letters().into_iter().find(|letter| letter.contains("/disclose/")).expect("it was sent");
    let sent = sent.replace("=\r\n", "").replace("=\n", "");
    let (_, secret) = sent.split_once("/disclose/").expect("a link");
    let secret: String = secret.chars().take_while(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_')).collect();
    let ana = Browser::with(&house, "");
    ana.post(&format!("/disclose/{secret}"), &STATED).await.is(200).says("Thank you");
    let given = told(&author, &reference, ANA).await;
    assert_eq!((&given["state"], &given["given"]["way"]), (&json!("given"), &json!("letter")));
    house.close().await;
}

/// Who is erased takes their address along; what they signed stays as long as records do.
#[tokio::test(flavor = "multi_thread")]
async fn who_is_erased_leaves_no_address_and_no_link_behind() {
    let house = House::open().await;
    let author = house.person("author");
    let reference = silent_course(&house, &author).await;
    let link = asked(&author, &reference, ANA).await;
    Browser::with(&house, "").post(&link, &STATED).await.is(200);
    let view = house.database.view().await;
    let ana = view.person_by_email(&ANA.parse().expect("an address")).await.expect("a look").expect("somebody");
    drop(view);
    let copy = house.person("administrator").get(&format!("/people/{}/copy", ana.id)).await.ok();
    assert_eq!(copy["disclosures"][0]["relationships"][0]["company"], "Bandage Inc.", "{copy}");
    let body = json!({ "reason": "They asked for it." });
    house.person("administrator").post(&format!("/people/{}/erasure", ana.id), &body).await.ok();
    Browser::with(&house, "").get(&link).await.is(404);
    let left = format!("{:?}", house.database.dump().await);
    assert!(!left.contains(ANA), "the address is gone everywhere");
    house.close().await;
}
