//! A form that comes in after its sender's session has ended: kept for the same person, shown again, sent by them.

use jiff::SignedDuration;
use reqwest::Method;

use crate::harness::{
    browser::{Browser, Page},
    client::send,
    form::{PDF, sent_self_study},
    house::{House, PASSWORD, email},
};

/// Signs in in a browser that has these cookies; gives where that leads, and its cookies from then on.
async fn sign_in(house: &House, key: &str, cookies: &str, next: &str) -> (String, String) {
    // Has a password from now on.
    let _ = house.session(key).await;
    let browser = Browser::with(house, cookies);
    let fields = [("email", email(key)), ("password", PASSWORD.to_owned()), ("next", next.to_owned())];
    let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
    let entered = browser.post("/sign-in", &fields).await;
    assert_eq!(entered.status, 303, "{entered:?}");
    assert_eq!(entered.cookies.len(), 2, "{:?}", entered.cookies);
    (entered.to, entered.cookies.join("; "))
}

/// Only the cookie that stays when a session has ended, and all that a signed-out browser has.
fn left(cookies: &str) -> String {
    cookies.split("; ").find(|cookie| cookie.starts_with("imprimatur-browser=")).expect("a cookie").to_owned()
}

/// Where the page of a refusal leads to sign in and go on.
fn way(page: &Page) -> String {
    let place = page.html.split("href=\"/sign-in?next=").nth(1).unwrap_or_else(|| panic!("no way: {}", page.html));
    percent_encoding::percent_decode_str(place.split('"').next().unwrap()).decode_utf8().unwrap().into_owned()
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_typed_while_the_session_ended_is_kept_for_the_same_person_and_sent_by_them_after_signing_in() {
    let house = House::open().await;
    let author = house.person("author");
    let reference = author.begin("self-study").await;
    let (_, cookies) = sign_in(&house, "author", "", "/").await;
    let form = format!("/s/{reference}/form/study");
    let page = Browser::with(&house, &cookies).get(&form).await;
    let hidden = page.hidden(&form);
    let hidden = hidden.iter().map(|(name, value)| (name.as_str(), value.as_str()));
    let typed: Vec<(&str, &str)> = hidden.chain([("title", "Typed for an hour"), ("then", "later")]).collect();

    // It ends by itself: the cookies are all there.
    assert!(house.app.context.clock.advance(SignedDuration::from_hours(13)));
    let refused = Browser::with(&house, &cookies).post(&form, &typed).await;
    refused.is(401).says("Typed for an hour").says("kept for you alone");
    let next = way(&refused);
    assert!(next.starts_with("/unsent/"), "{next}");
    assert_eq!(author.read(&reference).await["answers"].get("title"), None);

    // Nobody else sees it, whoever signs in there.
    let (to, other) = sign_in(&house, "other-author", &left(&cookies), &next).await;
    assert_eq!(to, next);
    Browser::with(&house, &other).get(&next).await.is(404).is_silent_of("Typed for an hour");
    Browser::with(&house, &other).post(&next, &[]).await.is(404);

    // Its sender is led there, also when they only sign in.
    let (to, cookies) = sign_in(&house, "author", &left(&cookies), "/").await;
    assert_eq!(to, next);
    let browser = Browser::with(&house, &cookies);
    let kept = browser.get(&next).await;
    kept.is(200).says("Typed for an hour").says("Send it now");
    let action = format!("{form}?unsent={}", next.trim_start_matches("/unsent/"));
    let fields = kept.hidden(&action);
    let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    browser.post(&action, &fields).await.is(303);
    assert_eq!(author.read(&reference).await["answers"]["title"], "Typed for an hour");
    browser.get(&next).await.is(404);
    house.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn it_is_kept_from_a_browser_that_was_signed_out_elsewhere_too_and_with_a_large_file_beside_it() {
    let house = House::open().await;
    let reference = sent_self_study(&house, &house.person("author"), "2.00").await;
    house.person("assessor").claim(&reference, "assess").await.ok();
    let (_, cookies) = sign_in(&house, "assessor", "", "/").await;
    let review = format!("/s/{reference}/review/assess");
    Browser::with(&house, &cookies).post("/sign-out", &[]).await.is(303);
    let gone = Browser::with(&house, &left(&cookies));
    let next = way(gone.post(&review, &[("note", "The hours are too many.")]).await.is(401));
    let (_, cookies) = sign_in(&house, "assessor", &left(&cookies), &next).await;
    Browser::with(&house, &cookies).get(&next).await.is(200).says("The hours are too many.");
    // And it can be dropped.
    Browser::with(&house, &cookies).post(&next, &[]).await.is(303);
    Browser::with(&house, &cookies).get(&next).await.is(404);

    let reference = house.person("author").begin("self-study").await;
    let (_, cookies) = sign_in(&house, "author", "", "/").await;
    let form = format!("/s/{reference}/form/evidence");
    let large = [PDF, &vec![b' '; 3_000_000][..]].concat();
    let browser = Browser::with(&house, &left(&cookies));
    let refused =
        browser.upload(&form, &[("attest", "yes"), ("then", "later")], &[("evidence", "log.pdf", &large)]).await;
    let next = way(refused.is(401));
    let (_, cookies) = sign_in(&house, "author", &left(&cookies), &next).await;
    Browser::with(&house, &cookies).get(&next).await.is(200).says("value=\"yes\"");
    house.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_comes_from_nobody_is_kept_by_nobody_and_what_is_kept_ends_after_a_week_and_has_a_most() {
    let house = House::open().await;
    let reference = house.person("author").begin("self-study").await;
    let form = format!("/s/{reference}/form/study");
    let typed = [("title", "Whose?")];
    let stranger = house.nobody().request(Method::POST, &format!("/{form}")).await;
    let stranger = send(
        stranger
            .header("origin", &house.url)
            .header("content-type", "application/x-www-form-urlencoded")
            .body("title=Whose"),
    )
    .await;
    assert_eq!(stranger.status, 401);
    let planted = Browser::with(&house, "imprimatur-browser=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA");
    planted.post(&form, &typed).await.is(401).is_silent_of("/unsent/");
    let author = house.id("author");
    assert_eq!(house.database.view().await.unsent_of(author).await.unwrap(), []);

    let (_, cookies) = sign_in(&house, "author", "", "/").await;
    let gone = Browser::with(&house, &left(&cookies));
    // Nothing was typed there.
    gone.post(&format!("/s/{reference}/remind"), &[("version", "3")]).await.is(401).is_silent_of("/unsent/");
    let mut last = String::new();
    for number in 0..12 {
        last = way(gone.post(&form, &[("title", format!("Number {number}").as_str())]).await.is(401));
    }
    assert_eq!(house.database.view().await.unsent_of(author).await.unwrap().len(), 10);
    let (_, cookies) = sign_in(&house, "author", "", "/").await;
    Browser::with(&house, &cookies).get(&last).await.is(200);
    house.skip(8).await;
    let (_, cookies) = sign_in(&house, "author", "", "/").await;
    Browser::with(&house, &cookies).get(&last).await.is(404);
    house.close().await;
}

/// Before, the page of an error had neither the ways nor the name, whoever read it.
#[tokio::test(flavor = "multi_thread")]
async fn the_page_of_an_error_keeps_the_ways_and_the_name_and_says_what_to_do() {
    let house = House::open().await;
    let reference = sent_self_study(&house, &house.person("author"), "2.00").await;
    let browser = Browser::of(&house, "coordinator").await;
    for (path, status) in
        [("/nowhere", 404), ("/s/SS-1999-0001", 404), ("/s/SS-1999-0001/form/study", 404), ("/people/invite", 403)]
    {
        let page = browser.get(path).await;
        page.is(status)
            .says("coordinator")
            .says("href=\"/queue\"")
            .says("action=\"/sign-out\"")
            .says("What you can do");
    }
    let author = Browser::of(&house, "other-author").await;
    author.get(&format!("/s/{reference}")).await.is(404).says("other author").is_silent_of("href=\"/queue\"");
    let nobody = Browser::with(&house, "a=b");
    nobody.get("/nowhere").await.is(404).says("href=\"/sign-in\"").is_silent_of("action=\"/sign-out\"");
    house.close().await;
}
