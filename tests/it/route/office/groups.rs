//! Groups: what they are called, who joins and who leaves, and several people invited at once.

use reqwest::Method;
use serde_json::json;

use super::Visitor;
use crate::harness::{client::send, house::House};

#[tokio::test(flavor = "multi_thread")]
async fn a_group_is_called_as_an_administrator_likes_and_keeps_its_id() {
    let house = House::open().await;
    let administrator = Visitor::enter(&house, "administrator").await;
    let (status, to, _) = administrator.posts("/groups/audit/name", &[("title", " Sample auditors ")]).await;
    assert_eq!((status, to.as_str()), (303, "/groups/audit"));
    assert!(administrator.reads("/groups").await.contains("Sample auditors"));
    assert_eq!(administrator.posts("/groups/audit/name", &[("title", " ")]).await.0, 422);
    let rename = |who: &'static str, title: &'static str| {
        let house = &house;
        async move {
            let request = house.person(who).request(Method::PATCH, "/groups/audit").await;
            send(request.json(&json!({ "title": title }))).await
        }
    };
    rename("administrator", "Auditors of samples").await.is(204);
    rename("coordinator", "Mine").await.is(403);
    let groups = house.person("administrator").get("/groups").await.ok();
    let audit = groups.as_array().unwrap().iter().find(|group| group["slug"] == "audit").cloned().unwrap();
    assert_eq!(audit["title"], "Auditors of samples");
    house.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn who_joins_and_who_leaves_is_asked_before_and_what_is_left_is_said() {
    let house = House::open().await;
    let administrator = Visitor::enter(&house, "administrator").await;
    let members = async || house.database.view().await.group_people("self-study-assessors").await.unwrap().len();
    let before = members().await;
    // One person fits, and is shown before anything happens.
    let (status, _, text) = administrator.posts("/groups/self-study-assessors/join", &[("who", "third-panel")]).await;
    assert_eq!((status, members().await), (200, before), "{text}");
    assert!(text.contains("third-panel@") && text.contains("Make them a member"), "{text}");
    let person = house.id("third-panel").to_string();
    let (status, ..) = administrator.posts("/groups/self-study-assessors/join", &[("person", &person)]).await;
    assert_eq!((status, members().await), (303, before + 1));

    let assessor = house.id("assessor");
    let leaving = format!("/groups/self-study-assessors/leave/{assessor}");
    house.leave("self-study-assessors", "third-panel").await;
    let asked = administrator.reads(&leaving).await;
    for told in ["assessor@", "This leaves 1 active member", "counts on 2 as assessor"] {
        assert!(asked.contains(told), "{told}: {asked}");
    }
    assert_eq!(members().await, before, "looking ends nothing");
    assert_eq!(administrator.posts(&leaving, &[]).await.0, 303);
    assert_eq!(members().await, before - 1);
    assert!(administrator.reads("/groups/self-study-assessors").await.contains("counts on 2 as assessor"));
    house.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn several_people_are_invited_from_a_list_once_it_was_looked_at() {
    let house = House::open_with(&[("smtp", "smtp://127.0.0.1:1")]).await;
    let administrator = Visitor::enter(&house, "administrator").await;
    let list = "Ana Ruiz <ana@list.example>\nnobody\nsam.oduya@list.example\nAna Again <ana@list.example>\nX <assessor@academy.example>";
    let known = async |address: &str| {
        let people = house.person("administrator").get(&format!("/people?search={address}")).await.ok();
        people["items"].as_array().unwrap().len()
    };
    let form = [("people", list), ("groups", "audit")];
    // A button alone invites nobody: the list was not looked at.
    for posted in [&form[..], &[form[0], form[1], ("then", "invite")]] {
        let (status, _, text) = administrator.posts("/people/invite/several", posted).await;
        assert_eq!((status, known("ana@list.example").await), (200, 0), "{text}");
        assert!(text.contains("Invite these 2") && text.contains("Ana Ruiz") && text.contains("Sam Oduya"), "{text}");
        assert!(text.contains("in the list already"), "{text}");
    }
    let posted = [form[0], form[1], ("looked_at", list), ("then", "invite")];
    let (status, to, _) = administrator.posts("/people/invite/several", &posted).await;
    assert_eq!((status, to.as_str()), (303, "/people"));
    assert_eq!((known("ana@list.example").await, known("sam.oduya@list.example").await), (1, 1));
    house.work().await;
    let written = house.letters().await;
    assert_eq!(written.iter().filter(|letter| letter.to.as_str().ends_with("list.example")).count(), 2);
    let group = house.database.view().await.group_people("audit").await.unwrap();
    assert!(group.iter().any(|person| person.name == "Sam Oduya"), "{group:?}");
    house.close().await;
}
