//! Versions that were kept by an earlier program: they are still read, and proved again.

use imprimatur::{
    app::App,
    http::static_file,
    jobs,
    model::{Activation, StoredDefinition},
    present::Views,
    usecase::definition::{self, Proved},
};
use serde_json::Value;
use tokio_util::sync::CancellationToken;

use super::{SELF_STUDY, activate, active, changed, house_of_two, in_force, propose};
use crate::harness::{
    client::Client,
    form::{assessment, sent_self_study},
    house::House,
    workflow_files::copied_workflows,
};

/// An identity that no program gives today.
pub(super) const EARLIER: &str = "0000000000000000000000000000000000000000000000000000000000000000";

/// A version that fails a proof: a conflict found late would leave a recognition that nobody approved.
fn unsound() -> String {
    changed(&[
        ("when: \"approvals('assess') >= 1 && (kind != 'point-of-care'", "when: \"(kind != 'point-of-care'"),
        ("when: \"approvals('assess') < 1\"", "when: \"approvals('assess') < 0\""),
    ])
}

/// Keeps a version past all checks and makes it the active one, as a program of yesterday might have.
pub(super) async fn kept(house: &House, source: &str) {
    let now = house.app.context.clock.now();
    let tx = house.database.begin().await;
    let replaced = tx.current_definition("self-study").await.unwrap().map(|active| active.hash);
    let (hash, workflow) = (EARLIER.to_owned(), "self-study".to_owned());
    tx.add_definition(&StoredDefinition {
        hash: hash.clone(),
        workflow: workflow.clone(),
        source: source.to_owned(),
        loaded_at: now,
        proposed_by: None,
    })
    .await
    .unwrap();
    let (proposed_by, activated_by, reason) = (None, None, None);
    tx.activate(&Activation { workflow, hash, replaced, proposed_by, activated_by, reason, at: now }).await.unwrap();
    tx.commit().await.unwrap();
}

/// Makes the store one whose versions were never proved.
async fn before_proofs(house: &House) {
    house.database.run("DELETE FROM proof").await.unwrap();
}

/// The program is started again over the same store.
async fn restarted(house: &House) -> App {
    let context = &house.app.context;
    let views = Views::load(|name| static_file::url(name).unwrap_or_default()).unwrap();
    let app = App::wire(house.database.store.clone(), (*context.config).clone(), context.clock.clone(), views);
    app.unwrap().prepare().await.unwrap()
}

/// What is known of the proof of a version.
async fn proof(who: &Client, hash: &str) -> Value {
    let found = who.get("/workflows/self-study/versions").await.ok();
    let versions = found["versions"].as_array().unwrap();
    versions.iter().find(|version| version["hash"] == hash).expect("the version")["proof"].clone()
}

/// The versions that are relied on and not proved, and what was found wrong with them.
async fn unproved(house: &House) -> Vec<(String, Vec<String>)> {
    let relied_on = definition::relied_on(&house.database.view().await).await.unwrap();
    let open = relied_on.into_iter().filter_map(|version| match version.proved {
        Proved::Yes(_) => None,
        Proved::NotYet => Some((version.stored.hash, Vec::new())),
        Proved::No(faults) => Some((version.stored.hash, faults.into_iter().map(|fault| fault.message).collect())),
    });
    open.collect()
}

async fn prove(house: &House) {
    jobs::prove(house.app.context.clone(), CancellationToken::new()).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_version_keeps_its_identity_though_a_later_program_would_give_it_another() {
    let house = House::open().await;
    let (author, assessor) = (house.person("author"), house.person("assessor"));
    kept(&house, SELF_STUDY).await;
    let reference = sent_self_study(&house, &author, "4").await;
    before_proofs(&house).await;
    assert_eq!(proof(&house.person("auditor"), EARLIER).await, "not-yet");

    let app = restarted(&house).await;
    assert_eq!(active(&house.person("auditor")).await, EARLIER, "the file says what is active");
    assert_eq!(proof(&house.person("auditor"), EARLIER).await, "proved", "it is shipped with this program");
    assert!(app.context.definitions.outvoted().is_empty());
    assessor.claim(&reference, "assess").await.ok();
    assessor.judge(&reference, "assess", &assessment("approve")).await.ok();
    assert_eq!(author.read(&reference).await.ok()["definition"], EARLIER);
    assert_eq!(author.state(&reference).await, "recognised");
    house.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_no_checker_of_this_program_proved_is_told_and_proved_after_the_start() {
    let house = house_of_two().await;
    let (auditor, cookie) = (house.person("auditor"), house.session("auditor").await);
    let (_, hash) = in_force(&house, &changed(&[("label: Recognised", "label: Recognized")])).await;
    assert_eq!(proof(&auditor, &hash).await, "proved");
    assert_eq!(unproved(&house).await, []);
    before_proofs(&house).await;
    // What is shipped with the program was proved with it.
    restarted(&house).await;
    assert_eq!(proof(&auditor, &hash).await, "not-yet");
    assert_eq!(unproved(&house).await, [(hash.clone(), Vec::new())]);
    for page in ["/workflows", "/workflows/self-study"] {
        let page = reqwest::Client::new().get(format!("{}{page}", house.url)).header("cookie", &cookie);
        let page = page.send().await.unwrap().text().await.unwrap();
        assert!(page.contains("not proved by this version of the program yet"), "{page}");
    }

    prove(&house).await;
    assert_eq!(proof(&auditor, &hash).await, "proved");
    assert_eq!(unproved(&house).await, []);
    house.work().await;
    assert_eq!(house.letters_to("administrator").await.len(), 0, "nothing is wrong");
    house.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_new_file_comes_into_force_once_it_is_proved_and_no_start_waits_for_that() {
    let folder = copied_workflows();
    let house = House::open_with(&[("workflows", folder.path().to_str().unwrap())]).await;
    let auditor = house.person("auditor");
    let before = active(&auditor).await;
    let file = folder.path().join("self-study.yaml");
    std::fs::write(&file, changed(&[("label: Recognised", "label: Recognized")])).unwrap();
    let app = restarted(&house).await;
    assert_eq!(active(&auditor).await, before, "the start did not wait for the proof");
    jobs::prove(app.context.clone(), CancellationToken::new()).await;
    let after = active(&auditor).await;
    assert_ne!(after, before);
    assert_eq!(proof(&auditor, &after).await, "proved");
    assert!(app.context.definitions.refused().is_empty());

    std::fs::write(&file, unsound()).unwrap();
    let app = restarted(&house).await;
    assert!(app.context.definitions.refused().is_empty(), "nobody has looked yet");
    jobs::prove(app.context.clone(), CancellationToken::new()).await;
    assert_eq!(active(&auditor).await, after, "the last good one stays");
    let refused: Vec<String> = app.context.definitions.refused().into_iter().map(|refused| refused.file).collect();
    assert_eq!(refused, ["self-study.yaml"]);
    house.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_found_wrong_alarms_the_administrators_once_and_what_is_open_goes_on() {
    let house = House::open().await;
    let (author, assessor, auditor) = (house.person("author"), house.person("assessor"), house.person("auditor"));
    kept(&house, &unsound()).await;
    let reference = sent_self_study(&house, &author, "4").await;
    house.work().await;
    let before = house.letters_to("administrator").await.len();
    for _ in 0..2 {
        prove(&house).await;
        house.work().await;
    }
    assert_eq!(proof(&auditor, EARLIER).await, "disproved");
    let letters = house.letters_to("administrator").await;
    assert_eq!(letters.len(), before + 1, "{letters:?}");
    let letter = letters.last().unwrap();
    assert_eq!(letter.subject, "Something is wrong with the workflow self-study");
    assert!(letter.text.contains(&format!("/workflows/self-study/versions/{EARLIER}")), "{}", letter.text);
    let open = unproved(&house).await;
    assert!(matches!(open.as_slice(), [(hash, faults)] if hash == EARLIER && !faults.is_empty()), "{open:?}");

    assessor.claim(&reference, "assess").await.ok();
    assessor.judge(&reference, "assess", &assessment("approve")).await.ok();
    assert_eq!(author.state(&reference).await, "recognised");
    house.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_comes_into_force_that_this_program_does_not_prove() {
    let house = house_of_two().await;
    let (one, other) = (house.person("administrator"), house.person("coordinator"));
    let before = active(&one).await;
    kept(&house, &unsound()).await;
    let hash = propose(&one, &changed(&[("label: Recognised", "label: Recognized")])).await;
    house.database.run("DELETE FROM proof").await.unwrap();
    activate(&other, &hash).await.ok();
    assert_eq!(proof(&one, &hash).await, "proved");
    let refused = activate(&other, EARLIER).await.is(422);
    assert!(refused["errors"].as_array().unwrap().iter().any(|error| error["code"] == "prove"), "{refused}");
    activate(&other, &before).await.ok();
    house.close().await;
}
