//! Two worlds that differ in one thing that somebody must not know: everything that is told to that person is the same in
//! both. Every GET of pages and API that the router has, what is answered to acts that are not theirs, and every letter.
//!
//! What it is there for. Each of these was put back, and seen to fail here:
//! - history numbered by all events, not by what its reader sees (`usecase::submission::history`): the author's history tells
//!   how many requests there are, on the page and in the API;
//! - the decision released wherever it is nobody's turn, not where the state says so (`Sight` of the author): the author's
//!   page shows on the agenda what reviewers wrote;
//! - seats and requests of others left in the item (`conceal::item`): fellow reviewers, and who could review, read verdict
//!   and requests under seal;
//! - the holders of one's own list as they are stored (`mine` without `conceal::holders`): the author's list names who reviews;
//! - a sight of everything for whoever is of a group that reviews: the same reviewers read the same;
//! - a reviewer who left the group with the parts of one who stayed (`Sight::of`): the requests of the other reviewer;
//! - the author's name known to who reads blindly (`Sight`): item, page of the review, letters;
//! - drafts in lists for a reader (`store::queue`): auditor and coordinator find what was not sent by its title.
//!
//! Verdicts of others left in the events of a dossier (`conceal::events`) do not fail here: no page or answer shows them to
//! who may not read the whole history.

mod told;
mod world;

use std::collections::BTreeMap;

use told::{Answers, everything};
use world::{Secret, Stage, World};

/// What may differ all the same: which secret, to whom, where, and why that is so.
const ALLOWED: &[(Secret, &str, &str, &str)] = &[
    (Secret::Name, "administrator", "GET /people", "looks after people"),
    (Secret::Name, "administrator", "GET /api/v1/people", "looks after people"),
    (Secret::Name, "administrator", "GET /groups", "looks after groups"),
    (Secret::Name, "administrator", "GET /api/v1/groups", "looks after groups"),
    (Secret::Name, "administrator", "GET /groups/{slug}", "looks after groups"),
    (Secret::Name, "administrator", "GET /api/v1/groups/{slug}/members", "looks after groups"),
    (Secret::Name, "coordinator", "GET /people", "looks after people, whatever they review"),
    (Secret::Name, "coordinator", "GET /api/v1/people", "looks after people, whatever they review"),
    (Secret::Name, "coordinator", "GET /groups", "looks after groups, whatever they review"),
    (Secret::Name, "coordinator", "GET /api/v1/groups", "looks after groups, whatever they review"),
    (Secret::Name, "coordinator", "GET /groups/{slug}", "looks after groups, whatever they review"),
    (Secret::Name, "coordinator", "GET /api/v1/groups/{slug}/members", "looks after groups, whatever they review"),
];

/// What somebody is told in one world and otherwise in the other.
fn differences(secret: Secret, who: &str, one: &Answers, other: &Answers) -> Vec<String> {
    let mut found = Vec::new();
    assert_eq!(one.keys().collect::<Vec<_>>(), other.keys().collect::<Vec<_>>(), "{secret:?} to {who}");
    for (place, text) in one {
        let allowed = ALLOWED.iter().any(|(what, to, at, _)| *what == secret && *to == who && at == place);
        let lines = text.split(['\n', ',']).zip(other[place].split(['\n', ',']));
        if !allowed && *text != other[place] {
            let first = lines.into_iter().find(|(one, other)| one != other);
            let (one, other) = first.unwrap_or((text, &other[place]));
            found.push(format!("{secret:?} is told to {who} by {place}:\n    {one}\n    {other}"));
        }
    }
    found
}

async fn compare(secret: Secret) {
    let (mut told, mut looked) = (Vec::new(), 0);
    for world in [World::One, World::Other] {
        let folder = tempfile::tempdir().expect("a folder");
        let house = world::open(secret, folder.path()).await;
        let scene = world::set(&house, secret, world).await;
        let mut answers = BTreeMap::new();
        for stage in [Stage::Review, Stage::Docket] {
            scene.reach(stage).await;
            for who in secret.kept_from(stage) {
                answers.insert((stage, *who), everything(&scene, who).await);
            }
        }
        looked += answers.values().map(BTreeMap::len).sum::<usize>();
        told.push(answers);
        house.close().await;
    }
    assert!(looked > 600, "hardly anything was looked at: {looked}");
    let found: Vec<String> =
        told[0].iter().flat_map(|(key, one)| differences(secret, key.1, one, &told[1][key])).collect();
    assert!(found.is_empty(), "{}", found.join("\n"));
}

#[tokio::test(flavor = "multi_thread")]
async fn who_reviews_is_told_to_nobody_who_must_not_know() {
    compare(Secret::Reviewers).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_name_of_a_reviewer_is_told_to_nobody_who_must_not_know() {
    compare(Secret::Name).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_verdict_and_how_much_is_asked_with_it_is_told_to_nobody_before_it_is_released() {
    compare(Secret::Verdict).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_not_sent_yet_is_told_to_nobody_but_its_author() {
    compare(Secret::Draft).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn who_the_author_is_is_told_to_nobody_who_reads_blindly() {
    compare(Secret::Author).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn how_many_changes_are_asked_and_with_which_note_is_told_to_nobody_before_it_is_released() {
    compare(Secret::Requests).await;
}
