//! The office's own pages and routes: two administrators, one of them slower.

use reqwest::{Method, header};
use serde_json::json;

use crate::harness::{client::send, house::House};

#[tokio::test(flavor = "multi_thread")]
async fn of_two_who_change_a_person_or_the_organisation_the_slower_is_told() {
    let house = House::open().await;
    let administrator = house.person("administrator");
    for (path, first, second) in [
        (format!("/people/{}", house.id("assessor")), json!({ "credentials": "DO" }), json!({ "credentials": "RN" })),
        ("/organisation".to_owned(), json!({ "short": "AT" }), json!({ "short": "TA" })),
    ] {
        let seen = administrator.get(&path).await.etag();
        let patch = async |etag: &str, body: &serde_json::Value| {
            let request = administrator.request(Method::PATCH, &path).await;
            send(request.header(header::IF_MATCH, etag).json(body)).await
        };
        let newer = patch(&seen, &first).await.etag();
        assert_ne!(newer, seen);
        patch(&seen, &second).await.is(412);
        assert_eq!(administrator.get(&path).await.etag(), newer, "nothing was changed");
        patch(&newer, &second).await.ok();
        // Without a version the change counts for what stands.
        send(administrator.request(Method::PATCH, &path).await.json(&first)).await.ok();
    }
    house.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_form_of_the_office_that_is_out_of_date_is_shown_again_with_what_was_typed() {
    let house = House::open().await;
    let cookie = house.session("administrator").await;
    let page = async |path: &str| {
        let request = house.nobody().request(Method::GET, path).await.header("cookie", &cookie);
        String::from_utf8(send(request).await.bytes).unwrap()
    };
    let post = async |version: &str, short: &str| {
        let request = house.nobody().request(Method::POST, "//organisation").await.header("cookie", &cookie);
        let request = request.header("origin", &house.url).header("content-type", "application/x-www-form-urlencoded");
        let form = format!("version={version}&name=Academy+of+Tests&short={short}&time_zone=America%2FChicago");
        send(request.body(form)).await
    };
    let version = |html: &str| {
        let (_, rest) = html.split_once("name=\"version\" value=\"").expect("a version");
        rest.split('"').next().unwrap().to_owned()
    };
    let seen = version(&page("//organisation").await);
    assert_eq!(post(&seen, "First").await.status, 303);
    let late = post(&seen, "Second").await;
    assert_eq!(late.status, 409);
    let shown = String::from_utf8(late.bytes).unwrap();
    assert!(shown.contains("value=\"Second\"") && shown.contains("so nothing was saved"), "{shown}");
    assert_eq!(post(&version(&shown), "Second").await.status, 303);
    assert!(page("//organisation").await.contains("value=\"Second\""));
    house.close().await;
}
