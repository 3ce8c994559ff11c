//! A version tried on past submissions.

use reqwest::Method;
use serde_json::json;

use super::{changed, house_of_two, propose, save};
use crate::harness::{
    client::send,
    form::{assessment, sent_self_study},
};

#[tokio::test(flavor = "multi_thread")]
async fn past_submissions_that_would_have_gone_another_way_are_told_with_where_first() {
    let house = house_of_two().await;
    let (author, assessor) = (house.person("author"), house.person("assessor"));
    let mut references = Vec::new();
    for hours in ["4", "7"] {
        let reference = sent_self_study(&house, &author, hours).await;
        assessor.claim(&reference, "assess").await.ok();
        assessor.judge(&reference, "assess", &assessment("approve")).await.ok();
        references.push(reference);
    }
    let administrator = house.person("administrator");
    let own = super::active(&administrator).await;
    let same = administrator.get(&format!("/workflows/self-study/replay?version={own}")).await.ok();
    assert_eq!(same, json!({ "looked_at": 2, "otherwise": 0, "complete": true, "submissions": [] }));

    let stricter = changed(&[("hours <= 8.0", "hours <= 6.0"), ("hours > 8.0", "hours > 6.0")]);
    save(&administrator, &stricter).await.is(204);
    let of_draft = administrator.get("/workflows/self-study/replay").await.ok();
    assert_eq!((&of_draft["looked_at"], &of_draft["otherwise"]), (&json!(2), &json!(1)));
    let told = &of_draft["submissions"][0];
    assert_eq!(told["reference"], references[1].as_str());
    assert_eq!(
        (&told["act"], &told["then"], &told["now"]),
        (&json!("verdict in assess"), &json!("to weighing, then to recognised"), &json!("to sampled"))
    );
    let hash = propose(&administrator, &stricter).await;
    let of_version = administrator.get(&format!("/workflows/self-study/replay?version={hash}")).await.ok();
    assert_eq!(of_version, of_draft);
    for (who, may) in [("administrator", false), ("coordinator", true)] {
        let path = format!("//workflows/self-study/replay?version={hash}");
        let page = house.nobody().request(Method::GET, &path).await.header("cookie", house.session(who).await);
        let page = String::from_utf8(send(page).await.bytes).unwrap();
        assert!(page.contains(&references[1]), "{page}");
        assert_eq!(page.contains(&format!("href=\"/s/{}\"", references[1])), may, "{who}: {page}");
    }
    house.close().await;
}
