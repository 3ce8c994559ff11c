//! Requests that another site makes a browser send.

use reqwest::Method;
use serde_json::json;

use crate::harness::{client::send, database::assert_same, house::House};

#[tokio::test(flavor = "multi_thread")]
async fn another_site_cannot_post_with_somebodys_cookie() {
    let house = House::open().await;
    let nobody = house.nobody();
    let cookie = house.session("author").await;
    let before = house.database.dump().await;
    let begin = async |headers: &[(&'static str, &str)]| {
        let mut request = nobody.request(Method::POST, "/submissions").await.header("cookie", &cookie);
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        send(request.json(&json!({ "workflow": "self-study" }))).await
    };
    begin(&[("origin", "https://evil.example")]).await.is(403);
    begin(&[("origin", "null")]).await.is(403);
    begin(&[("sec-fetch-site", "cross-site"), ("origin", &house.url)]).await.is(403);
    begin(&[("sec-fetch-site", "same-site")]).await.is(403);
    begin(&[]).await.is(403);
    begin(&[("referer", "https://evil.example/form")]).await.is(403);
    assert_same(&before, &house.database.dump().await);
    begin(&[("sec-fetch-site", "same-origin"), ("origin", &house.url)]).await.ok();
    house.close().await;
}
