//! How far a list looks for what hardly any of its rows are.

use std::collections::BTreeSet;

use imprimatur::{
    domain::PersonId,
    model::{Count, Life, QueueFilter, QueueSort},
    workflow::Holder,
};

use crate::{
    harness::{
        database::{self, Database},
        sample::Sample,
    },
    statements::multiply::{Filled, Original},
};

/// Rows by numbers: the first are closed, the others open, the last is all that is looked for.
const CLOSED: u64 = 20_100;
const LAST: u64 = 41_000;

/// An id as a statement that is run past the store has it.
fn id(database: &Database, id: uuid::Uuid) -> String {
    if database.is_sqlite() { id.simple().to_string().to_uppercase() } else { id.to_string() }
}

/// One author's are all that is closed and the very last; the last one alone of what is open waits for a group.
async fn filled(database: &Database, sample: &Sample) -> PersonId {
    let submission = sample.add(database, 1, "Sutures").await;
    let filled = Filled::open(&database.address).await;
    let author = id(database, sample.author.0);
    let original = Original { submission: id(database, submission.id.0), author: author.clone(), share: 0..20 };
    filled.copy(&[original], 0..LAST + 1).await;
    let author = if database.is_sqlite() { format!("X'{author}'") } else { format!("'{author}'::uuid") };
    let (closed, last) = (format!("CP-2019-{CLOSED:07}"), format!("CP-2019-{LAST:07}"));
    let theirs = format!("reference LIKE 'CP-%' AND (reference < '{closed}' OR reference = '{last}')");
    filled
        .run(&format!(
            "UPDATE turn SET slug = 'nurses' WHERE submission NOT IN (SELECT id FROM submission WHERE {theirs})"
        ))
        .await;
    filled.run(&format!("UPDATE submission SET submitter = {author} WHERE {theirs}")).await;
    filled
        .run(&format!("UPDATE submission SET life = 'closed' WHERE reference LIKE 'CP-%' AND reference < '{closed}'"))
        .await;
    filled.close().await;
    sample.author
}

/// It is there for `LOOKED_AT` and `COUNTED`: without an end to what is looked at the first page holds what the second one does,
/// and the count is exact.
#[tokio::test(flavor = "multi_thread")]
async fn a_page_and_a_count_look_at_so_many_rows_and_say_where_to_look_on() {
    let database = database::fresh().await;
    let sample = Sample::store(&database).await;
    let author = filled(&database, &sample).await;
    let view = database.view().await;
    let last = format!("CP-2019-{LAST:07}");
    let open = QueueFilter { life: Some(Life::Open), ..QueueFilter::default() };
    let of_author = QueueFilter { submitter: Some(author), ..open.clone() };
    let held = QueueFilter { holder: Some(Holder::Group("reviewers".to_owned())), ..open };
    for filter in [&of_author, &held] {
        for sort in [QueueSort::Title, QueueSort::Oldest, QueueSort::DueFirst] {
            let (mut cursor, mut pages) = (None, Vec::new());
            loop {
                let page = view.queue(filter, sort, cursor.as_deref(), 9).await.expect("a page");
                pages.push(page.rows.into_iter().map(|row| row.reference).collect::<Vec<_>>());
                cursor = page.next;
                if cursor.is_none() {
                    break;
                }
            }
            let found = pages.concat();
            assert!(found.contains(&last), "{sort:?} {filter:?}: {pages:?}");
            assert!((2..=3).contains(&pages.len()), "{sort:?} {filter:?}: {pages:?}");
            assert!(pages.first().expect("a page").len() < 9, "{sort:?} {filter:?}: {pages:?}");
        }
    }
    // Along the author's own everything is found at once.
    let page = view.queue(&of_author, QueueSort::Newest, None, 9).await.expect("a page");
    assert!(page.rows.iter().any(|row| row.reference == last) && page.next.is_none(), "{page:?}");
    let count = view.queue_count(&held).await.expect("a count");
    assert!(matches!(count, Count::AtLeast(0..=2)), "{count:?}");
}

/// It is there for `GLANCE`: counted as lists are, it is told that more than a thousand wait.
#[tokio::test(flavor = "multi_thread")]
async fn what_waits_for_somebody_is_counted_up_to_a_hundred() {
    let database = database::fresh().await;
    let sample = Sample::store(&database).await;
    let submission = sample.add(&database, 1, "Sutures").await;
    let reviewer = sample.reviewers[0];
    let count = async || {
        let groups = BTreeSet::from(["reviewers".to_owned()]);
        database.view().await.your_turn_count(reviewer, &groups).await.expect("a count")
    };
    let filled = Filled::open(&database.address).await;
    let original = || Original {
        submission: id(&database, submission.id.0),
        author: id(&database, sample.author.0),
        share: 0..20,
    };
    filled.copy(&[original()], 0..99).await;
    assert_eq!(count().await, Count::Exactly(100));
    filled.copy(&[original()], 99..1_200).await;
    filled.close().await;
    assert_eq!(count().await, Count::MoreThan(100));
}
