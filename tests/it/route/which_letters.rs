//! Which letters somebody gets: those that they turned off are not written, those that always go are.

use reqwest::Method;
use serde_json::json;

use crate::harness::{
    browser::Browser,
    client::send,
    form::sent_self_study,
    house::{House, email},
};

async fn letters(house: &House, key: &str) -> usize {
    house.work().await;
    let letters = house.database.view().await.letters(None, 200).await.unwrap().rows;
    letters.iter().filter(|letter| letter.to.as_str() == email(key)).count()
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_turned_off_is_not_written_and_what_always_goes_is() {
    let house = House::open().await;
    let assessor = Browser::of(&house, "assessor").await;
    assessor.get("/account").await.says("/account/letters");
    assessor.get("/account/letters").await.is(200).says("These always go");
    let wanted = [("letters", "reminders"), ("letters", "progress"), ("letters", "absences")];
    assert_eq!(assessor.post("/account/letters", &wanted).await.is(303).to, "/account");
    assert_eq!(house.person("assessor").get("/me").await.ok()["unwanted_letters"], json!(["group-turns"]));
    let author = house.person("author");
    let request = author.request(Method::PATCH, "/me").await;
    let none = json!({ "unwanted_letters": ["reminders", "group-turns", "progress", "absences"] });
    send(request.json(&none)).await.ok();
    let request = author.request(Method::PATCH, "/me").await;
    send(request.json(&json!({ "unwanted_letters": ["decisions"] }))).await.is(422);
    sent_self_study(&house, &author, "4").await;
    assert_eq!(letters(&house, "assessor").await, 0);
    assert_eq!(letters(&house, "second-assessor").await, 1);
    assert_eq!(letters(&house, "author").await, 1, "a receipt always goes");
    // Everything again, over the API.
    let request = house.person("assessor").request(Method::PATCH, "/me").await;
    send(request.json(&json!({ "unwanted_letters": [] }))).await.ok();
    sent_self_study(&house, &author, "2").await;
    assert_eq!(letters(&house, "assessor").await, 1);
    house.close().await;
}
