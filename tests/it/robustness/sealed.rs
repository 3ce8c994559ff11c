//! What is kept lets nobody in: whoever reads the database or a backup of it finds no link, session or token that works.

use std::collections::BTreeSet;

use reqwest::Method;
use serde_json::json;

use crate::harness::{
    client::send,
    database,
    house::{House, email},
    post_office::PostOffice,
};

/// The one-time link of a letter as it went over the wire.
fn link(letter: &str) -> String {
    let whole = letter.replace("=\r\n", "");
    let (_, rest) = whole.split_once("/welcome/").unwrap_or_else(|| panic!("no link in {letter}"));
    rest.chars().take_while(|c| c.is_ascii_alphanumeric() || "-_".contains(*c)).collect()
}

/// Whether it lets in.
async fn opens(house: &House, secret: &str) -> bool {
    let page = send(house.nobody().request(Method::GET, &format!("//welcome/{secret}")).await).await;
    assert!([200, 404].contains(&page.status), "{}", page.status);
    page.status == 200
}

/// Everything in the database that could be a secret lets nobody in, as a link, a session or a token.
async fn nothing_lets_in(house: &House) {
    let mut words = BTreeSet::new();
    for row in house.database.dump().await.values().flatten() {
        let word = |c: char| !(c.is_ascii_alphanumeric() || "-_.".contains(c));
        let secret = |word: &&str| word.len() == 43 || word.matches('.').count() == 2;
        words.extend(row.split(word).filter(secret).map(str::to_owned));
    }
    for word in words {
        assert!(!opens(house, &word).await, "{word} lets in");
        for (name, value) in [("cookie", format!("imprimatur={word}")), ("authorization", format!("Bearer {word}"))] {
            let me = house.nobody().request(Method::GET, "/me").await.header(name, value);
            assert_eq!(send(me).await.status, 401, "{word} lets in as {name}");
        }
    }
}

async fn invite(house: &House, key: &str) {
    let whom = json!({ "email": email(key), "name": key });
    house.person("administrator").post("/people", &whom).await.is(201);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_invitation_has_its_link_in_the_letter_that_is_sent_and_nowhere_else() {
    let office = PostOffice::open().await;
    let house = House::open_with(&[("smtp", &office.url), ("mail_from", "Office <office@academy.example>")]).await;
    house.session("author").await;
    office.close(true);
    invite(&house, "newcomer").await;
    house.work().await;
    nothing_lets_in(&house).await;
    // The mail server refused it once: the next attempt has a link that works.
    office.close(false);
    house.skip(1).await;
    house.skip(1).await;
    let letters = office.letters();
    assert_eq!(letters.len(), 1, "{letters:#?}");
    let secret = link(&letters[0]);
    assert!(opens(&house, &secret).await);
    assert!(letters[0].matches(&secret).count() >= 1 && !letters[0].contains("made-when-sent"), "{}", letters[0]);
    nothing_lets_in(&house).await;
    // Invited again: the link before is over.
    invite(&house, "newcomer").await;
    house.work().await;
    let again = link(&office.letters()[1]);
    assert!(!opens(&house, &secret).await && opens(&house, &again).await);
    let accept = house.nobody().request(Method::POST, &format!("//welcome/{again}")).await.header("origin", &house.url);
    let accept = accept.header("content-type", "application/x-www-form-urlencoded");
    assert_eq!(send(accept.body("password=seven+quiet+herons+wade")).await.status, 303);
    assert!(!opens(&house, &again).await, "it was used");
    nothing_lets_in(&house).await;
    house.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn where_no_letters_are_sent_an_administrator_is_shown_a_link_once() {
    let house = House::open().await;
    invite(&house, "newcomer").await;
    house.work().await;
    nothing_lets_in(&house).await;
    let people = house.person("administrator").get("/people?search=newcomer").await.ok();
    let id = people["items"][0]["id"].as_str().unwrap_or_else(|| panic!("{people}")).to_owned();
    let make = async |key: &str| {
        let request = house.nobody().request(Method::POST, &format!("//people/{id}/link")).await;
        send(request.header("origin", &house.url).header("cookie", house.session(key).await)).await
    };
    assert_eq!(make("coordinator").await.status, 403, "only administrators hand out links");
    let shown = make("administrator").await;
    assert_eq!(shown.status, 200);
    let page = String::from_utf8(shown.bytes).unwrap();
    let secret = link(&page);
    assert!(page.contains(&format!("{}/welcome/{secret}", house.url)), "{page}");
    assert!(opens(&house, &secret).await);
    nothing_lets_in(&house).await;
    let next = link(&String::from_utf8(make("administrator").await.bytes).unwrap());
    assert!(!opens(&house, &secret).await && opens(&house, &next).await, "one at a time");
    house.close().await;
}

#[tokio::test]
async fn links_of_an_older_version_leave_the_letters_and_the_jobs() {
    let database = database::fresh().await;
    database.run("DELETE FROM seaql_migrations WHERE version = 'm0011_sealed'").await.expect("an older schema");
    let secret = "kJ3-x_Qw7Zr0uT5nB8vY2cL6mA9sD4fG1hP_eRiOtUa";
    let blob = |n: u8| if database.is_sqlite() { format!("x'{n:032x}'") } else { format!("'{n:032x}'") };
    let columns = "id, organisation, person, recipient, subject, text_body, html_body, queued_at, dedupe";
    for statement in [
        format!(
            "INSERT INTO organisation (id, name, short, time_zone, created_at) VALUES ({}, 'A', 'A', 'UTC', 0)",
            blob(1)
        ),
        format!(
            "INSERT INTO person (id, organisation, email, name, name_key, credentials, affiliation, standing, duties, created_at) \
             VALUES ({}, {}, 'a@b.example', 'A', 'a', '', '', 'invited', '[]', 0)",
            blob(2),
            blob(1)
        ),
        format!(
            "INSERT INTO mail ({columns}) VALUES ({}, {}, {}, 'a@b.example', 'S', 'See https://x.example/welcome/{secret} now', \
             '<a href=\"https://x.example/welcome/{secret}\">https://x.example/welcome/{secret}</a>', 0, 'invite:kJ3-x_Qw')",
            blob(3),
            blob(1),
            blob(2)
        ),
        format!(
            "INSERT INTO mail ({columns}) VALUES ({}, {}, {}, 'a@b.example', 'S', 'See /welcome/ about it', '<p>/welcome/</p>', 0, \
             'turn:1')",
            blob(4),
            blob(1),
            blob(2)
        ),
        format!(
            "INSERT INTO job (id, kind, payload, run_at, attempts) VALUES ({}, 'invite', \
             '{{\"effect\":\"invite\",\"organisation\":\"o\",\"person\":\"p\",\"secret\":\"{secret}\"}}', 0, 0)",
            blob(5)
        ),
    ] {
        database.run(&statement).await.unwrap_or_else(|error| panic!("{error}: {statement}"));
    }
    let settle = async || {
        if database.is_sqlite() {
            database.run("PRAGMA wal_checkpoint(TRUNCATE)").await.expect("everything in the file");
        }
    };
    settle().await;
    database.store.migrate().await.expect("the schema");
    settle().await;
    let dump = database.dump().await;
    let (mail, job) = (dump["mail"].join("\n"), dump["job"].join("\n"));
    assert!(!mail.contains("kJ3-x_Qw") && !job.contains(secret), "{mail}\n{job}");
    assert_eq!(mail.matches("/welcome/made-when-sent").count(), 3, "{mail}");
    assert!(mail.contains("See /welcome/ about it") && mail.contains("turn:1"), "{mail}");
    assert!(job.contains("\"person\"") || job.contains("\\\"person\\\""), "{job}");
    if database.is_sqlite() {
        let file = database.address.strip_prefix("sqlite://").expect("a path");
        let found = |bytes: &[u8]| bytes.windows(secret.len()).any(|window| window == secret.as_bytes());
        assert!(!found(&std::fs::read(file).expect("the file")), "it is left in the free space of the file");
    }
}
