//! What one administrator proposed is the other's turn: on Home, by letter, in the API.

use serde_json::json;

use super::Visitor;
use crate::{
    harness::house::House,
    route::workflows::{activate, changed, house_of_two, propose},
};

#[tokio::test(flavor = "multi_thread")]
async fn a_proposed_version_waits_for_the_other_administrator_and_for_nobody_else() {
    let house = house_of_two().await;
    let hash = propose(&house.person("administrator"), &changed(&[("after: P45D", "after: P60D")])).await;
    house.work().await;
    let other = Visitor::enter(&house, "coordinator").await;
    let home = other.reads("/").await;
    assert!(home.contains("Look at a proposed version") && home.contains(&hash), "{home}");
    let letters = house.letters_to("coordinator").await;
    assert!(letters.iter().any(|letter| letter.text.contains(&hash)), "{letters:?}");
    let own = Visitor::enter(&house, "administrator").await;
    assert!(!own.reads("/").await.contains("Look at a proposed version"));
    assert!(house.letters_to("administrator").await.iter().all(|letter| !letter.text.contains(&hash)));
    let waiting = house.person("coordinator").get("/me/proposals").await.ok();
    assert_eq!((&waiting[0]["workflow"], &waiting[0]["version"]), (&json!("self-study"), &json!(hash)));
    assert_eq!(house.person("administrator").get("/me/proposals").await.ok(), json!([]));
    house.person("auditor").get("/me/proposals").await.is(403);

    activate(&house.person("coordinator"), &hash).await.ok();
    assert!(!other.reads("/").await.contains("Look at a proposed version"));
    house.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_only_administrator_is_told_that_their_own_proposal_waits() {
    let house = House::open().await;
    propose(&house.person("administrator"), &changed(&[("after: P45D", "after: P60D")])).await;
    let own = Visitor::enter(&house, "administrator").await;
    assert!(own.reads("/").await.contains("Look at a proposed version"));
    house.close().await;
}
