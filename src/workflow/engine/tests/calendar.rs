//! Deadlines in business days and at meetings.

use jiff::Timestamp;

use super::office::*;
use crate::{
    domain::WrittenCalendar,
    workflow::{
        Command, EventKind, Service,
        definition::{Ahead, Road},
        event::Timer,
    },
};

/// An applicant, a clerk, a committee: the committee decides at its meeting, and an objection has thirty business days.
const GRANT: &str = "
format: 1
workflow: grant
title: Grant
subject: self-study
form:
  - { section: one, title: One, questions: [{ id: what, type: text, label: What }] }
roles:
  author: { is: submitter }
  clerk: { group: clerks, at_least: 1 }
states:
  draft:    { kind: start, label: Draft }
  desk:     { label: With a clerk, remind: [{ business_days: 3 }, { business_days: 10 }] }
  meeting:  { label: Before the meeting }
  decision: { label: To decide, remind: [P7D] }
  refused:  { label: Refused }
  granted:  { kind: end, label: Granted }
  final:    { kind: end, label: Refusal final }
transitions:
  send:    { from: [draft], to: desk, by: [author] }
  table:   { from: [desk], to: meeting, by: [clerk] }
  held:    { from: [meeting], to: decision, after: { meeting: committee } }
  grant:   { from: [decision], to: granted, by: [clerk] }
  refuse:  { from: [decision], to: refused, by: [clerk] }
  object:  { from: [refused], to: desk, by: [author], unbounded: ok }
  too-late: { from: [refused], to: final, after: { business_days: 30 } }
";

/// Monday 2 November 2026, noon in Chicago.
const MONDAY: &str = "2026-11-02T18:00:00Z";
const MEETINGS: &str = "committee: first Thursday at 09:00; not in July, December; papers 14 days before";

fn grant(meetings: &[&str]) -> Office {
    let answers = answers(vec![("what", crate::domain::Answer::Text("A thing".to_owned()))]);
    let mut office = Office::of(GRANT, &[("clerks", 10, 2)], answers);
    office.now = at(MONDAY);
    enter(&mut office, meetings);
    office
}

fn enter(office: &mut Office, meetings: &[&str]) {
    let written = WrittenCalendar {
        holidays: ["11-11 Veterans Day", "fourth Thursday of November Thanksgiving"].map(str::to_owned).to_vec(),
        meetings: meetings.iter().map(|line| (*line).to_owned()).collect(),
        ..WrittenCalendar::default()
    };
    office.calendar = written.read(office.calendar.zone().clone()).expect("sound");
}

fn at(text: &str) -> Timestamp {
    text.parse().expect("an instant")
}

fn due(office: &Office, transition: &str) -> Option<Timestamp> {
    office.item.timers.get(&Timer::Transition(transition.to_owned())).copied()
}

#[test]
fn a_wait_for_a_meeting_ends_at_the_next_one_that_still_takes_papers() {
    let mut office = grant(&[MEETINGS]);
    office.fire(AUTHOR, "send");
    // The papers of 5 November were due on 22 October, and nobody meets in December.
    office.fire(person(10), "table");
    assert_eq!(due(&office, "held"), Some(at("2027-01-07T15:00:00Z")));
    office.now = at("2027-01-07T14:59:59Z");
    assert_eq!(office.tick(), []);
    office.now = at("2027-01-07T15:00:00Z");
    office.tick();
    assert_eq!(office.state(), "decision");
}

#[test]
fn a_meeting_that_is_moved_takes_along_what_waits_for_it_and_nothing_else() {
    let mut office = grant(&[MEETINGS]);
    office.fire(AUTHOR, "send");
    office.fire(person(10), "table");
    enter(&mut office, &["committee: second Thursday at 10:00; not in July, December; papers 14 days before"]);
    let timer = Timer::Transition("held".to_owned());
    // The papers of 12 November were due on 29 October.
    assert_eq!(office.tick(), [EventKind::TimerArmed { timer, due: at("2027-01-14T16:00:00Z") }]);
    assert_eq!(office.tick(), [], "told once");
    office.now = at("2027-01-14T16:00:00Z");
    office.tick();
    office.fire(person(10), "refuse");
    let promised = due(&office, "too-late");
    enter(&mut office, &[]);
    assert_eq!(office.tick(), []);
    assert_eq!(due(&office, "too-late"), promised);
}

#[test]
fn reminders_and_objections_count_business_days() {
    let mut office = grant(&[MEETINGS]);
    office.fire(AUTHOR, "send");
    let reminders: Vec<Timestamp> = office.item.timers.values().copied().collect();
    // Thursday 5 November, and Tuesday 17 November: Veterans Day does not count.
    assert_eq!(reminders, [at("2026-11-06T05:59:59Z"), at("2026-11-18T05:59:59Z")]);
    office.fire(person(10), "table");
    office.now = at("2027-01-07T15:00:00Z");
    office.tick();
    office.now = at("2027-11-01T17:00:00Z");
    office.fire(person(10), "refuse");
    // From Monday 1 November 2027: 4 + 4 + 5 + 4 + 5 + 5 + 3 days end on Wednesday 15 December.
    assert_eq!(due(&office, "too-late"), Some(at("2027-12-16T05:59:59Z")));
}

#[test]
fn without_a_meeting_the_item_waits_visibly_until_one_is_entered() {
    let mut office = grant(&[]);
    office.fire(AUTHOR, "send");
    let happened = office.fire(person(10), "table");
    let timer = Timer::Transition("held".to_owned());
    let undated = EventKind::TimerUndated { timer: timer.clone(), wants: "meeting 'committee'".to_owned() };
    assert!(happened.contains(&undated), "{happened:?}");
    assert_eq!((office.item.timers.len(), office.item.undated.len()), (0, 1));
    assert_eq!(office.days_later(1_000), []);

    enter(&mut office, &["committee: 2026-12-03, 2029-08-02 at 09:00; papers 14 days before"]);
    let armed = EventKind::TimerArmed { timer, due: at("2026-12-03T15:00:00Z") };
    assert_eq!(office.tick(), [armed], "the meeting that was missed counts from the day of entry");
    assert!(office.item.undated.is_empty());
    office.tick();
    assert_eq!(office.state(), "decision");
}

#[test]
fn what_could_not_be_dated_is_forgotten_with_its_state() {
    let mut office = grant(&[]);
    office.definition.transitions["send"].from.push("meeting".to_owned());
    office.fire(AUTHOR, "send");
    office.fire(person(10), "table");
    assert_eq!(office.item.undated.len(), 1);
    office.fire(AUTHOR, "send");
    assert!(office.item.undated.is_empty());
    assert_eq!(office.act(person(3), &Command::Tick), Ok(Vec::new()));
}

#[test]
fn the_author_is_told_of_the_meeting_that_comes_without_him() {
    let mut office = grant(&[MEETINGS]);
    let definition = &mut office.definition;
    assert_eq!(definition.meetings().into_iter().collect::<Vec<_>>(), ["committee"]);
    let ahead = |road| Some(Ahead { meeting: "committee", road });
    assert_eq!(definition.meeting_ahead("desk"), ahead(Road::ThroughOthers));
    assert_eq!(definition.meeting_ahead("meeting"), ahead(Road::Straight));
    assert_eq!(definition.meeting_ahead("refused"), None, "only the author can bring it back");
    definition.transitions["table"].trigger = crate::workflow::definition::Trigger::Auto;
    assert_eq!(definition.meeting_ahead("desk"), ahead(Road::Straight));
}

#[test]
fn the_checker_names_the_line_that_waits_for_a_meeting_nobody_entered() {
    let office = grant(&[MEETINGS]);
    let faults =
        |office: &Office| crate::workflow::check::meetings(GRANT, &office.definition, &office.calendar, office.now);
    assert_eq!(faults(&office), []);
    let found = faults(&grant(&["board: first Thursday at 09:00"]));
    let places: Vec<_> = found.iter().map(|fault| (fault.line, fault.column, fault.rule.as_str())).collect();
    assert_eq!(places, [(22, 45, "calendar")]);
}

#[test]
fn the_offices_clock_stands_still_while_the_author_answers_and_for_good_at_the_end() {
    let mut office = course();
    let begun = office.now;
    let day = |office: &mut Office, days: i64| office.now = begun + jiff::SignedDuration::from_hours(24 * days);
    office.fire(AUTHOR, "submit");
    day(&mut office, 3);
    let reasons = ("reasons", crate::domain::Answer::Choices(vec!["incomplete".to_owned()]));
    office.act(person(10), &fire_with("send-back", Some("A page is missing."), vec![reasons])).expect("sent back");
    day(&mut office, 13);
    office.fire(AUTHOR, "resubmit");
    office.fire(person(10), "to-review");
    day(&mut office, 15);
    office.fire(AUTHOR, "withdraw");
    let hours = |service: &Service| service.until.map(|until| until.duration_since(service.from).as_hours());
    let stretches: Vec<_> = office.definition.service(&office.history).iter().map(hours).collect();
    assert_eq!(stretches, [Some(3 * 24), Some(2 * 24)]);
}

#[test]
fn a_way_back_into_a_review_is_not_the_way_to_a_meeting() {
    let course = course().definition;
    let ahead = course.meeting_ahead("screening").expect("the committee decides");
    assert_eq!((ahead.meeting, ahead.road), ("committee", Road::ThroughOthers));
    // The conditions are checked by the office; only a conflict of interest would lead back to the committee.
    assert_eq!(course.meeting_ahead("conditions"), None);
    assert_eq!(course.meeting_at("docket"), Some(("convene", "committee")));
    assert_eq!(course.meeting_at("decision"), None);
}
