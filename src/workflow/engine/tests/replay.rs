//! Past histories under a changed definition.

use super::office::*;
use crate::workflow::{
    Definition, Divergence, Record, Sent, check::tests::credits, definition::Verdict, load, replay::replay,
};

const SELF_STUDY: &str = include_str!("../../../../workflows/self-study.yaml");

fn changed(old: &str, new: &str) -> Definition {
    assert!(SELF_STUDY.contains(old), "{old}");
    load(&SELF_STUDY.replace(old, new), &credits()).unwrap_or_else(|faults| panic!("{faults:?}")).0
}

fn replayed(office: &Office, definition: &Definition) -> Option<Divergence> {
    let last = office.history.last().expect("a history").sequence;
    let sent = [Sent { sequence: last, answers: office.answers.clone() }];
    let record = Record { submitter: AUTHOR, events: &office.history, sent: &sent, calendar: &office.calendar };
    replay(definition, &record)
}

/// Two and a half hours, changed once and recognised.
fn recognised() -> Office {
    let mut office = self_study();
    office.fire(AUTHOR, "submit");
    office.days_later(8);
    office.judged(person(10), "assess", Verdict::Revise);
    office
        .act(
            AUTHOR,
            &crate::workflow::Command::Resolve { request: 1, resolution: crate::workflow::Resolution::Done(None) },
        )
        .expect("answered");
    office.fire(AUTHOR, "answered");
    office.days_later(31);
    office.fire(person(20), "reassign");
    office.judged(person(11), "assess", Verdict::Approve);
    assert_eq!(office.state(), "recognised");
    office
}

#[test]
fn a_history_goes_the_same_way_under_its_own_definition() {
    let office = recognised();
    assert_eq!(replayed(&office, &office.definition.clone()), None);
    assert_eq!(replayed(&office, &changed("label: Being assessed", "label: In assessment")), None);
}

#[test]
fn every_kind_of_act_is_done_again() {
    let mut office = course();
    office.fire(AUTHOR, "submit");
    office.fire(person(10), "to-review");
    office.office(&assign("content", person(20))).expect("assigned");
    office.act(person(20), &crate::workflow::Command::Declare { track: "content".to_owned() }).expect("declared");
    office.office(&crate::workflow::Command::Remind).expect("reminded");
    office.judged(person(21), "content", Verdict::Approve);
    office.office(&recuse(person(21))).expect("out");
    office.act(person(20), &judge("content", Verdict::Approve)).expect("judged");
    office.act(person(22), &claim("content")).expect("a place");
    let back = crate::workflow::Command::Release { track: "content".to_owned(), person: person(22), reason: None };
    office.act(person(22), &back).expect("given back");
    office.judged(person(23), "content", Verdict::Approve);
    office.judged(person(30), "interest", Verdict::Approve);
    taken_between_meetings(&mut office);
    office.act(person(40), &credits_approved(100)).expect("approved");
    assert_eq!(replayed(&office, &office.definition.clone()), None);
}

#[test]
fn the_first_act_that_would_have_led_elsewhere_is_told() {
    let office = recognised();
    let stricter = changed("limits: { rounds: 2,", "limits: { rounds: 0,");
    let found = replayed(&office, &stricter).expect("another way");
    assert_eq!(
        (found.act.as_str(), found.then.as_str(), found.now.as_str()),
        ("verdict in assess", "to more-info", "to refused")
    );
    let patient = changed("after: P30D, notify", "after: P90D, notify");
    let found = replayed(&office, &patient).expect("another way");
    assert_eq!((found.act.as_str(), found.then.as_str()), ("time", "to overdue"));
    assert_eq!(found.now, "it stays where it is");
}

#[test]
fn an_act_that_would_be_refused_is_told_with_the_reason() {
    let office = recognised();
    let assigned = changed("role: assessor, seats: 1,", "role: assessor, seats: 1, take: assign,");
    let found = replayed(&office, &assigned).expect("refused");
    assert_eq!(found.act, "place taken in assess");
    assert_eq!(found.now, "refused: places in 'Assessment' are not taken this way");
}
