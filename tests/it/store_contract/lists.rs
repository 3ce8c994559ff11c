//! Pages, searches, turns.

use std::collections::BTreeSet;

use imprimatur::{
    domain::{Answer, Named, PersonId},
    model::{Attention, Count, HolderName, Life, QueueFilter, QueueSort},
    store::{Error, Schema},
    workflow::{EventKind, Holder},
};
use jiff::SignedDuration;

use crate::harness::{
    database,
    sample::{NOW, Sample},
};

const SORTS: [QueueSort; 4] = [QueueSort::Oldest, QueueSort::Newest, QueueSort::DueFirst, QueueSort::Title];

#[tokio::test(flavor = "multi_thread")]
async fn pages_are_complete_and_do_not_overlap_while_others_add() {
    let database = database::fresh().await;
    let sample = Sample::store(&database).await;
    let mut before = BTreeSet::new();
    for number in 1..=10 {
        // Two of each title, so that the order needs the second key.
        before.insert(sample.add(&database, number, &format!("Title {}", number / 2)).await.id);
    }
    let mut number = 100;
    for sort in SORTS {
        let (mut cursor, mut seen) = (None, Vec::new());
        loop {
            let view = database.view().await;
            let page = view.queue(&QueueFilter::default(), sort, cursor.as_deref(), 3).await.expect("a page");
            drop(view);
            assert!(page.rows.len() <= 3);
            seen.extend(page.rows.iter().map(|row| row.id));
            cursor = page.next;
            if cursor.is_none() {
                break;
            }
            if seen.len() < 9 {
                number += 1;
                sample.add(&database, number, "Title 3").await;
            }
        }
        let distinct: BTreeSet<_> = seen.iter().copied().collect();
        assert_eq!(distinct.len(), seen.len(), "{sort:?} shows something twice");
        assert!(distinct.is_superset(&before), "{sort:?} leaves something out");
        before.extend(distinct);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_cursor_that_the_list_did_not_give_is_refused() {
    let database = database::fresh().await;
    let sample = Sample::store(&database).await;
    for number in 1..=2 {
        sample.add(&database, number, "Title").await;
    }
    let view = database.view().await;
    let filter = QueueFilter::default();
    let page = view.queue(&filter, QueueSort::Title, None, 1).await.expect("a page");
    let of_title = page.next.expect("a cursor");
    for cursor in ["", "x", "%", "bm9uc2Vuc2U", "{}", of_title.as_str()] {
        let page = view.queue(&filter, QueueSort::Oldest, Some(cursor), 1).await;
        assert!(matches!(page, Err(Error::BadCursor)), "{cursor}: {page:?}");
        let people = view.people("", Some(cursor), 1).await;
        let expected = cursor != of_title;
        assert_eq!(matches!(people, Err(Error::BadCursor)), expected || people.is_err(), "{cursor}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_queue_finds_title_reference_and_author_by_the_beginnings_of_their_words() {
    let database = database::fresh().await;
    let sample = Sample::store(&database).await;
    sample.add(&database, 7, "ÜBUNG am 100%-Modell").await;
    sample.add(&database, 8, "Something else").await;
    let view = database.view().await;
    for (search, expected) in [
        ("übung", 1),
        ("UBUNG", 1),
        ("modell übung", 1),
        ("übung author", 1),
        ("übung else", 0),
        ("100%", 1),
        // No wildcard; not digits alone, which an address made for a test may have.
        ("10%z", 0),
        ("_bung", 0),
        ("bung", 0),
        ("ss-2026-0008", 1),
        ("0008", 1),
        ("ärztin", 2),
        ("arzt auth", 2),
        ("\\", 0),
        ("", 2),
    ] {
        let filter = QueueFilter { search: search.to_owned(), ..QueueFilter::default() };
        let count = view.queue_count(&filter).await.expect("a count");
        assert_eq!(count, Count::Exactly(expected), "{search}");
    }
}

/// Before the rows are folded anew the same search finds nothing, which is asserted on the way.
#[tokio::test(flavor = "multi_thread")]
async fn rows_of_an_older_program_are_found_once_the_store_is_migrated() {
    let database = database::fresh().await;
    let sample = Sample::store(&database).await;
    sample.add(&database, 1, "Żółć").await;
    sample.add(&database, 2, "Abdomen").await;
    for older in ["UPDATE submission SET title_key = 'zzz'", "DELETE FROM submission_word", "DELETE FROM person_word"] {
        database.run(older).await.expect("rows of before");
    }
    let found = async |search: &str| {
        let filter = QueueFilter { search: search.to_owned(), ..QueueFilter::default() };
        let page = database.view().await.queue(&filter, QueueSort::Title, None, 9).await;
        page.expect("a page").rows.into_iter().map(|row| row.title).collect::<Vec<_>>()
    };
    assert_eq!(found("zolc").await, Vec::<String>::new());
    database.run("DELETE FROM setting WHERE name = 'folding'").await.expect("a store of before");
    assert_eq!(database.store.schema().await.expect("a look"), Schema::Behind);
    database.store.migrate().await.expect("a newer store");
    assert_eq!(found("zolc").await, ["Żółć"]);
    assert_eq!(found("arztin").await, ["Abdomen", "Żółć"]);
    let people = database.view().await.people("author arztin", None, 9).await.expect("a page");
    assert_eq!(people.rows.len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_queue_filters_by_life_holder_state_and_attention() {
    let database = database::fresh().await;
    let sample = Sample::store(&database).await;
    let submission = sample.add(&database, 1, "Sutures").await;
    let view = database.view().await;
    let group = Some(Holder::Group("reviewers".to_owned()));
    let late = NOW + SignedDuration::from_hours(24 * 30);
    let none = QueueFilter::default;
    let cases = [
        (QueueFilter { life: Some(Life::Open), ..none() }, 1),
        (QueueFilter { life: Some(Life::Draft), ..none() }, 0),
        (QueueFilter { life: Some(Life::Closed), ..none() }, 0),
        (QueueFilter { state: Some("review".to_owned()), ..none() }, 1),
        (QueueFilter { workflow: Some("other".to_owned()), ..none() }, 0),
        (QueueFilter { holder: group, ..none() }, 1),
        (QueueFilter { holder: Some(Holder::Person(sample.author)), ..none() }, 0),
        (QueueFilter { submitter: Some(sample.author), ..none() }, 1),
        (QueueFilter { attention: Some(Attention::Unassigned), ..none() }, 1),
        (QueueFilter { attention: Some(Attention::OverdueAt(NOW)), ..none() }, 0),
        (QueueFilter { attention: Some(Attention::OverdueAt(late)), ..none() }, 1),
    ];
    for (filter, expected) in cases {
        let page = view.queue(&filter, QueueSort::Oldest, None, 9).await.expect("a page");
        assert_eq!(page.rows.len(), expected, "{filter:?}");
    }
    let page = view.submissions_of(sample.author, None, 9).await.expect("a page");
    let row = page.rows.first().expect("a row");
    assert_eq!((row.id, row.author.as_str()), (submission.id, "Ärztin Author"));
    assert_eq!(row.holders, [HolderName::Group("reviewers".to_owned())]);
    assert_eq!(view.due(late, 9).await.expect("due"), [submission.id]);
    assert_eq!(view.due(NOW, 9).await.expect("due"), []);
}

#[tokio::test(flavor = "multi_thread")]
async fn it_is_not_the_turn_of_author_recused_or_seated() {
    let database = database::fresh().await;
    let sample = Sample::store(&database).await;
    let [first, second] = sample.reviewers;
    let groups = BTreeSet::from(["reviewers".to_owned()]);
    let waits = async |person: PersonId| {
        let view = database.view().await;
        let page = view.your_turn(person, &groups, None, 9).await.expect("a page");
        let count = view.your_turn_count(person, &groups).await.expect("a count");
        assert_eq!(count, Count::Exactly(page.rows.len().try_into().expect("a count")));
        page.rows.len()
    };
    let mut submission = sample.add(&database, 1, "Sutures").await;
    assert_eq!((waits(sample.author).await, waits(first).await, waits(second).await), (0, 1, 1));
    let track = "content".to_owned();
    sample.happen(&database, &mut submission, EventKind::Claimed { track, person: first }).await;
    assert_eq!((waits(first).await, waits(second).await), (0, 1));
    let reason = "works there".to_owned();
    sample.happen(&database, &mut submission, EventKind::Recused { person: second, reason }).await;
    assert_eq!((waits(first).await, waits(second).await), (0, 0));
}

#[tokio::test(flavor = "multi_thread")]
async fn it_is_not_the_turn_of_who_is_named_in_it_or_works_where_its_author_does() {
    let database = database::fresh().await;
    let sample = Sample::store(&database).await;
    let [first, second] = sample.reviewers;
    let groups = BTreeSet::from(["reviewers".to_owned()]);
    let waits = async |person: PersonId| {
        let view = database.view().await;
        let count = view.your_turn_count(person, &groups).await.expect("a count");
        let page = view.your_turn(person, &groups, None, 9).await.expect("a page");
        assert_eq!(count, Count::Exactly(page.rows.len().try_into().expect("a count")));
        page.rows.len()
    };
    let mut submission = sample.add(&database, 1, "Sutures").await;
    assert_eq!((waits(first).await, waits(second).await), (1, 1));

    let mut colleague = database.view().await.person(first).await.expect("a look").expect("somebody");
    colleague.affiliation = " HOSPITAL of Ärztin Author ".to_owned();
    let tx = database.begin().await;
    tx.save_person(&colleague).await.expect("a save");
    tx.commit().await.expect("the move");
    assert_eq!((waits(first).await, waits(second).await), (0, 1));

    let speaker = database.view().await.person(second).await.expect("a look").expect("somebody");
    let named = Named { name: speaker.name, email: speaker.email, part: "Speaker".to_owned(), disclosure: None };
    submission.answers.0.insert("faculty".to_owned(), Answer::People(vec![named]));
    let reason = "for nobody".to_owned();
    sample.happen(&database, &mut submission, EventKind::Recused { person: sample.author, reason }).await;
    assert_eq!((waits(first).await, waits(second).await), (0, 0));
}

#[tokio::test(flavor = "multi_thread")]
async fn your_turn_pages_run_through_person_and_groups_the_longest_waiting_first() {
    let database = database::fresh().await;
    let sample = Sample::store(&database).await;
    for number in 1..=7 {
        sample.add(&database, number, "Sutures").await;
    }
    let groups = BTreeSet::from(["reviewers".to_owned(), "others".to_owned()]);
    let (mut cursor, mut seen) = (None, Vec::new());
    loop {
        let view = database.view().await;
        let person = sample.reviewers[0];
        let page = view.your_turn(person, &groups, cursor.as_deref(), 2).await.expect("a page");
        seen.extend(page.rows.into_iter().map(|row| row.submission.reference));
        cursor = page.next;
        if cursor.is_none() {
            break;
        }
    }
    assert_eq!(seen, (1..=7).map(|number| format!("SS-2026-{number:04}")).collect::<Vec<_>>());
}
