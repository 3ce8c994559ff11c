use super::office::*;
use crate::workflow::{EventKind, definition::Verdict};

fn unstaffed(role: &str) -> EventKind {
    EventKind::Unstaffed { role: role.to_owned() }
}

fn staffed(role: &str) -> EventKind {
    EventKind::Staffed { role: role.to_owned() }
}

#[test]
fn an_empty_group_waits_and_says_so_once() {
    let mut office = self_study();
    office.group("self-study-assessors", &[]);
    assert!(office.fire(AUTHOR, "submit").contains(&unstaffed("assessor")));
    assert_eq!(office.state(), "assessment");
    assert_eq!(office.tick(), []);
    office.group("self-study-assessors", &[person(10)]);
    assert_eq!(office.tick(), [staffed("assessor")]);
    assert_eq!(office.tick(), []);
    assert!(office.item.unstaffed.is_empty());
}

#[test]
fn the_author_does_not_count_as_staff_for_his_own_work() {
    let mut office = self_study();
    office.group("self-study-assessors", &[AUTHOR]);
    assert!(office.fire(AUTHOR, "submit").contains(&unstaffed("assessor")));
}

#[test]
fn a_recusal_that_takes_the_last_possible_person_raises_it() {
    let mut office = course();
    office.group("content-reviewers", &[person(20), person(21), person(22)]);
    office.fire(AUTHOR, "submit");
    office.fire(person(10), "to-review");
    office.act(person(20), &recuse(person(20))).expect("their own");
    assert!(office.item.unstaffed.is_empty());
    let happened = office.act(person(21), &recuse(person(21))).expect("their own");
    assert!(happened.contains(&unstaffed("reviewer")));
}

#[test]
fn who_is_separated_or_conflicted_is_no_staff() {
    let mut office = course_rejected();
    office.group("appeals", &[person(20), person(50), person(51), person(52)]);
    office.conflicted.insert(person(52));
    let happened = office.act(AUTHOR, &fire_with("appeal", Some("Yes."), vec![])).expect("an appeal");
    assert!(happened.contains(&unstaffed("appeal-panel")), "{happened:?}");
}

#[test]
fn a_verdict_already_given_is_staff_no_more_but_needs_none() {
    let mut office = course();
    office.group("content-reviewers", &[person(20), person(21)]);
    office.fire(AUTHOR, "submit");
    office.fire(person(10), "to-review");
    office.judged(person(20), "content", Verdict::Approve);
    assert!(office.item.unstaffed.is_empty());
}

#[test]
fn a_committee_without_a_chair_is_unstaffed() {
    let mut office = course_in_decision();
    office.group("committee", &[person(20)]);
    assert_eq!(office.tick(), [unstaffed("chair")]);
}
