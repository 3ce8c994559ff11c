use jiff::civil::date as day;
use rust_decimal::Decimal;

use super::office::*;
use crate::{
    domain::{Amount, Answer},
    workflow::{EventKind, Holder, Refusal, definition::Verdict, event::Recipient},
};

fn awarded(happened: &[EventKind]) -> Vec<(String, i64, String)> {
    let awards = happened.iter().filter_map(|what| match what {
        EventKind::CreditAwarded { credit, amount, to, .. } => {
            let to = match to {
                Recipient::Person(person) => person.to_string(),
                Recipient::Named { email, .. } => email.to_string(),
            };
            Some((credit.clone(), amount.hundredths(), to))
        }
        _ => None,
    });
    awards.collect()
}

#[test]
fn recognised_self_study_awards_the_hours_on_the_day_they_were_finished() {
    let mut office = self_study();
    office.fire(AUTHOR, "submit");
    let happened = office.judged(person(10), "assess", Verdict::Approve);
    let expected = EventKind::CreditAwarded {
        rule: "recognised".to_owned(),
        credit: "ama-pra-2".to_owned(),
        amount: Amount::from_hundredths(250),
        to: Recipient::Person(AUTHOR),
        earned: day(2026, 11, 1),
    };
    assert!(happened.contains(&expected), "{happened:?}");
}

#[test]
fn an_answer_off_the_step_is_refused_and_never_rounded() {
    let mut office = self_study();
    office.answer("hours", Answer::Decimal(Decimal::new(25, 1)));
    office.fire(AUTHOR, "submit");
    office.answer("hours", Answer::Decimal(Decimal::new(26, 1)));
    office.act(person(10), &claim("assess")).expect("free");
    let judge = judge("assess", Verdict::Approve);
    let refusal = office.act(person(10), &judge).expect_err("off the step");
    assert!(matches!(&refusal, Refusal::Unmet { reason, .. } if reason.contains("steps of 0.25")), "{refusal:?}");
    assert_eq!(office.state(), "assessment");
}

#[test]
fn the_committee_approves_at_most_what_the_agenda_carries() {
    // 85 minutes are 1.5 credits, rounded to the nearest quarter hour.
    let mut office = course_in_decision();
    assert!(matches!(office.act(person(40), &credits_approved(175)), Err(Refusal::Unmet { .. })));
    assert!(matches!(office.act(person(40), &credits_approved(140)), Err(Refusal::Fields { .. })));
    let happened = office.act(person(40), &credits_approved(150)).expect("within the agenda");
    let designated = EventKind::Designated {
        credit: "ama-pra-1".to_owned(),
        maximum: Amount::from_hundredths(150),
        from: day(2026, 11, 22),
        until: day(2029, 11, 21),
    };
    assert!(happened.contains(&designated), "{happened:?}");
}

#[test]
fn nobody_waits_for_the_chair_to_revoke_what_was_accredited() {
    let mut office = course_in_decision();
    office.act(person(40), &credits_approved(150)).expect("within the agenda");
    let holders: Vec<Holder> = office.turns().into_iter().map(|turn| turn.holder).collect();
    assert_eq!(holders, []);
    assert!(office.offers(person(40)).iter().any(|offer| offer.label == "Revoke" && offer.refusal.is_none()));
}

#[test]
fn a_live_course_that_has_begun_is_not_approved_any_more() {
    let mut office = course_in_decision();
    office.days_later(99);
    let refusal = office.act(person(40), &credits_approved(150)).expect_err("after the fact");
    assert!(matches!(&refusal, Refusal::Unmet { reason, .. } if reason.contains("never afterwards")), "{refusal:?}");
    // Asked before anything is typed, too.
    let offer = office.offers(person(40)).into_iter().find(|offer| offer.label == "Accredit").expect("offered");
    assert!(matches!(offer.refusal, Some(Refusal::Unmet { .. })));
}

fn held(mut office: Office) -> (Office, Vec<EventKind>) {
    office.act(person(40), &credits_approved(150)).expect("approved");
    office.now = "2027-03-05T12:00:00Z".parse().expect("an instant");
    office.tick();
    let report =
        |day: &str| fire_with("report", None, vec![("held_on", date(day)), ("participants", Answer::Integer(40))]);
    assert!(matches!(office.act(AUTHOR, &report("2027-03-04")), Err(Refusal::Unmet { .. })));
    office.act(AUTHOR, &report("2027-03-02")).expect("it took place");
    let happened = office.fire(person(10), "confirm");
    (office, happened)
}

#[test]
fn each_presenter_earns_two_credits_an_hour_for_a_first_presentation() {
    let mut office = course_in_decision();
    let sessions = vec![session("ada", 50, true), session("ben", 35, false), session("ada", 30, false)];
    office.answer("agenda", Answer::Table(sessions));
    let (office, happened) = held(office);
    // 50 minutes twice over are 1.67, the nearest quarter is 1.75; ben presented nothing new.
    assert_eq!(awarded(&happened), [("ama-pra-1".to_owned(), 175, "ada@example.org".to_owned())]);
    assert_eq!(office.state(), "held");
}

#[test]
fn a_course_is_its_authors_turn_once_it_is_over() {
    let mut office = course_in_decision();
    office.act(person(40), &credits_approved(150)).expect("approved");
    let report =
        fire_with("report", None, vec![("held_on", date("2027-03-02")), ("participants", Answer::Integer(40))]);
    // The last day is the second of March, in Chicago.
    office.now = "2027-03-03T05:59:00Z".parse().expect("an instant");
    office.tick();
    assert!(matches!(office.act(AUTHOR, &report), Err(Refusal::NotHere { .. })));
    office.now = "2027-03-03T06:00:00Z".parse().expect("an instant");
    office.tick();
    let holders: Vec<Holder> = office.turns().into_iter().map(|turn| turn.holder).collect();
    assert_eq!(holders, [Holder::Person(AUTHOR)]);
    office.act(AUTHOR, &report).expect("it is over");
}

#[test]
fn a_report_sent_back_and_confirmed_later_awards_once() {
    let mut office = course_in_decision();
    office.act(person(40), &credits_approved(150)).expect("approved");
    office.now = "2027-03-05T12:00:00Z".parse().expect("an instant");
    office.tick();
    let report = fire_with("report", None, vec![("held_on", date("2027-03-02")), ("participants", Answer::Integer(4))]);
    office.act(AUTHOR, &report).expect("over");
    office.act(person(10), &fire_with("query", Some("How many?"), vec![])).expect("a reason");
    assert_eq!(office.state(), "unclear");
    office.act(AUTHOR, &report).expect("again");
    office.fire(person(10), "confirm");
    let awards = office.history.iter().filter(|event| matches!(event.what, EventKind::CreditAwarded { .. })).count();
    assert_eq!(awards, 2);
    assert_eq!(office.history.iter().filter(|event| matches!(event.what, EventKind::Designated { .. })).count(), 1);
}

#[test]
fn enduring_material_earns_no_teaching_credit() {
    let mut office = course_in_decision();
    office.answer("format", Answer::Choice("enduring".to_owned()));
    office.answer("assessment", Answer::Text("Ten questions, passed with eight.".to_owned()));
    office.act(person(40), &credits_approved(150)).expect("approved");
    office.now = "2027-03-05T12:00:00Z".parse().expect("an instant");
    office.tick();
    let report = fire_with("report", None, vec![("held_on", date("2027-03-02")), ("participants", Answer::Integer(4))]);
    office.act(AUTHOR, &report).expect("over");
    assert!(matches!(office.act(person(10), &fire("confirm")), Err(Refusal::NotOffered { .. })));
    assert_eq!(awarded(&office.fire(person(10), "file")), []);
}

#[test]
fn a_revocation_stops_every_standing_award() {
    let (mut office, _) = held(course_in_decision());
    let happened = office.act(person(41), &fire_with("revoke", Some("Fraud."), vec![])).expect("a reason");
    let stopped: Vec<_> = happened.iter().filter(|what| matches!(what, EventKind::CreditStopped { .. })).collect();
    assert_eq!(stopped, [&EventKind::CreditStopped { rule: "held".to_owned() }]);
    assert!(office.item.awarded.is_empty());
}

#[test]
fn a_standing_award_is_not_given_again() {
    let (mut office, _) = held(course_in_decision());
    office.definition.transitions["query"].from = vec!["held".to_owned()];
    office.definition.transitions["query"].to = "reported".to_owned();
    office.act(person(10), &fire_with("query", Some("Again."), vec![])).expect("a reason");
    assert_eq!(awarded(&office.fire(person(10), "confirm")), []);
}
