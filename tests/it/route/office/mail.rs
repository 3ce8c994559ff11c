//! Where letters go: said where they are promised, seen by administrators, and tried by them.

use reqwest::Method;
use serde_json::json;

use super::Visitor;
use crate::harness::{client::send, form::sent_self_study, house::House, post_office::PostOffice};

#[tokio::test(flavor = "multi_thread")]
async fn where_mail_is_off_links_are_shown_and_no_letter_is_promised() {
    let house = House::open().await;
    let administrator = Visitor::enter(&house, "administrator").await;
    let form = [("email", "new@list.example"), ("name", "New Body")];
    let (status, _, text) = administrator.posts("/people/invite", &form).await;
    assert!(status == 200 && text.contains("/welcome/") && !text.contains("on its way"), "{status} {text}");
    let link = text.split("/welcome/").nth(1).unwrap().split('<').next().unwrap();
    assert!(
        house.nobody().request(Method::GET, &format!("//welcome/{link}")).await.send().await.unwrap().status() == 200
    );

    let list = "one@list.example\ntwo@list.example";
    let form = [("people", list), ("looked_at", list), ("then", "invite")];
    let (status, _, text) = administrator.posts("/people/invite/several", &form).await;
    assert_eq!((status, text.matches("/welcome/").count()), (200, 2), "{text}");

    // Programs get it too, and nobody but administrators.
    let person = house.id("author");
    let path = format!("/people/{person}/link");
    let answered = house.person("administrator").post(&path, &json!({})).await.ok();
    assert!(answered["sent"] == false && answered["link"].as_str().unwrap().contains("/welcome/"), "{answered}");
    house.person("coordinator").post(&path, &json!({})).await.is(403);

    let reference = sent_self_study(&house, &house.person("author"), "2.00").await;
    let coordinator = Visitor::enter(&house, "coordinator").await;
    let version = house.submission(&reference).await.version.to_string();
    let (status, ..) = coordinator.posts(&format!("/s/{reference}/remind"), &[("version", &version)]).await;
    assert_eq!(status, 303);
    assert!(!Visitor::enter(&house, "sampler").await.reads("/").await.contains("you get a letter"));
    house.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn administrators_see_what_was_not_sent_and_that_mail_is_off() {
    let house = House::open().await;
    sent_self_study(&house, &house.person("author"), "2.00").await;
    house.work().await;
    let outbox = Visitor::enter(&house, "administrator").await.reads("/outbox").await;
    assert!(outbox.contains("Mail is off") && outbox.contains("A letter about a submission"), "{outbox}");
    assert!(!outbox.contains("It is your turn") && !outbox.contains("assessor@"), "who has it stays closed: {outbox}");
    for other in ["coordinator", "auditor", "author"] {
        assert_eq!(Visitor::enter(&house, other).await.page("/outbox").await.0, 403, "{other}");
        house.person(other).get("/outbox").await.is(403);
    }
    let told = house.person("administrator").get("/outbox").await.ok();
    assert!(told["mail"] == "off" && !told["letters"].as_array().unwrap().is_empty(), "{told}");
    let home = Visitor::enter(&house, "administrator").await;
    let left = home.reads("/").await;
    for line in
        ["What is left to set up", "Mail is off", "href=\"/organisation\"", "href=\"/outbox\"", "First submission"]
    {
        assert!(left.contains(line), "{line}: {left}");
    }
    assert!(!left.contains("Nothing waits for you"), "{left}");
    assert_eq!(house.person("administrator").get("/setup").await.ok()["mail"], "off");
    assert_eq!(home.posts("/setup/hide", &[]).await.0, 303);
    assert!(!home.reads("/").await.contains("What is left to set up"));
    house.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_administrator_sends_themselves_a_test_and_reads_the_server_s_answer() {
    let post = PostOffice::open().await;
    let house = House::open_with(&[("smtp", &post.url)]).await;
    let administrator = Visitor::enter(&house, "administrator").await;
    assert_eq!(administrator.posts("/outbox/test", &[]).await.0, 303);
    let outbox = administrator.reads("/outbox").await;
    assert!(outbox.contains("took a letter to administrator@") && outbox.contains("250"), "{outbox}");
    assert_eq!(post.letters().len(), 1);
    post.close(true);
    administrator.posts("/outbox/test", &[]).await;
    let outbox = administrator.reads("/outbox").await;
    assert!(outbox.contains("did not take a letter") && outbox.contains("later"), "{outbox}");
    assert_eq!(Visitor::enter(&house, "coordinator").await.posts("/outbox/test", &[]).await.0, 403);
    house.close().await;
}

/// What was given up is tried again or let go on the page, with who did it in the log.
#[tokio::test(flavor = "multi_thread")]
async fn what_was_given_up_is_seen_to_on_the_page() {
    let post = PostOffice::open().await;
    let house = House::open_with(&[("smtp", &post.url)]).await;
    post.remove("assessor@");
    let client = house.person("administrator");
    client.post("/outbox/0190b5a0-0000-7000-8000-000000000000/retry", &json!({})).await.is(404);
    let request = client.request(Method::POST, "/outbox/letters/dismiss").await;
    send(request.json(&json!({}))).await.faulty("/reason", "missing");
    house.close().await;
}
