//! What goes in comes out, the same from both databases.

use std::collections::BTreeSet;

use imprimatur::{
    clock::new_id,
    domain::{Amount, DocumentId, Duty, MailId, SessionId, Standing},
    model::{
        Activity, Document, DocumentStanding, Kept, KeptReceipt, KeyState, Mail, Queued, Receipt, Session, SigningKey,
    },
    store::{Error, Tx},
};
use jiff::{SignedDuration, civil::date};

use crate::harness::{
    database,
    sample::{NOW, Sample, person, reviewers_turn},
};

#[tokio::test(flavor = "multi_thread")]
async fn a_submission_comes_back_as_it_was_saved() {
    let database = database::fresh().await;
    let sample = Sample::store(&database).await;
    let (submission, events) = sample.submission(1, "Sutures");
    let tx = database.begin().await;
    tx.add_submission(&submission, &events, &[reviewers_turn(&submission)]).await.expect("a submission");
    tx.commit().await.expect("the submission");
    let view = database.view().await;
    let found = view.submission_by_reference("SS-2026-0001").await.expect("a look");
    assert_eq!(found.as_ref(), Some(&submission));
    assert_eq!(view.events(submission.id, 0, 99).await.expect("a look"), events);
    assert_eq!(view.events(submission.id, 1, 2).await.expect("a look"), events[1..3]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_person_is_found_by_address_changed_and_named_once() {
    let database = database::fresh().await;
    let tx = database.begin().await;
    let mut someone = person("Zoë Named");
    someone.standing = Standing::Named;
    let named = tx.named_person(&someone).await.expect("a person");
    assert_eq!(named, someone);
    let same_address = imprimatur::model::Person { id: imprimatur::domain::PersonId(new_id()), ..someone.clone() };
    assert_eq!(tx.named_person(&same_address).await.expect("the same").id, someone.id);
    someone.standing = Standing::Active;
    someone.duties = BTreeSet::from([Duty::Coordinator, Duty::Auditor]);
    someone.name = "Zoë Coordinator".to_owned();
    tx.save_person(&someone).await.expect("a change");
    tx.set_password(someone.id, Some("$argon2id$…")).await.expect("a password");
    let signing_in = tx.signing_in(&someone.email).await.expect("a look");
    assert_eq!(signing_in, Some((someone.clone(), Some("$argon2id$…".to_owned()))));
    assert_eq!(tx.on_duty(&[Duty::Coordinator]).await.expect("a look"), [someone.clone()]);
    assert!(tx.on_duty(&[Duty::Administrator]).await.expect("a look").is_empty());
    let found = tx.people("ZOË", None, 9).await.expect("a page");
    assert_eq!(found.rows, [someone]);
    tx.commit().await.expect("all of it");
}

#[tokio::test(flavor = "multi_thread")]
async fn only_active_members_count_and_candidates_come_by_load() {
    let database = database::fresh().await;
    let sample = Sample::store(&database).await;
    let submission = sample.add(&database, 1, "Sutures").await;
    let [first, second] = sample.reviewers;
    let tx = database.begin().await;
    let mut turn = reviewers_turn(&submission);
    turn.holder = imprimatur::workflow::Holder::Person(first);
    tx.save_submission(&submission, &submission, &[], &[turn]).await.expect("a save");
    let candidates = tx.candidates("reviewers").await.expect("a look");
    let loads: Vec<_> = candidates.iter().map(|(person, open)| (person.id, *open)).collect();
    assert_eq!(loads, [(second, 0), (first, 1)]);
    let mut gone = tx.person(first).await.expect("a look").expect("a person");
    gone.standing = Standing::Suspended;
    tx.save_person(&gone).await.expect("a change");
    let slugs = ["reviewers".to_owned(), "nobody".to_owned()];
    let members = tx.members(&slugs).await.expect("a look");
    assert_eq!(members.get("reviewers"), Some(&BTreeSet::from([second])));
    assert_eq!(members.get("nobody"), Some(&BTreeSet::new()));
    tx.leave("reviewers", second).await.expect("a change");
    assert!(tx.groups_of(second).await.expect("a look").is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_document_is_promoted_and_removed_once() {
    let database = database::fresh().await;
    let sample = Sample::store(&database).await;
    let submission = sample.add(&database, 1, "Sutures").await;
    let mut document = Document {
        id: DocumentId(new_id()),
        submission: submission.id,
        question: "slides".to_owned(),
        name: "slides.pdf".to_owned(),
        media_type: "application/pdf".to_owned(),
        size: 5_000_000_000,
        sha256: "0".repeat(64),
        key: "a/b/c".to_owned(),
        standing: DocumentStanding::Staged,
        uploaded_by: sample.author,
        uploaded_at: NOW,
        fault: None,
    };
    let tx = database.begin().await;
    tx.add_staged(&document).await.expect("a document");
    tx.promote(document.id).await.expect("a promotion");
    assert!(matches!(tx.promote(document.id).await, Err(Error::Stale)));
    document.standing = DocumentStanding::Available;
    assert_eq!(tx.document(document.id).await.expect("a look"), Some(document.clone()));
    let stored = async |tx: &Tx| tx.stored_under(&["a/b/c".to_owned()]).await.expect("a look").remove(0).standing;
    assert_eq!(stored(&tx).await, DocumentStanding::Available);
    tx.remove_document(document.id).await.expect("a removal");
    assert!(tx.documents(submission.id).await.expect("a look").is_empty());
    assert_eq!(stored(&tx).await, DocumentStanding::Removed);
    let removed = async |tx: &Tx, before| tx.removed_keys(before, "", 9).await.expect("a look");
    let now = tx.now().await.expect("the time");
    assert_eq!(removed(&tx, now).await, ["a/b/c"], "it counts from the removal");
    assert!(removed(&tx, now - SignedDuration::from_mins(1)).await.is_empty());
    tx.mark_swept(&["a/b/c".to_owned()]).await.expect("a mark");
    assert!(removed(&tx, now).await.is_empty());
    assert!(tx.stored_after("", 9).await.expect("a look").is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn the_catalogue_shows_what_may_be_offered_on_the_day() {
    let database = database::fresh().await;
    let sample = Sample::store(&database).await;
    let submission = sample.add(&database, 1, "Sutures").await;
    let activity = Activity {
        submission: submission.id,
        title: "Sutures".to_owned(),
        provider: "Sample Hospital".to_owned(),
        designation: "Designated for 2.5".to_owned(),
        credit: "ama-pra-1".to_owned(),
        maximum: Amount::from_hundredths(250),
        from: date(2026, 11, 1),
        until: date(2027, 10, 31),
        starts_on: Some(date(2026, 12, 1)),
        listed_at: NOW,
        ended_at: None,
        revision: 1,
    };
    let tx = database.begin().await;
    tx.put_activity(&activity).await.expect("an activity");
    for (day, search, expected) in [
        (date(2026, 11, 1), "", 1),
        (date(2026, 10, 31), "", 0),
        (date(2027, 10, 31), "HOSPITAL", 1),
        (date(2027, 11, 1), "", 0),
        (date(2027, 1, 1), "knots", 0),
    ] {
        let page = tx.catalogue(day, search, None, 9).await.expect("a page");
        assert_eq!(page.rows.len(), expected, "{day} {search}");
    }
    assert_eq!(tx.activity(submission.id).await.expect("a look"), Some(activity.clone()));
    tx.end_activity(submission.id, NOW).await.expect("an end");
    let page = tx.catalogue(date(2027, 1, 1), "", None, 9).await.expect("a page");
    assert!(page.rows.is_empty());
    // Listed again it is what it is now.
    let again = Activity { title: "Sutures and knots".to_owned(), revision: 3, ..activity };
    tx.put_activity(&again).await.expect("the same activity");
    assert_eq!(tx.activity(submission.id).await.expect("a look"), Some(again));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_throttle_counts_within_its_window() {
    let database = database::fresh().await;
    let tx = database.begin().await;
    let window = SignedDuration::from_mins(15);
    assert_eq!(tx.count_failure("x", NOW, window).await.expect("a count").failures, 1);
    let second = tx.count_failure("x", NOW + SignedDuration::from_mins(1), window).await.expect("a count");
    assert_eq!((second.failures, second.window_start), (2, NOW));
    tx.close_bucket("x", NOW + window).await.expect("a closing");
    let later = tx.count_failure("x", NOW + window, window).await.expect("a count");
    assert_eq!((later.failures, later.window_start, later.until), (1, NOW + window, Some(NOW + window)));
    tx.clear_bucket("x").await.expect("a clearing");
    for failures in [1, 2, 3] {
        let counted = tx.count_failure("x", NOW, window).await.expect("a count");
        assert_eq!((counted.failures, counted.until), (failures, None));
    }
    tx.close_bucket("x", NOW + window).await.expect("a closing");
    tx.forgive("x", 2).await.expect("one less");
    let third = tx.count_failure("x", NOW, window).await.expect("a count");
    assert_eq!((third.failures, third.until), (3, Some(NOW + window)), "one more than two stay");
    for _ in 0..2 {
        tx.forgive("x", 3).await.expect("one less");
    }
    let second = tx.count_failure("x", NOW, window).await.expect("a count");
    assert_eq!((second.failures, second.until), (2, None), "it closed for the one that was none");
}

#[tokio::test(flavor = "multi_thread")]
async fn one_key_signs_at_a_time() {
    let database = database::fresh().await;
    let key = |kid: &str, state| SigningKey {
        kid: kid.to_owned(),
        pkcs8: vec![1, 2, 3],
        state,
        created_at: NOW,
        changed_at: NOW,
    };
    let tx = database.begin().await;
    tx.add_signing_key(&key("a", KeyState::Active)).await.expect("a key");
    tx.add_signing_key(&key("b", KeyState::Next)).await.expect("a key");
    assert_eq!(tx.signing_keys().await.expect("a look").len(), 2);
    tx.commit().await.expect("the keys");
    let tx = database.begin().await;
    let second = tx.set_key_state("b", KeyState::Active, NOW).await;
    assert!(matches!(second, Err(Error::Duplicate(_))), "{second:?}");
    assert!(!format!("{:?}", key("a", KeyState::Next)).contains("[1"));
}

#[tokio::test(flavor = "multi_thread")]
async fn sessions_end_letters_queue_and_answers_are_kept() {
    let database = database::fresh().await;
    let sample = Sample::store(&database).await;
    let end = NOW + SignedDuration::from_hours(1);
    let session = Session {
        id: SessionId(new_id()),
        secret_hash: [1; 32],
        person: sample.author,
        created_at: NOW,
        seen_at: NOW,
        expires_at: end,
        agent: "Browser".to_owned(),
        address: "203.0.113.7".to_owned(),
    };
    let tx = database.begin().await;
    tx.add_session(&session).await.expect("a session");
    assert_eq!(tx.session(&[1; 32], NOW).await.expect("a look"), Some(session.clone()));
    assert_eq!(tx.session(&[1; 32], end).await.expect("a look"), None);
    tx.end_session(sample.reviewers[0], session.id).await.expect("nothing");
    assert_eq!(tx.sessions_of(sample.author, NOW).await.expect("a look").len(), 1);
    tx.end_session(sample.author, session.id).await.expect("an end");
    assert!(tx.sessions_of(sample.author, NOW).await.expect("a look").is_empty());

    let mail = Mail {
        id: MailId(new_id()),
        person: sample.author,
        to: "author@example.org".parse().expect("an address"),
        subject: "Approved".to_owned(),
        text: "It is.".to_owned(),
        html: "<p>It is.</p>".to_owned(),
        about: None,
        queued_at: NOW,
        sent_at: None,
        dedupe: Some("event-1".to_owned()),
        kept_at: None,
        dropped_at: None,
    };
    assert_eq!(tx.add_mail(&mail).await.expect("a letter"), Queued::Added);
    let again = Mail { id: MailId(new_id()), ..mail.clone() };
    assert_eq!(tx.add_mail(&again).await.expect("no second"), Queued::Known);
    assert_eq!(tx.mail(mail.id).await.expect("a look"), Some(mail.clone()));
    assert_eq!(tx.unsent_count().await.expect("a look"), 1);
    assert_eq!(tx.kept().await.expect("a look"), None);
    tx.keep_mail(mail.id).await.expect("kept");
    assert_eq!(tx.kept().await.expect("a look"), Some(Kept { many: 1, first: NOW }));
    assert_eq!(tx.kept_mail(NOW - SignedDuration::from_secs(1), 9).await.expect("a look"), [mail.id]);
    assert_eq!(tx.kept_mail(NOW, 9).await.expect("a look"), []);
    tx.mail_sent(mail.id, end).await.expect("sent");
    assert_eq!(tx.kept().await.expect("a look"), None);
    assert_eq!(tx.unsent_count().await.expect("a look"), 0);

    let kept = KeptReceipt {
        person: sample.author,
        key: "k".to_owned(),
        fingerprint: [2; 32],
        receipt: Receipt::Done,
        created_at: NOW,
    };
    tx.keep_receipt(&kept).await.expect("an answer");
    assert_eq!(tx.kept_receipt(sample.author, "k").await.expect("a look"), Some(kept.clone()));
    assert!(matches!(tx.keep_receipt(&kept).await, Err(Error::Duplicate(_))));
}
