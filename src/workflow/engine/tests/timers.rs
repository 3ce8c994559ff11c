use jiff::Timestamp;

use super::office::*;
use crate::workflow::{Command, EventKind, Refusal, definition::Verdict, engine::due, event::Timer};

fn moves(happened: &[EventKind]) -> Vec<&str> {
    let moved = happened.iter().filter_map(|what| match what {
        EventKind::Moved { transition, .. } => Some(transition.as_str()),
        _ => None,
    });
    moved.collect()
}

fn reminders(happened: &[EventKind]) -> usize {
    happened.iter().filter(|what| **what == EventKind::Reminded).count()
}

#[test]
fn timers_and_reminders_are_armed_on_entry_and_cancelled_on_leaving() {
    let mut office = self_study();
    assert_eq!(due(&office.definition, &office.item), None);
    office.fire(AUTHOR, "submit");
    let timers: Vec<&Timer> = office.item.timers.keys().collect();
    // Two of the file, and two before the deadline.
    let reminders: Vec<Timer> = (0..4).map(Timer::Reminder).collect();
    assert_eq!(timers, [&Timer::Transition("late".to_owned())].into_iter().chain(&reminders).collect::<Vec<_>>());
    let first = due(&office.definition, &office.item).map(|(_, timer)| timer);
    assert_eq!(first, Some(Timer::Reminder(0)));
    office.fire(AUTHOR, "withdraw");
    assert!(office.item.timers.is_empty());
}

#[test]
fn a_deadline_told_as_a_day_ends_with_that_day_where_the_office_is() {
    let mut office = self_study();
    // 12:00 in Chicago on 6 March 2027, eight days before clocks go forward: it lasts until the end of 5 April there.
    office.now = "2027-03-06T18:00:00Z".parse().expect("an instant");
    office.fire(AUTHOR, "submit");
    let late = office.item.timers[&Timer::Transition("late".to_owned())];
    assert_eq!(late, "2027-04-06T04:59:59Z".parse::<Timestamp>().expect("an instant"));
    // Seven days and two days before, at nine.
    let before = [2, 3].map(|number| office.item.timers[&Timer::Reminder(number)].to_string());
    assert_eq!(before, ["2027-03-29T14:00:00Z", "2027-04-03T14:00:00Z"]);
}

#[test]
fn a_reminder_fires_once_each_and_the_deadline_moves_the_item_on() {
    let mut office = self_study();
    office.fire(AUTHOR, "submit");
    assert_eq!(office.days_later(6), []);
    assert_eq!(reminders(&office.days_later(1)), 1);
    assert_eq!(reminders(&office.days_later(1)), 0);
    assert_eq!(reminders(&office.days_later(6)), 1);
    assert_eq!(reminders(&office.days_later(16)), 2, "seven days and two days before the deadline");
    assert_eq!(office.state(), "assessment", "the thirtieth day is not over");
    let happened = office.days_later(1);
    assert_eq!((moves(&happened), reminders(&happened)), (vec!["late"], 0));
    assert_eq!(office.state(), "overdue");
}

#[test]
fn a_server_that_slept_through_everything_catches_up_in_order() {
    let mut office = self_study();
    office.fire(AUTHOR, "submit");
    let happened = office.days_later(400);
    assert_eq!(moves(&happened), ["late"]);
    assert_eq!(reminders(&happened), 4);
    // What the new state arms counts from now: nobody is late for a time that nobody saw.
    assert_eq!(office.tick(), []);
    assert_eq!(reminders(&office.days_later(3)), 1);
}

#[test]
fn a_late_timer_after_the_state_was_left_is_ignored() {
    let mut office = self_study();
    office.fire(AUTHOR, "submit");
    office.judged(person(10), "assess", Verdict::Revise);
    office.fire(AUTHOR, "withdraw");
    assert_eq!(office.days_later(400), []);
}

#[test]
fn the_audits_delay_is_not_the_authors_loss() {
    let mut office = self_study();
    office.answer("hours", crate::domain::Answer::Decimal(rust_decimal::Decimal::new(95, 1)));
    office.fire(AUTHOR, "submit");
    office.judged(person(10), "assess", Verdict::Approve);
    assert_eq!(office.state(), "sampled");
    let happened = office.days_later(61);
    assert_eq!(office.state(), "recognised");
    assert!(happened.iter().any(|what| matches!(what, EventKind::CreditAwarded { .. })));
}

#[test]
fn the_office_reminds_by_hand_whoever_has_the_turn() {
    let mut office = self_study();
    office.fire(AUTHOR, "submit");
    assert!(matches!(office.act(AUTHOR, &Command::Remind), Err(Refusal::WrongRole { .. })));
    assert_eq!(office.office(&Command::Remind), Ok(vec![EventKind::Reminded]));
    office.definition.transitions["final"].from.push("assessment".to_owned());
    office.judged(person(10), "assess", Verdict::Reject);
    assert_eq!(office.state(), "refused");
    assert_eq!(office.office(&Command::Remind), Err(Refusal::NobodysTurn));
}

#[test]
fn a_definition_that_does_not_come_to_rest_is_refused_and_not_followed_for_ever() {
    let mut office = self_study();
    for (name, from, to) in [("accept", "assessment", "refused"), ("refuse", "refused", "assessment")] {
        let transition = &mut office.definition.transitions[name];
        transition.from = vec![from.to_owned()];
        to.clone_into(&mut transition.to);
        let mut always = crate::workflow::Condition::parse("true").expect("a condition");
        always.check(&crate::workflow::condition::Vocabulary::default()).expect("yes");
        transition.when = Some(always);
    }
    assert_eq!(office.act(AUTHOR, &fire("submit")), Err(Refusal::Unsettled));
    assert_eq!(office.state(), "draft");
}
