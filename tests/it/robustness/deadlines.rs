//! Deadlines that cannot be carried out, among those that can.

use std::{collections::BTreeSet, time::Duration};

use imprimatur::usecase::work::{self, Named};
use jiff::SignedDuration;
use proptest::{
    prelude::{Strategy as _, any},
    strategy::ValueTree as _,
    test_runner::TestRunner,
};

use crate::harness::{
    form::sent_self_study,
    house::House,
    running::{Running, is_long, until},
};

const DAY: SignedDuration = SignedDuration::from_hours(24);

/// How an item goes bad.
#[derive(Clone, Copy, Debug)]
enum Poison {
    /// Its stored state cannot be read.
    Unreadable,
    /// It is gone.
    Lost,
    /// The list says that a timer is due, and the item knows of none.
    NoTimer,
}

/// Self-studies that are due: how many, and which of them are bad.
async fn due(house: &House, kinds: &[Option<Poison>]) -> Vec<String> {
    let author = house.person("author");
    let mut references = Vec::new();
    for _ in kinds {
        references.push(sent_self_study(house, &author, "1.00").await);
    }
    house.work().await;
    for (reference, kind) in references.iter().zip(kinds) {
        if let Some(kind) = kind {
            poison(house, reference, *kind).await;
        }
    }
    assert!(house.app.context.clock.advance(DAY * 31));
    references
}

async fn poison(house: &House, reference: &str, kind: Poison) {
    if matches!(kind, Poison::NoTimer) {
        house.person("author").fire(reference, "withdraw", &serde_json::json!({})).await.ok();
    }
    let of = format!("submission IN (SELECT id FROM submission WHERE reference = '{reference}')");
    let statement = match kind {
        Poison::Unreadable => format!("UPDATE submission_content SET item = '[]' WHERE {of}"),
        Poison::Lost => format!("DELETE FROM submission_content WHERE {of}"),
        // From the start of time, so that it comes before all others.
        Poison::NoTimer => format!("UPDATE submission SET next_due = 1 WHERE reference = '{reference}'"),
    };
    house.database.run(&statement).await.unwrap();
}

async fn states(house: &House, references: &[String], kinds: &[Option<Poison>]) -> BTreeSet<String> {
    let mut states = BTreeSet::new();
    for (reference, _) in references.iter().zip(kinds).filter(|(_, kind)| kind.is_none()) {
        states.insert(house.submission(reference).await.item.state);
    }
    states
}

/// Whatever number of bad items, wherever they stand among the good ones: every good one fires, and every bad one is
/// listed.
///
/// Seen to fail: with the check for a timer that nothing follows from left out of `tick`, 32 of `NoTimer` stop all others.
/// Meant to, and not seen to its end yet: with `rests` left out of `ReadTx::due` (as it was) so do 32 bad ones.
#[tokio::test(flavor = "multi_thread")]
async fn any_number_of_bad_items_among_good_ones_stops_none_of_them() {
    let bad = any::<(u8, u8)>().prop_map(|(many, kind)| {
        (many > 100).then_some(match kind % 3 {
            0 => Poison::Lost,
            1 => Poison::Unreadable,
            _ => Poison::NoTimer,
        })
    });
    let mut runner = TestRunner::default();
    let cases = if is_long() { 12 } else { 2 };
    let mut mixtures: Vec<Vec<Option<Poison>>> = vec![
        // All bad ones first, more of them than are looked at together.
        [vec![Some(Poison::Unreadable); 40], vec![None; 3]].concat(),
        [vec![Some(Poison::NoTimer); 40], vec![Some(Poison::Lost); 3], vec![None; 3]].concat(),
    ];
    for _ in 0..cases {
        let mixture = proptest::collection::vec(bad.clone(), 1..60).new_tree(&mut runner).unwrap();
        mixtures.push(mixture.current());
    }
    for kinds in mixtures {
        let house = House::open().await;
        let references = due(&house, &kinds).await;
        let running = Running::of(&house.app, &house.url);
        let good = kinds.iter().filter(|kind| kind.is_none()).count();
        until(Duration::from_secs(30), &format!("all good ones fire: {kinds:?}"), async || {
            let states = states(&house, &references, &kinds).await;
            states.is_empty() || states == BTreeSet::from(["overdue".to_owned()])
        })
        .await;
        until(Duration::from_secs(30), "all bad ones are noted", async || {
            let noted = house.database.count("SELECT count(*) FROM timer_failure").await;
            usize::try_from(noted).unwrap() >= kinds.len() - good
        })
        .await;
        let listed = work::undone(&house.app.context).await.unwrap().deadlines;
        assert_eq!(listed.len(), kinds.len() - good, "{listed:?}");
        running.stop().await;
    }
}

/// Who sees to it reads on the submission's page, and in what a program is answered, since when, why and what to do.
async fn told_to_the_office_alone(house: &House, reference: &str) {
    let tx = house.database.begin().await;
    tx.join("self-study-assessors", house.id("administrator")).await.unwrap();
    tx.commit().await.unwrap();
    let remedy = format!("imprimatur job retry {reference}");
    for (key, is_told) in
        [("coordinator", true), ("administrator", true), ("assessor", false), ("auditor", false), ("author", false)]
    {
        let read = house.person(key).read(reference).await.ok();
        let page = reqwest::Client::new().get(format!("{}/s/{reference}", house.url));
        let page = page.header("cookie", house.session(key).await).send().await.unwrap();
        assert_eq!(page.status(), 200, "{key}");
        let page = page.text().await.unwrap();
        assert!(page.contains(reference), "{key}");
        if is_told {
            let given_up = &read["given_up"];
            assert_eq!(given_up["attempts"], 12, "{key}: {read}");
            assert!(given_up["since"].is_string(), "{given_up}");
            assert!(given_up["remedy"].as_str().unwrap().contains(&remedy), "{given_up}");
            assert!(given_up["cause"].as_str().unwrap().contains("nothing follows from it"), "{given_up}");
            for words in ["was given up on", "after 12 trials", "nothing follows from it", &remedy] {
                assert!(page.contains(words), "{key}: {words} is not on {page}");
            }
        } else {
            assert!(read["given_up"].is_null() && !page.contains("was given up"), "{key}: {read} {page}");
        }
    }
}

/// Seen to fail: with `Next::GiveUp` left out of `deadline::fire` it is never given up; with nobody taken for the office its
/// coordinator reads nothing of it, and with everybody an assessor does. Seen not to fail: with the version left out of `rests`.
#[tokio::test(flavor = "multi_thread")]
async fn a_deadline_that_fails_rests_longer_each_time_is_given_up_told_and_tried_again_when_somebody_says_so() {
    let house = House::open().await;
    let context = &house.app.context;
    let reference = sent_self_study(&house, &house.person("author"), "1.00").await;
    house.work().await;
    // The row says that a timer is due; the item knows of none before some weeks.
    let due = format!("UPDATE submission SET next_due = 1 WHERE reference = '{reference}'");
    house.database.run(&due).await.unwrap();
    house.work().await;
    let mut pauses = Vec::new();
    let failure = loop {
        let undone = work::undone(context).await.unwrap();
        let [failure] = undone.deadlines.as_slice() else { panic!("{undone:?}") };
        if failure.given_up_at.is_some() {
            break failure.clone();
        }
        let pause = failure.retry_at.duration_since(context.clock.now());
        assert!(pause <= SignedDuration::from_mins(90), "{pause}");
        pauses.push(pause);
        assert!(context.clock.advance(pause + SignedDuration::from_secs(1)));
        house.work().await;
    };
    assert_eq!(pauses.len(), 11, "{pauses:?}");
    assert!(pauses[0] < SignedDuration::from_secs(11) && pauses[6] > SignedDuration::from_mins(5), "{pauses:?}");
    assert_eq!((failure.reference.as_str(), failure.attempts), (reference.as_str(), 12));
    assert!(failure.error.contains("nothing follows from it"), "{}", failure.error);
    house.work().await;
    let letter = house.letters_to("coordinator").await.pop().expect("a letter");
    assert!(letter.subject.starts_with(&reference) && letter.text.contains("could not carry out"), "{letter:?}");
    let notes = work::notes(context).await.unwrap();
    assert_eq!(notes, ["work was given up; `imprimatur job list` says which"]);
    told_to_the_office_alone(&house, &reference).await;

    // Tried again when somebody says so, as if for the first time.
    assert_eq!(work::retry(context, &Named::Reference(reference.clone()), DAY).await.unwrap(), 1);
    house.work().await;
    assert_eq!(work::undone(context).await.unwrap().deadlines[0].attempts, 1);

    // Whoever changes the item makes the failure void.
    house.person("author").fire(&reference, "withdraw", &serde_json::json!({})).await.ok();
    assert_eq!(work::undone(context).await.unwrap().deadlines, []);
    house.work().await;
    assert_eq!(work::undone(context).await.unwrap().deadlines, []);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_deadline_that_was_given_up_can_be_let_go_and_is_not_listed_any_more() {
    let house = House::open().await;
    let context = &house.app.context;
    let references = due(&house, &[Some(Poison::Unreadable)]).await;
    let named = Named::Reference(references[0].clone());
    for _ in 0..12 {
        house.work().await;
        assert!(context.clock.advance(DAY));
    }
    let undone = work::undone(context).await.unwrap();
    assert!(undone.deadlines[0].given_up_at.is_some(), "{undone:?}");
    assert!(work::dismiss(context, &named, " ").await.is_err(), "a reason is asked for");
    assert_eq!(work::dismiss(context, &named, "It was a trial.").await.unwrap(), 1);
    assert_eq!(work::undone(context).await.unwrap().deadlines, []);
    house.work().await;
    assert_eq!(work::undone(context).await.unwrap().deadlines, [], "it is not tried again");
    assert_eq!(work::retry(context, &Named::Everything, DAY).await.unwrap(), 0);
}
