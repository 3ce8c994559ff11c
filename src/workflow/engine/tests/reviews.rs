use uuid::Uuid;

use super::office::*;
use crate::{
    domain::{Answer, Answers, DocumentId},
    workflow::{
        Command, EventKind, Refusal,
        definition::{Take, Verdict},
        engine::{Act, Actor, Holder},
        event::{About, ChangeAsked},
    },
};

fn in_review() -> Office {
    let mut office = course();
    office.fire(AUTHOR, "submit");
    office.fire(person(10), "to-review");
    office
}

fn release(person: crate::domain::PersonId) -> Command {
    Command::Release { track: "content".to_owned(), person, reason: None }
}

#[test]
fn nobody_reviews_their_own_work() {
    let mut office = in_review();
    office.group("content-reviewers", &[AUTHOR, person(20), person(21), person(22)]);
    assert_eq!(office.act(AUTHOR, &claim("content")), Err(Refusal::OwnWork));
    assert_eq!(office.office(&assign("content", AUTHOR)), Err(Refusal::OwnWork));
    assert_eq!(office.act(AUTHOR, &recuse(AUTHOR)), Err(Refusal::OwnWork));
}

#[test]
fn a_person_with_a_known_conflict_may_do_nothing() {
    let mut office = in_review();
    office.conflicted.insert(person(20));
    assert_eq!(office.act(person(20), &claim("content")), Err(Refusal::Conflicted));
    assert_eq!(office.office(&assign("content", person(20))), Err(Refusal::Conflicted));
    // Known only after the seat was taken: refused at the decision too.
    office.act(person(21), &claim("content")).expect("free");
    office.conflicted.insert(person(21));
    let judge = judge("content", Verdict::Approve);
    assert_eq!(office.act(person(21), &judge), Err(Refusal::Conflicted));
}

#[test]
fn separation_holds_in_both_directions_at_assignment_at_claim_and_at_decision() {
    // person(20) reviews and chairs.
    let mut office = in_review();
    office.group("committee", &[person(20), person(40)]);
    office.group("appeals", &[person(20), person(40), person(50), person(51), person(52)]);
    let mut chair_first = office.clone();
    office.judged(person(20), "content", Verdict::Approve);
    office.judged(person(21), "content", Verdict::Approve);
    office.judged(person(30), "interest", Verdict::Approve);
    taken_between_meetings(&mut office);
    let separated = |role: &str, acted: &str| Refusal::Separated { role: role.to_owned(), acted: acted.to_owned() };
    assert_eq!(office.act(person(20), &fire_with("reject", Some("No."), vec![])), Err(separated("chair", "reviewer")));
    office.act(person(40), &fire_with("reject", Some("No."), vec![])).expect("the other chair");
    office.act(AUTHOR, &fire_with("appeal", Some("Yes."), vec![])).expect("an appeal");
    assert_eq!(office.act(person(20), &claim("panel")), Err(separated("appeal-panel", "reviewer")));
    assert_eq!(office.office(&assign("panel", person(40))), Err(separated("appeal-panel", "chair")));
    assert!(!office.open_to(person(40)).contains(&Act::Claim("panel".to_owned())));
    // The other way round: who decided as chair does not review afterwards, and an early assignment does not help.
    chair_first.office(&assign("content", person(20))).expect("has not acted yet");
    chair_first.days_later(30);
    assert_eq!(chair_first.state(), "escalated");
    chair_first.fire(person(20), "extend");
    let declare = Command::Declare { track: "content".to_owned() };
    assert_eq!(chair_first.act(person(20), &declare), Err(separated("reviewer", "chair")));
}

#[test]
fn seats_are_taken_given_back_and_limited() {
    let mut office = in_review();
    for reviewer in [20, 21, 22] {
        office.act(person(reviewer), &claim("content")).expect("free");
    }
    assert_eq!(
        office.act(person(23), &claim("content")),
        Err(Refusal::NoSeat { track: "Content review".to_owned(), seats: 3 })
    );
    assert!(matches!(office.act(person(20), &claim("content")), Err(Refusal::AlreadySeated { .. })));
    assert!(matches!(office.act(person(23), &release(person(20))), Err(Refusal::WrongRole { .. })));
    office.act(person(20), &release(person(20))).expect("their own");
    office.office(&release(person(21))).expect("the office may");
    assert!(matches!(office.act(person(20), &release(person(20))), Err(Refusal::NotSeated { .. })));
    office.act(person(23), &claim("content")).expect("free again");
    assert!(matches!(office.act(person(23), &claim("panel")), Err(Refusal::NoTrack { .. })));
}

#[test]
fn an_assigned_person_declares_before_judging() {
    let mut office = in_review();
    office.office(&assign("content", person(20))).expect("free");
    let judge = judge("content", Verdict::Approve);
    assert_eq!(office.act(person(20), &judge), Err(Refusal::Undeclared));
    let declare = Command::Declare { track: "content".to_owned() };
    assert!(office.open_to(person(20)).contains(&Act::Declare("content".to_owned())));
    office.act(person(20), &declare).expect("seated");
    assert!(office.act(person(20), &declare).is_err());
    office.act(person(20), &judge).expect("declared");
    assert_eq!(office.act(person(20), &judge), Err(Refusal::AlreadyJudged));
    assert_eq!(office.act(person(20), &release(person(20))), Err(Refusal::AlreadyJudged));
}

#[test]
fn only_the_office_assigns_and_only_members_and_never_itself() {
    let mut office = in_review();
    let assigned = office.act(person(21), &assign("content", person(20)));
    assert_eq!(assigned, Err(Refusal::WrongRole { roles: vec!["coordinator".to_owned()] }));
    assert!(matches!(office.office(&assign("content", STRANGER)), Err(Refusal::WrongRole { .. })));
    let own = office.by(Actor::Coordinator(person(20)), &assign("content", person(20)));
    assert!(matches!(own, Err(Refusal::WrongWay { .. })));
}

#[test]
fn a_track_is_taken_the_way_the_file_says() {
    for (take, claims, assigns) in [(Take::Claim, true, false), (Take::Assign, false, true), (Take::Either, true, true)]
    {
        let mut office = in_review();
        office.definition.states["review"].tracks["content"].take = take;
        let wrong = |outcome: Result<_, Refusal>| matches!(outcome, Err(Refusal::WrongWay { .. }));
        assert_eq!(!wrong(office.act(person(20), &claim("content"))), claims, "{take:?}");
        assert_eq!(!wrong(office.office(&assign("content", person(21)))), assigns, "{take:?}");
    }
}

#[test]
fn a_verdict_after_the_quorum_is_refused() {
    let mut office = in_review();
    for reviewer in [20, 21, 22] {
        office.act(person(reviewer), &claim("content")).expect("free");
    }
    let judge = judge("content", Verdict::Approve);
    office.act(person(20), &judge).expect("first");
    office.act(person(21), &judge).expect("second");
    assert_eq!(office.state(), "review");
    assert_eq!(office.act(person(22), &judge), Err(Refusal::TrackComplete { track: "Content review".to_owned() }));
    assert!(matches!(office.act(person(23), &claim("content")), Err(Refusal::TrackComplete { .. })));
}

#[test]
fn a_verdict_is_one_of_those_listed_with_a_full_rubric() {
    let mut office = course_rejected();
    office.act(AUTHOR, &fire_with("appeal", Some("Yes."), vec![])).expect("an appeal");
    office.act(person(50), &claim("panel")).expect("free");
    let revise = judge("panel", Verdict::Revise);
    let unknown = Refusal::UnknownVerdict { track: "Appeal panel".to_owned(), verdict: "revise".to_owned() };
    assert_eq!(office.act(person(50), &revise), Err(unknown));

    let mut office = in_review();
    office.act(person(20), &claim("content")).expect("free");
    let bare = Command::Judge {
        track: "content".to_owned(),
        verdict: Verdict::Approve,
        rubric: Answers::default(),
        note: None,
        requests: vec![],
    };
    assert!(matches!(office.act(person(20), &bare), Err(Refusal::Fields { faults }) if faults.len() == 4));
}

#[test]
fn asking_for_changes_names_something_that_is_there() {
    let mut office = in_review();
    office.act(person(20), &claim("content")).expect("free");
    let with = |requests: Vec<ChangeAsked>| match judge("content", Verdict::Revise) {
        Command::Judge { track, verdict, rubric, note, .. } => {
            Command::Judge { track, verdict, rubric, note, requests }
        }
        other => other,
    };
    let about = |about| ChangeAsked { about, text: "More.".to_owned() };
    let nothing = with(vec![]);
    assert_eq!(office.act(person(20), &nothing), Err(Refusal::NothingAsked));
    let question = with(vec![about(About::Question("colour".to_owned()))]);
    assert_eq!(office.act(person(20), &question), Err(Refusal::UnknownSubject { about: "colour".to_owned() }));
    let file = with(vec![about(About::Document(DocumentId(Uuid::from_u128(5))))]);
    assert!(matches!(office.act(person(20), &file), Err(Refusal::UnknownSubject { .. })));
    let known = with(vec![about(About::Document(DocumentId(Uuid::from_u128(901))))]);
    office.act(person(20), &known).expect("the file is there");
    assert_eq!(office.item.requests.len(), 1);
}

#[test]
fn a_conflict_found_later_voids_the_verdict_and_the_approvals_count_less() {
    let mut office = course_in_decision();
    let happened = office.office(&recuse(person(20))).expect("the office may");
    assert!(happened.contains(&EventKind::VerdictVoided { track: "content".to_owned(), person: person(20) }));
    assert_eq!(office.state(), "decision");
    assert!(matches!(office.act(person(40), &credits_approved(150)), Err(Refusal::NotOffered { .. })));
    // The chair sends it back for the missing verdict; the others stand.
    office.fire(person(40), "reopen");
    assert_eq!(office.item.tracks["content"].given(), 1);
    assert_eq!(office.act(person(20), &claim("content")), Err(Refusal::Conflicted));
    office.judged(person(22), "content", Verdict::Approve);
    taken_between_meetings(&mut office);
    office.act(person(40), &credits_approved(150)).expect("two approvals stand again");
}

#[test]
fn a_conflict_found_on_the_agenda_sends_it_back_without_waiting_for_the_meeting() {
    let mut office = course_on_the_agenda();
    assert!(office.turns().is_empty(), "nobody is waited for while it is on the agenda: {:?}", office.turns());
    office.office(&recuse(person(30))).expect("the office may");
    assert_eq!(office.state(), "docket");
    let waited: Vec<Holder> = office.turns().into_iter().map(|turn| turn.holder).collect();
    assert_eq!(waited, [Holder::Group("committee".to_owned())]);
    office.fire(person(40), "reopen");
    office.judged(person(31), "interest", Verdict::Approve);
    assert_eq!(office.state(), "docket");
}

#[test]
fn recusing_oneself_gives_the_seat_back_and_another_cannot_do_it_for_one() {
    let mut office = in_review();
    office.act(person(20), &claim("content")).expect("free");
    assert!(matches!(office.act(person(21), &recuse(person(20))), Err(Refusal::WrongRole { .. })));
    assert!(matches!(office.act(STRANGER, &recuse(STRANGER)), Err(Refusal::WrongRole { .. })));
    office.act(person(20), &recuse(person(20))).expect("their own conflict");
    assert!(office.item.tracks["content"].seats.is_empty());
    assert_eq!(office.act(person(20), &recuse(person(20))), Err(Refusal::Conflicted));
    assert!(!office.open_to(person(20)).contains(&Act::Recuse));
}

#[test]
fn the_turn_is_of_who_sits_and_of_the_group_that_still_has_to() {
    let mut office = in_review();
    office.act(person(20), &claim("content")).expect("free");
    let holders = |office: &Office| office.turns().into_iter().map(|turn| turn.holder).collect::<Vec<_>>();
    let group = |slug: &str| Holder::Group(slug.to_owned());
    assert_eq!(holders(&office), [Holder::Person(person(20)), group("content-reviewers"), group("integrity")]);
    office.act(person(21), &claim("content")).expect("free");
    assert_eq!(holders(&office), [Holder::Person(person(20)), Holder::Person(person(21)), group("integrity")]);
    assert!(office.turns().iter().all(|turn| turn.by.is_some()));
    let office = course_in_decision();
    assert_eq!(holders(&office), [group("committee")]);
    assert_eq!(holders(&self_study()), [Holder::Person(AUTHOR)]);
}

#[test]
fn an_author_learns_nothing_of_the_review_from_a_refusal() {
    let mut office = in_review();
    let before = office.offers(AUTHOR);
    office.judged(person(20), "content", Verdict::Reject);
    office.judged(person(21), "content", Verdict::Reject);
    assert_eq!(office.offers(AUTHOR), before);
    assert!(matches!(office.act(AUTHOR, &claim("content")), Err(Refusal::WrongRole { .. })));
}

#[test]
fn a_fresh_review_follows_an_appeal_that_was_upheld() {
    let mut office = course_rejected();
    office.act(AUTHOR, &fire_with("appeal", Some("Yes."), vec![])).expect("an appeal");
    for member in [50, 51, 52] {
        office.judged(person(member), "panel", Verdict::Approve);
    }
    assert_eq!((office.state(), office.item.tracks["content"].given()), ("review", 0));
    assert_eq!(office.item.decided.get("credits"), None::<&Answer>);
}
