//! The office's own pages and routes: two administrators, one of them slower.

use futures_util::future::join_all;
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
        assert_ne!(newer, administrator.get(&path).await.etag());
        patch(&seen, &second).await.is(412);
        assert_eq!(administrator.get(&path).await.version(), newer, "nothing was changed");
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

/// It is there for the range of `LookBack`, and for a fault that keeps what was typed.
#[tokio::test(flavor = "multi_thread")]
async fn an_administrator_sets_for_how_many_days_one_may_look_back() {
    let house = House::open().await;
    let (administrator, cookie) = (house.person("administrator"), house.session("administrator").await);
    let patch = async |days: serde_json::Value| {
        let request = administrator.request(Method::PATCH, "/organisation").await;
        send(request.json(&json!({ "look_back_days": days }))).await
    };
    assert_eq!(administrator.get("/organisation").await.ok()["look_back_days"], 60);
    for days in [-1, 3651, 65_596] {
        let message = patch(json!(days)).await.faulty("/look_back_days", "range");
        assert_eq!(message, "enter a whole number of days from 0 to 3650", "{days}");
    }
    for days in [3650, 0] {
        assert_eq!(patch(json!(days)).await.ok()["look_back_days"], days);
    }
    assert_eq!(administrator.get("/organisation").await.ok()["look_back_days"], 0);

    let post = async |days: &str| {
        let shown = page(&house, "administrator", "//organisation").await;
        let (_, rest) = shown.split_once("name=\"version\" value=\"").expect("a version");
        let version = rest.split('"').next().unwrap();
        let request = house.nobody().request(Method::POST, "//organisation").await.header("cookie", &cookie);
        let request = request.header("origin", &house.url).header("content-type", "application/x-www-form-urlencoded");
        let form = format!(
            "version={version}&name=Academy&short=A&time_zone=America%2FChicago&look_back_days={}",
            days.replace(' ', "+")
        );
        let answer = send(request.body(form)).await;
        (answer.status, String::from_utf8(answer.bytes).unwrap())
    };
    for days in ["", "two months", "-1", "3651", "1.5"] {
        let (status, shown) = post(days).await;
        assert!(status == 422 && shown.contains("a whole number of days from 0 to 3650"), "{days}: {shown}");
        assert!(shown.contains(&format!("value=\"{days}\"")), "{days}: {shown}");
    }
    assert_eq!(post(" 14 ").await.0, 303);
    assert!(page(&house, "administrator", "//organisation").await.contains("value=\"14\""));
    assert!(page(&house, "coordinator", "//organisation").await.contains("Days to look back: 14."));
    house.close().await;
}

/// A page as somebody signed in sees it.
async fn page(house: &House, key: &str, path: &str) -> String {
    let request = house.nobody().request(Method::GET, path).await.header("cookie", house.session(key).await);
    String::from_utf8(send(request).await.bytes).unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn who_joins_a_group_is_found_by_name_or_address_among_any_number_of_people() {
    let house = House::open().await;
    let cookie = house.session("administrator").await;
    let join = async |form: &str| {
        let request = house.nobody().request(Method::POST, "//groups/audit/join").await.header("cookie", &cookie);
        let request = request.header("origin", &house.url).header("content-type", "application/x-www-form-urlencoded");
        let answer = send(request.body(form.to_owned())).await;
        (answer.status, String::from_utf8(answer.bytes).unwrap())
    };
    assert!(join("who=").await.1.contains("enter part of the name"));
    let (status, shown) = join("who=nobody-of-this-name").await;
    assert!(status == 422 && shown.contains("value=\"nobody-of-this-name\""), "{shown}");
    assert!(join("who=sampler").await.1.contains("nobody fits"), "a member already");
    let (status, shown) = join("who=Panel").await;
    assert_eq!(status, 200);
    assert!(shown.contains("Is this who joins?") && shown.contains(&house.id("second-panel").to_string()), "{shown}");
    assert_eq!(join(&format!("who=Panel&person={}", house.id("second-panel"))).await.0, 303);
    // Also where only one fits, nobody is a member before whoever asks has seen who that is.
    let (status, shown) = join("who=SECOND-CHAIR%40").await;
    assert!(status == 200 && shown.contains("second-chair@academy"), "{shown}");
    assert!(!page(&house, "administrator", "//groups/audit").await.contains("second chair"));
    assert_eq!(join(&format!("who=SECOND-CHAIR%40&person={}", house.id("second-chair"))).await.0, 303);
    let members = page(&house, "administrator", "//groups/audit").await;
    assert!(members.contains("second panel") && members.contains("second chair"), "{members}");
    house.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn who_only_looks_at_the_house_is_offered_nothing_to_send() {
    let house = House::open().await;
    for path in [format!("//people/{}", house.id("assessor")), "//groups/audit".to_owned(), "//organisation".to_owned()]
    {
        for key in ["coordinator", "auditor"] {
            let shown = page(&house, key, &path).await;
            let (_, main) = shown.split_once("<main").expect("a page");
            assert!(!main.contains("<form"), "{key} {path}: {main}");
        }
        assert!(page(&house, "administrator", &path).await.contains("class=\"form\""), "{path}");
    }
    house.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn there_is_no_clock_to_move_outside_the_demo() {
    let house = House::open().await;
    let cookie = house.session("author").await;
    for cookie in [None, Some(cookie)] {
        let request = house.nobody().request(Method::POST, "//demo/clock").await.header("origin", &house.url);
        let request = request.header("content-type", "application/x-www-form-urlencoded").body("days=1");
        let request = cookie.into_iter().fold(request, |request, cookie| request.header("cookie", cookie));
        assert_eq!(send(request).await.status, 404);
    }
    house.close().await;
}

/// Two changes that went by one version were both taken on PostgreSQL, and the first was lost.
#[tokio::test(flavor = "multi_thread")]
async fn of_many_changes_of_the_organisation_that_go_by_one_version_one_is_taken() {
    let house = House::open().await;
    let administrator = house.person("administrator");
    for turn in 0..4 {
        let seen = administrator.get("/organisation").await.etag();
        let changes = (0..8).map(async |number| {
            let request = administrator.request(Method::PATCH, "/organisation").await.header(header::IF_MATCH, &seen);
            send(request.json(&json!({ "short": format!("A{turn}{number}") }))).await.status
        });
        let mut told = join_all(changes).await;
        told.sort_unstable();
        assert_eq!(told, [200, 412, 412, 412, 412, 412, 412, 412]);
    }
    house.close().await;
}
