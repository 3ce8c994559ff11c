//! Workflows that an administrator changes: drafted, checked, activated by a second one, and items taken over.

mod activation;
mod draft;
mod group;
pub(crate) mod migration;
mod migration_page;
mod proof;
mod replay;

use imprimatur::domain::Duty;
use reqwest::{Method, header};
use serde_json::{Value, json};

use crate::harness::{
    client::{Answer, Client, send},
    house::House,
};

pub(crate) const SELF_STUDY: &str = include_str!("../../../workflows/self-study.yaml");

/// An office with two administrators: `administrator`, and `coordinator`, who becomes one.
pub(crate) async fn house_of_two() -> House {
    let house = House::open().await;
    second_administrator(&house).await;
    house
}

pub(crate) async fn second_administrator(house: &House) {
    house.change("coordinator", |person| person.duties = [Duty::Coordinator, Duty::Administrator].into()).await;
}

/// The self-study with texts replaced everywhere.
pub(crate) fn changed(replacements: &[(&str, &str)]) -> String {
    replacements.iter().fold(SELF_STUDY.to_owned(), |source, (old, new)| {
        assert!(source.contains(old), "{old}");
        source.replace(old, new)
    })
}

/// Saves a text as the draft of the self-study, whatever is there.
pub(crate) async fn save(who: &Client, source: &str) -> Answer {
    let seen = who.get("/workflows/self-study/draft").await.etag();
    save_over(who, "self-study", &seen, source).await
}

pub(crate) async fn save_over(who: &Client, workflow: &str, seen: &str, source: &str) -> Answer {
    let request = who.request(Method::PUT, &format!("/workflows/{workflow}/draft")).await;
    send(request.header(header::IF_MATCH, seen).json(&json!({ "source": source }))).await
}

/// Saves and proposes a text; gives the hash of the version.
pub(crate) async fn propose(who: &Client, source: &str) -> String {
    save(who, source).await.is(204);
    let proposed = who.post("/workflows/self-study/draft/propose", &json!({})).await.is(201);
    proposed["hash"].as_str().expect("a hash").to_owned()
}

/// The hash of the active version.
pub(crate) async fn active(who: &Client) -> String {
    let versions = who.get("/workflows/self-study/versions").await.ok();
    versions["active"].as_str().expect("an active version").to_owned()
}

/// Activates a version in the place of the active one.
pub(crate) async fn activate(who: &Client, hash: &str) -> Answer {
    let replaces = active(who).await;
    activate_over(who, hash, &replaces, None).await
}

pub(crate) async fn activate_over(who: &Client, hash: &str, replaces: &str, reason: Option<&str>) -> Answer {
    let path = format!("/workflows/self-study/versions/{hash}/activate");
    who.post(&path, &json!({ "replaces": replaces, "reason": reason })).await
}

/// Proposed by one and activated by the other; gives the hashes of the version before and of this one.
pub(crate) async fn in_force(house: &House, source: &str) -> (String, String) {
    let (one, other) = (house.person("administrator"), house.person("coordinator"));
    let before = active(&one).await;
    let hash = propose(&one, source).await;
    activate(&other, &hash).await.ok();
    (before, hash)
}

/// The status of a version.
pub(crate) async fn status(who: &Client, hash: &str) -> String {
    let versions = who.get("/workflows/self-study/versions").await.ok();
    let found =
        versions["versions"].as_array().expect("versions").iter().find(|version| version["hash"] == hash).cloned();
    found.unwrap_or(Value::Null)["status"].as_str().unwrap_or("unknown").to_owned()
}
