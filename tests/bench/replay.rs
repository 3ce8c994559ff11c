//! A changed version over finished submissions: 10,000 of them in less than 10 seconds.

use std::{collections::BTreeSet, time::Instant};

use imprimatur::{
    access::Caller,
    domain::{Answer, Answers, Duty},
    model::StoredDefinition,
    usecase::{Call, definition::replay},
    workflow::{Command, definition::Verdict, load},
};

use crate::{line, number, office::Office, study::Study};

pub(crate) async fn run() {
    let office = Office::open().await;
    let context = &office.app.context;
    let many = number("BENCH_FINISHED", 10_000);
    let start = Instant::now();
    let study = Study::of(&office, vec![Command::Claim { track: "assess".to_owned() }, approve()]).await;
    assert!(study.item.closed, "{:?}", study.item);
    study.copy(&office, 0, many).await;
    let view = context.store.view().await.expect("a look");
    let source = view.current_definition("self-study").await.expect("a look").expect("a definition").source;
    drop(view);
    println!("# {many} finished submissions, filled in {:.0} s", start.elapsed().as_secs_f64());

    // Longer studies go to the audit sample sooner, so each of them would have gone another way.
    let changed = source.replace("hours <= 8.0", "hours <= 6.0").replace("hours > 8.0", "hours > 6.0");
    let (definition, _) = load(&changed, context.definitions.credits()).expect("a sound definition");
    let version = StoredDefinition {
        hash: definition.hash,
        workflow: definition.workflow,
        source: changed,
        loaded_at: context.clock.now(),
        proposed_by: None,
    };
    let tx = context.store.begin().await.expect("a change");
    tx.add_definition(&version).await.expect("a version");
    tx.commit().await.expect("a version");
    let caller = Caller { person: office.author, duties: [Duty::Administrator].into(), groups: BTreeSet::new() };
    let start = Instant::now();
    let found = replay(&Call::new(context.clone(), caller), "self-study", Some(&version.hash)).await.expect("a result");
    let seconds = start.elapsed().as_secs_f64();
    assert_eq!((found.looked_at, found.otherwise), (many, many), "each of them goes another way");
    line(&format!("replay: a changed version over {many} finished submissions"), seconds, "s");
}

fn approve() -> Command {
    let rubric = [("hours_plausible", Answer::Choice("fully".to_owned())), ("professional", Answer::YesNo(true))];
    let rubric = Answers(rubric.map(|(id, answer)| (id.to_owned(), answer)).into());
    Command::Judge { track: "assess".to_owned(), verdict: Verdict::Approve, rubric, note: None, requests: Vec::new() }
}
