use super::office::*;
use crate::{
    domain::{Answer, Answers},
    workflow::{
        Command, Refusal,
        definition::Verdict,
        engine::{Act, Actor},
        event::Resolution,
    },
};

#[test]
fn an_incomplete_form_is_not_sent_but_can_be_given_up() {
    let mut office = self_study();
    office.answers.0.remove("title");
    let refusal = office.act(AUTHOR, &fire("submit")).expect_err("incomplete");
    assert!(
        matches!(&refusal, Refusal::Fields { faults } if faults.len() == 1 && faults[0].field == "title"),
        "{refusal:?}"
    );
    assert_eq!(office.open_to(AUTHOR), [Act::Fire("withdraw".to_owned())]);
    office.fire(AUTHOR, "withdraw");
    assert!(office.item.closed);
}

#[test]
fn a_requirement_that_is_not_met_says_which_values_failed_it() {
    let mut office = course();
    office.answer("starts_on", date("2026-11-22"));
    let Err(Refusal::Unmet { reason, condition, values }) = office.act(AUTHOR, &fire("submit")) else {
        panic!("unmet")
    };
    assert!(reason.contains("cannot be accredited any more"), "{reason}");
    assert_eq!(condition, "format != 'live' || starts_on > today");
    let values: Vec<(&str, &str)> = values.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    assert_eq!(values, [("format", "live"), ("starts_on", "2026-11-22"), ("today", "2026-11-22")]);
}

#[test]
fn today_is_the_organisations_date() {
    let mut office = course();
    office.answer("starts_on", date("2026-11-22"));
    // Still the 21st in Chicago.
    office.now = "2026-11-22T03:00:00Z".parse().expect("an instant");
    assert!(office.act(AUTHOR, &fire("submit")).is_ok());
}

#[test]
fn only_the_submitter_sends_and_only_once() {
    let mut office = self_study();
    assert_eq!(office.act(STRANGER, &fire("submit")), Err(Refusal::WrongRole { roles: vec!["author".to_owned()] }));
    office.fire(AUTHOR, "submit");
    assert!(matches!(office.act(AUTHOR, &fire("submit")), Err(Refusal::NotHere { .. })));
    assert!(matches!(office.act(AUTHOR, &fire("sumbit")), Err(Refusal::UnknownTransition { .. })));
    assert!(matches!(office.act(AUTHOR, &fire("accept")), Err(Refusal::NotOffered { .. })));
    assert!(matches!(office.by(Actor::Clock, &fire("withdraw")), Err(Refusal::WrongRole { .. })));
}

#[test]
fn a_note_that_is_required_must_say_something() {
    let mut office = course();
    office.fire(AUTHOR, "submit");
    for note in [None, Some("  ")] {
        assert_eq!(office.act(person(10), &fire_with("desk-reject", note, vec![])), Err(Refusal::NoteMissing));
    }
}

#[test]
fn what_a_transition_asks_is_answered_in_its_own_type_and_nothing_else() {
    let mut office = course();
    office.fire(AUTHOR, "submit");
    let send_back = |asked| fire_with("send-back", Some("Please complete."), asked);
    let codes = |outcome: Result<_, Refusal>| match outcome {
        Err(Refusal::Fields { faults }) => {
            faults.into_iter().map(|fault| (fault.field, fault.code)).collect::<Vec<_>>()
        }
        other => panic!("{other:?}"),
    };
    let pair = |field: &str, code: &str| (field.to_owned(), code.to_owned());
    let reason = |id: &str| Answer::Choices(vec![id.to_owned()]);
    assert_eq!(codes(office.act(person(10), &send_back(vec![]))), [pair("reasons", "missing")]);
    assert_eq!(
        codes(office.act(person(10), &send_back(vec![("reasons", reason("weather"))]))),
        [pair("reasons", "option")]
    );
    let more = vec![("reasons", reason("late")), ("colour", Answer::YesNo(true))];
    assert_eq!(codes(office.act(person(10), &send_back(more))), [pair("colour", "unknown")]);
    office.act(person(10), &send_back(vec![("reasons", reason("late"))])).expect("answered");
    assert_eq!((office.state(), office.item.counter("returns")), ("returned", 1));
    assert_eq!(office.item.decided.get("reasons"), Some(&reason("late")));
}

#[test]
fn an_exhausted_counter_takes_the_transition_away() {
    let mut office = course();
    office.fire(AUTHOR, "submit");
    let reasons = || vec![("reasons", Answer::Choices(vec!["incomplete".to_owned()]))];
    for _ in 0..2 {
        office.act(person(10), &fire_with("send-back", Some("More."), reasons())).expect("within the limit");
        office.fire(AUTHOR, "resubmit");
    }
    assert!(matches!(
        office.act(person(10), &fire_with("send-back", Some("More."), reasons())),
        Err(Refusal::NotOffered { .. })
    ));
}

#[test]
fn change_requests_are_answered_before_sending_again() {
    let mut office = self_study();
    office.fire(AUTHOR, "submit");
    office.judged(person(10), "assess", Verdict::Revise);
    assert_eq!(office.state(), "more-info");
    assert_eq!(office.act(AUTHOR, &fire("answered")), Err(Refusal::RequestsOpen { open: 1 }));
    assert!(office.open_to(AUTHOR).contains(&Act::Resolve(1)));
    let resolve = |request, resolution| Command::Resolve { request, resolution };
    let done = || Resolution::Done(None);
    assert_eq!(office.act(AUTHOR, &resolve(2, done())), Err(Refusal::UnknownRequest { request: 2 }));
    assert!(matches!(office.act(person(10), &resolve(1, done())), Err(Refusal::WrongRole { .. })));
    assert_eq!(office.act(AUTHOR, &resolve(1, Resolution::Declined(" ".to_owned()))), Err(Refusal::NoteMissing));
    office.act(AUTHOR, &resolve(1, done())).expect("open");
    assert_eq!(office.act(AUTHOR, &resolve(1, done())), Err(Refusal::UnknownRequest { request: 1 }));
    office.fire(AUTHOR, "answered");
    assert_eq!((office.state(), office.item.counter("rounds")), ("assessment", 1));
    assert_eq!(office.item.tracks["assess"].given(), 0);
}

#[test]
fn open_change_requests_do_not_keep_the_author_from_giving_up() {
    let mut office = self_study();
    office.fire(AUTHOR, "submit");
    office.judged(person(10), "assess", Verdict::Revise);
    office.fire(AUTHOR, "withdraw");
    assert_eq!(office.state(), "withdrawn");
}

#[test]
fn change_requests_that_an_approval_overruled_bind_nobody() {
    let mut office = course();
    office.fire(AUTHOR, "submit");
    office.fire(person(10), "to-review");
    office.judged(person(20), "content", Verdict::Revise);
    assert!(!office.open_to(AUTHOR).contains(&Act::Resolve(1)));
    let early = Command::Resolve { request: 1, resolution: Resolution::Done(None) };
    assert!(matches!(office.act(AUTHOR, &early), Err(Refusal::NotHere { .. })));
    office.judged(person(21), "content", Verdict::Approve);
    office.judged(person(30), "interest", Verdict::Approve);
    taken_between_meetings(&mut office);
    office.act(person(40), &fire_with("reject", Some("No."), vec![])).expect("rejected");
    office.act(AUTHOR, &fire_with("appeal", Some("Yes."), vec![])).expect("an open request is no obstacle");
}

#[test]
fn an_end_refuses_everything_and_offers_nothing() {
    let mut office = self_study();
    office.fire(AUTHOR, "submit");
    office.judged(person(10), "assess", Verdict::Approve);
    assert_eq!(office.state(), "recognised");
    for command in [fire("withdraw"), claim("assess"), recuse(person(11)), Command::Remind] {
        assert_eq!(office.office(&command), Err(Refusal::Closed { state: "Recognised".to_owned() }));
    }
    assert_eq!(office.tick(), []);
    assert_eq!((office.offers(AUTHOR), office.turns()), (vec![], vec![]));
}

#[test]
fn a_transition_by_the_author_asks_nobody_for_changes() {
    let mut office = self_study();
    let command = Command::Fire {
        transition: "submit".to_owned(),
        note: None,
        asked: Answers::default(),
        requests: vec![change("title")],
    };
    assert_eq!(office.act(AUTHOR, &command), Err(Refusal::OwnWork));
}
