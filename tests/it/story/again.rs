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
