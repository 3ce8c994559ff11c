//! The demo: every story plays through the real use cases, and what it leaves behind agrees with itself.

use std::collections::{BTreeMap, BTreeSet};

use imprimatur::{
    app::App,
    config::{Config, Overrides},
    demo,
    model::{Life, QueueFilter, QueueSort},
    present::Views,
    store::integrity,
};

use crate::harness::database;

#[tokio::test(flavor = "multi_thread")]
async fn the_demo_has_a_submission_in_every_state_and_nothing_disagrees() {
    let folder = tempfile::tempdir().unwrap();
    let overrides = Overrides::default().with("data", folder.path().to_str().unwrap());
    let config = Config::load(&overrides, &BTreeMap::new()).unwrap().config;
    let database = database::fresh().await;
    let (clock, ahead) = demo::clock();
    let app = App::wire(database.store.clone(), config, clock, Views::load(str::to_owned).unwrap())
        .unwrap()
        .prepare()
        .await
        .unwrap();
    let app = demo::play(app, &ahead).await.unwrap_or_else(|error| panic!("{error:#}"));

    let view = app.context.store.view().await.unwrap();
    assert_eq!(integrity::findings(&view).await.unwrap(), []);
    let mut seen: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for life in [Life::Draft, Life::Open, Life::Closed] {
        let filter = QueueFilter { life: Some(life), ..QueueFilter::default() };
        let page = view.queue(&filter, QueueSort::Oldest, None, 200).await.unwrap();
        for row in page.rows {
            seen.entry(row.workflow).or_default().insert(row.state);
        }
    }
    for definition in app.context.definitions.all_current(&view).await.unwrap() {
        let seen = &seen[&definition.workflow];
        // The two that the demo tells whole, but for where nobody stays unless a cap is full; of the others, some.
        let whole = ["course-accreditation", "self-study"].contains(&definition.workflow.as_str());
        let missing: Vec<&String> =
            definition.states.keys().filter(|state| *state != "weighing" && !seen.contains(*state)).collect();
        assert!(!whole || missing.is_empty(), "{}: no story ends in {missing:?}", definition.workflow);
        assert!(seen.len() >= 4, "{}: only {seen:?}", definition.workflow);
    }
}
