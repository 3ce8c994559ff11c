//! The first workflow of `workflows/README.md`, done as it says.

use std::fs;

use serde_json::json;

use crate::harness::{house::House, workflow_files::copied_workflows};

/// What an administrator types: the file of step 1, and with step 5 the one it becomes.
fn files() -> [String; 2] {
    let page = include_str!("../../../workflows/README.md");
    let first = page.split("```yaml\n").nth(1).and_then(|rest| rest.split("```").next()).unwrap().to_owned();
    let (_, step) = page.split_once("**5. Change it").unwrap();
    let late = step.lines().find(|line| line.starts_with("    late:")).unwrap();
    let overdue = step.split('`').find(|text| text.starts_with("overdue: {")).unwrap();
    let changed = first
        .replace("  declined: {", &format!("  {overdue}\n  declined: {{"))
        .replace("from: [waiting], to: approved", "from: [waiting, overdue], to: approved")
        .replace("from: [waiting], to: declined", "from: [waiting, overdue], to: declined");
    [first, format!("{}\n{}\n", changed.trim_end(), late.strip_prefix("  ").unwrap())]
}

#[tokio::test(flavor = "multi_thread")]
async fn the_first_workflow_of_the_documentation_does_what_it_says() {
    let folder = copied_workflows();
    let [first, changed] = files();
    let file = folder.path().join("reading-list.yaml");
    fs::write(&file, first).unwrap();
    let house = House::open_with(&[("workflows", folder.path().to_str().unwrap())]).await;

    // Started again, it has the group; an empty one lets nothing through.
    house.app.clone().prepare().await.unwrap();
    let author = house.person("author");
    let reference = author.begin("reading-list").await;
    author.answer(&reference, &json!({ "title": "Spring", "list": "Ten papers on wounds\n" })).await.ok();
    author.fire(&reference, "send", &json!({})).await.ok();
    house.work().await;
    let letters = house.letters_to("administrator").await;
    assert!(letters.iter().any(|letter| letter.text.contains("the group “Editors”")), "{letters:?}");
    house.join("editors", "officer").await;
    let editor = house.person("officer");
    editor.fire(&reference, "decline", &json!({})).await.refused("note-missing");
    editor.fire(&reference, "approve", &json!({})).await.ok();
    assert_eq!(author.state(&reference).await, "approved");

    // Changed, it holds for what is sent from now on.
    fs::write(&file, changed).unwrap();
    house.app.adopt().await.unwrap();
    assert_eq!(json!(house.app.context.definitions.refused()), json!([]));
    let reference = author.begin("reading-list").await;
    author.answer(&reference, &json!({ "title": "Summer", "list": "Ten papers on wounds\n" })).await.ok();
    author.fire(&reference, "send", &json!({})).await.ok();
    house.skip(31).await;
    assert_eq!(author.state(&reference).await, "overdue");
    editor.fire(&reference, "approve", &json!({})).await.ok();
    house.close().await;
}
