//! 304: only who has every byte of what they would read is told that nothing has changed.

use reqwest::{Method, header};
use serde_json::json;

use crate::harness::{
    client::{Answer, Client, send},
    form::sent_self_study,
    house::House,
};

/// Asks as somebody who has what has this tag.
async fn having(person: &Client, tag: &str, path: &str) -> Answer {
    send(person.request(Method::GET, path).await.header(header::IF_NONE_MATCH, tag)).await
}

/// Were the tag the version alone, the coordinator would be told that they have what the author had read.
#[tokio::test(flavor = "multi_thread")]
async fn a_tag_is_of_one_readers_answer_and_of_the_version_that_a_change_goes_by() {
    let house = House::open().await;
    let (author, coordinator) = (house.person("author"), house.person("coordinator"));
    let reference = sent_self_study(&house, &author, "2.00").await;
    let path = format!("/submissions/{reference}");
    let (read, seen) = (author.read(&reference).await, coordinator.read(&reference).await);
    assert_eq!(read.version(), seen.version());
    assert_ne!(read.etag(), seen.etag());

    for tag in [read.etag(), format!("W/{}", read.etag()), format!("\"7\", {}", read.etag()), "*".to_owned()] {
        let same = having(&author, &tag, &path).await;
        assert_eq!((same.status, same.bytes.len()), (304, 0), "{tag}");
        assert_eq!(same.headers[header::ETAG], read.etag());
        assert!(same.headers.get(header::CONTENT_TYPE).is_none());
    }
    for tag in [seen.etag(), read.version(), "7".to_owned(), String::new()] {
        assert_eq!(having(&author, &tag, &path).await.ok(), read.body, "{tag}");
    }
    assert_eq!(having(&coordinator, &read.etag(), &path).await.ok(), seen.body);
    assert_eq!(having(&house.nobody(), "*", &path).await.status, 401);
    assert_eq!(having(&house.person("other-author"), &read.etag(), &path).await.status, 404);

    let head = send(author.request(Method::HEAD, &path).await).await;
    assert_eq!((head.status, head.etag(), head.bytes.len()), (200, read.etag(), 0));

    // A change goes by the version, whoever read it and however it was told.
    let claim = format!("/submissions/{reference}/tracks/assess/claim");
    let assessor = house.person("assessor");
    let claimed = async |tag: &str| {
        let request = assessor.request(Method::POST, &claim).await.header(header::IF_MATCH, tag);
        send(request).await
    };
    claimed(&format!("W/{}", seen.etag())).await.is(412);
    claimed("\"1-\"").await.is(412);
    claimed(&seen.etag()).await.ok();
    let after = having(&coordinator, &seen.etag(), &path).await;
    assert_eq!(after.status, 200);
    assert_ne!(after.version(), seen.version());
    house.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_day_or_somebody_else_has_changed_is_sent_again() {
    let house = House::open().await;
    let (author, assessor) = (house.person("author"), house.person("assessor"));
    let away = json!({ "first": house.day(1).to_string(), "last": house.day(2).to_string() });
    assessor.post("/me/absences", &away).await.is(204);
    let entered = assessor.get("/me/absences").await;
    assert_eq!(having(&assessor, &entered.etag(), "/me/absences").await.status, 304);
    house.skip(5).await;
    let over = having(&assessor, &entered.etag(), "/me/absences").await;
    assert_eq!(over.ok(), json!([]), "nobody changed it, a day did");

    for (path, change) in [("/submissions", "self-study"), ("/workflows", "")] {
        let read = author.get(path).await;
        assert_eq!(having(&author, &read.etag(), path).await.status, 304, "{path}");
        if !change.is_empty() {
            author.begin(change).await;
            assert_eq!(having(&author, &read.etag(), path).await.status, 200, "{path}");
        }
    }
    let description = house.nobody().get("//api/openapi.json").await;
    assert_eq!(having(&house.nobody(), &description.etag(), "//api/openapi.json").await.status, 304);
    house.close().await;
}
