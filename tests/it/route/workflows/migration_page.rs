//! Planning a migration with a browser.

use serde_json::json;

use super::{changed, house_of_two, in_force, migration::renamed};
use crate::harness::{form::sent_self_study, house::House};

async fn shown(house: &House, cookie: &str, path: &str) -> String {
    let page = reqwest::Client::new().get(format!("{}{path}", house.url)).header("cookie", cookie);
    page.send().await.unwrap().text().await.unwrap()
}

async fn posted(house: &House, cookie: &str, path: &str, pairs: &[(&str, &str)]) -> (u16, String, String) {
    let browser = reqwest::Client::builder().redirect(reqwest::redirect::Policy::none()).build().unwrap();
    let body: Vec<String> = pairs.iter().map(|(name, value)| format!("{}={value}", name.replace('/', "%2F"))).collect();
    let form = browser.post(format!("{}{path}", house.url)).header("cookie", cookie).header("origin", &house.url);
    let form = form.header("content-type", "application/x-www-form-urlencoded").body(body.join("&"));
    let answer = form.send().await.unwrap();
    let to = answer.headers().get("location").map(|to| to.to_str().unwrap().to_owned()).unwrap_or_default();
    (answer.status().as_u16(), to, answer.text().await.unwrap())
}

#[tokio::test(flavor = "multi_thread")]
async fn what_both_versions_have_is_folded_away_and_can_become_something_else() {
    let house = house_of_two().await;
    let author = house.person("author");
    let reference = sent_self_study(&house, &author, "4").await;
    // The same name, and something else by it.
    let (before, after) = in_force(&house, &changed(&[("label: Being assessed", "label: Being looked at")])).await;
    let cookie = house.session("administrator").await;
    let path = format!("/workflows/self-study/migrate?from={before}");
    let page = shown(&house, &cookie, &path).await;
    let folded = page.split("<details>").nth(1).expect("closed").split("</details>").next().unwrap();
    assert!(folded.contains("Change more: ") && page.contains("there is nothing to choose"), "{page}");
    for name in ["mapping/states/assessment", "mapping/tracks/assess", "mapping/timers/late", "mapping/roles/assessor"]
    {
        assert!(folded.contains(&format!("name=\"{name}\"")), "{name}: {folded}");
    }
    assert!(folded.contains("“Being looked at”, as before"), "{folded}");

    let wrong = [("mapping/states/assessment", "closed"), ("mapping/tracks/assess", "")];
    let (status, _, page) = posted(&house, &cookie, &path, &wrong).await;
    assert_eq!(status, 422, "{page}");
    assert!(page.contains("<details open>") && page.contains("href=\"#mapping/states/assessment\""), "{page}");
    let (status, to, _) = posted(&house, &cookie, &path, &[("mapping/timers/late", "-")]).await;
    assert_eq!(status, 303);
    let plan = to.split('?').next().unwrap().to_owned();
    let page = shown(&house, &cookie, &plan).await;
    assert!(page.contains("Deadline “late”") && page.contains("ends"), "{page}");
    // Who looks after workflows may not open what others sent; who runs the queue may.
    let link = format!("href=\"/s/{reference}\"");
    assert!(page.contains(&reference) && !page.contains(&link), "{page}");
    let coordinator = house.session("coordinator").await;
    assert!(shown(&house, &coordinator, &plan).await.contains(&link));
    let (status, done, page) = posted(&house, &coordinator, &plan, &[]).await;
    assert_eq!((status, done.as_str()), (303, plan.as_str()), "{page}");
    assert_eq!(author.read(&reference).await.ok()["definition"], after);
    house.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_only_the_older_version_has_is_asked_in_the_open() {
    let house = house_of_two().await;
    let (before, _) = in_force(&house, &renamed()).await;
    let page =
        shown(&house, &house.session("administrator").await, &format!("/workflows/self-study/migrate?from={before}"))
            .await;
    let open = page.split("<details>").next().unwrap();
    assert!(open.contains("name=\"mapping/states/assessment\"") && !open.contains("mapping/states/overdue"), "{page}");
    assert_eq!(json!(page.matches("<details").count()), json!(1));
    house.close().await;
}
