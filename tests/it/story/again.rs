//! Beginning again from what came to nothing.

use serde_json::json;

use crate::harness::{
    browser::Browser,
    form::{PDF, assessment, self_study, sent_self_study},
    house::House,
};

#[tokio::test(flavor = "multi_thread")]
async fn what_was_withdrawn_refused_or_lapsed_is_begun_again_with_the_answers_that_fit_and_by_its_owner_alone() {
    let house = House::open().await;
    let (author, assessor) = (house.person("author"), house.person("assessor"));
    let browser = Browser::of(&house, "author").await;
    let again = |reference: &str| format!("/s/{reference}/again");
    let page = async |reference: &str| browser.get(&format!("/s/{reference}")).await;

    // Under way there is nothing to begin again.
    let withdrawn = sent_self_study(&house, &author, "2.50").await;
    page(&withdrawn).await.is_silent_of("Begin again");
    browser.post(&again(&withdrawn), &[]).await.is(409).says("This is not over");
    author.post(&format!("/submissions/{withdrawn}/again"), &json!({})).await.is(409);

    author.fire(&withdrawn, "withdraw", &json!({})).await.ok();
    page(&withdrawn).await.says("Begin again from this one");
    for stranger in ["other-author", "assessor"] {
        let tried = house.person(stranger).post(&format!("/submissions/{withdrawn}/again"), &json!({})).await;
        assert!(matches!(tried.status, 403 | 404), "{stranger}: {tried:?}");
    }
    let begun = browser.post(&again(&withdrawn), &[]).await;
    let reference = begun.is(303).to.trim_start_matches("/s/").to_owned();
    assert_ne!(reference, withdrawn);
    let (old, new) = (author.read(&withdrawn).await, author.read(&reference).await);
    assert_eq!((&new["title"], &new["answers"]["hours"]), (&old["title"], &json!("2.50")));
    assert_eq!(new["answers"]["reflection"], old["answers"]["reflection"]);
    // Files and confirmations are given anew; the old one stays as it was.
    assert_eq!((new["answers"].get("evidence"), new["answers"].get("attest")), (None, None));
    assert_eq!(old["state"]["id"], "withdrawn");
    author.attach(&reference, "evidence", "log.pdf", PDF).await.ok();
    author.answer(&reference, &json!({ "attest": true })).await.ok();
    author.fire(&reference, "submit", &json!({})).await.ok();

    // Refused, once that is told.
    assessor.claim(&reference, "assess").await.ok();
    assessor.judge(&reference, "assess", &assessment("reject")).await.ok();
    assert_eq!(author.state(&reference).await, "refused");
    page(&reference).await.says("Begin again from this one");
    author.post(&format!("/submissions/{reference}/again"), &json!({})).await.is(201);

    // Lapsed.
    let lapsed = sent_self_study(&house, &author, "1.00").await;
    assessor.claim(&lapsed, "assess").await.ok();
    let mut asked = assessment("revise");
    asked["requests"] = json!([{ "question": "hours", "text": "Why?" }]);
    assessor.judge(&lapsed, "assess", &asked).await.ok();
    house.skip(50).await;
    assert_eq!(author.state(&lapsed).await, "lapsed");
    author.post(&format!("/submissions/{lapsed}/again"), &json!({})).await.is(201);

    // What was granted is not begun again.
    let granted = author.begin("self-study").await;
    author.answer(&granted, &self_study(&house, "3.00")).await.ok();
    author.attach(&granted, "evidence", "log.pdf", PDF).await.ok();
    author.fire(&granted, "submit", &json!({})).await.ok();
    assessor.claim(&granted, "assess").await.ok();
    assessor.judge(&granted, "assess", &assessment("approve")).await.ok();
    assert_eq!(author.state(&granted).await, "recognised");
    page(&granted).await.is_silent_of("Begin again");
    author.post(&format!("/submissions/{granted}/again"), &json!({})).await.is(409);
    house.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_empty_draft_is_deleted_by_its_owner_and_found_nowhere_and_one_with_something_in_it_is_not() {
    let house = House::open().await;
    let author = house.person("author");
    let browser = Browser::of(&house, "author").await;
    let discard = |reference: &str| format!("/s/{reference}/discard");
    let path = |reference: &str| format!("/submissions/{reference}");

    // Whatever is in it keeps it.
    let answered = author.begin("self-study").await;
    author.answer(&answered, &json!({ "title": "Sepsis" })).await.ok();
    let filed = author.begin("self-study").await;
    author.attach(&filed, "evidence", "log.pdf", PDF).await.ok();
    let sent = sent_self_study(&house, &author, "2.50").await;
    for kept in [&answered, &filed, &sent] {
        browser.get(&format!("/s/{kept}")).await.is_silent_of("Delete this empty draft");
        let version = author.read(kept).await.version();
        browser
            .post(&discard(kept), &[("version", version.trim_matches('"'))])
            .await
            .is(409)
            .says("a draft in which nothing is and that was never sent");
        author.delete(&path(kept)).await.is(409);
        author.read(kept).await.ok();
    }

    // By whom else, and at which version.
    let reference = author.begin("self-study").await;
    for stranger in ["other-author", "assessor", "coordinator", "auditor", "administrator"] {
        let tried = house.person(stranger).delete(&path(&reference)).await;
        assert!(matches!(tried.status, 403 | 404), "{stranger}: {tried:?}");
    }
    browser.get(&format!("/s/{reference}")).await.says("Delete this empty draft");
    let stale = author.request(reqwest::Method::DELETE, &path(&reference)).await.header("if-match", "\"7\"");
    assert_eq!(stale.send().await.unwrap().status(), 412);
    let version = author.read(&reference).await.version();
    let gone = browser.post(&discard(&reference), &[("version", version.trim_matches('"'))]).await;
    assert_eq!(gone.is(303).to, "/");
    assert!(gone.cookies.iter().any(|cookie| cookie.contains("discarded")), "{:?}", gone.cookies);
    browser.get("/").await.is_silent_of(&reference);

    // It is found nowhere, by nobody, and nothing is done with it any more.
    browser.get(&format!("/s/{reference}")).await.is(404);
    browser.post(&discard(&reference), &[("version", "2")]).await.is(404);
    for who in ["author", "coordinator", "auditor", "administrator"] {
        let who = house.person(who);
        who.get(&path(&reference)).await.is(404);
        who.get(&format!("{}/history", path(&reference))).await.is(404);
        for list in ["/submissions", "/queue", "/me/turn", &format!("/queue?search={reference}")] {
            let found = who.get(list).await;
            assert!(!found.body.to_string().contains(&reference), "{list}: {found:?}");
        }
    }
    author.answer_version(&reference, "\"2\"", &json!({ "title": "Sepsis" })).await.is(404);
    author.attach(&reference, "evidence", "log.pdf", PDF).await.is(404);
    let by_program = author.begin("self-study").await;
    author.delete(&path(&by_program)).await.is(204);
    author.get(&path(&by_program)).await.is(404);
    // What it was is the fold of what happened to it still, and nothing of it is due.
    house.skip(400).await;
    assert_eq!(house.letters_to("author").await.iter().filter(|it| it.text.contains(&reference)).count(), 0);
    house.close().await;
}
