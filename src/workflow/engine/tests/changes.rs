use super::office::*;
use crate::{
    domain::{Answer, Row},
    workflow::{
        EventKind, Refusal,
        definition::Verdict,
        event::{Recipient, Timer},
    },
};

fn accredited() -> Office {
    let mut office = course_in_decision();
    office.act(person(40), &credits_approved(150)).expect("approved");
    office.in_force = office.answers.clone();
    office
}

fn change_sent(mut office: Office) -> Office {
    office.fire(AUTHOR, "amend");
    office.answer("ends_on", date("2027-03-09"));
    office
        .act(AUTHOR, &fire_with("change-sent", None, vec![("change", Answer::Text("A week more. ".repeat(3)))]))
        .expect("a complete form");
    office
}

#[test]
fn a_term_counts_from_the_approval_however_often_the_state_is_entered() {
    let mut office = accredited();
    let expire = Timer::Transition("expire".to_owned());
    let term = office.item.timers[&expire];
    office.days_later(10);
    let mut office = change_sent(office);
    let happened = office.fire(person(10), "accept-change");
    assert_eq!(office.state(), "maintained");
    assert_eq!(office.item.timers[&expire], term);
    let again = happened.iter().find_map(|what| match what {
        EventKind::Designated { from, until, .. } => Some((*from, *until)),
        _ => None,
    });
    assert_eq!(again, Some((jiff::civil::date(2026, 11, 22), jiff::civil::date(2029, 11, 21))));
}

#[test]
fn a_day_that_was_answered_is_when_a_time_begins_and_a_new_answer_moves_it() {
    let office = accredited();
    let over = Timer::Transition("took-place".to_owned());
    let at = |text: &str| text.parse::<jiff::Timestamp>().expect("an instant");
    // The last day, to its end.
    assert_eq!(office.item.timers[&over], at("2027-03-03T05:59:59Z"));
    let mut office = change_sent(office);
    office.fire(person(10), "accept-change");
    assert_eq!(office.item.timers[&over], at("2027-03-10T05:59:59Z"));
}

#[test]
fn a_refused_change_goes_back_to_what_was_accredited_in_the_same_decision() {
    let mut office = change_sent(accredited());
    office.fire(person(10), "change-to-review");
    for (who, track) in [(20, "changed-content"), (22, "changed-content"), (30, "changed-interest")] {
        let rubric = if track == "changed-content" { "content" } else { "interest" };
        let mut verdict = judge(rubric, Verdict::Approve);
        if let crate::workflow::Command::Judge { track: of, .. } = &mut verdict {
            track.clone_into(of);
        }
        office.act(person(who), &claim(track)).expect("free");
        office.act(person(who), &verdict).expect("a verdict");
    }
    let refusal = fire_with("refuse-change", Some("Not shown to be needed."), vec![]);
    let happened = office.act(person(40), &refusal).expect("a reason");
    assert!(happened.contains(&EventKind::AnswersRestored), "{happened:?}");
    // The timer counts from the day that was accredited, not from the one that was asked for.
    let over = office.item.timers[&Timer::Transition("took-place".to_owned())];
    assert_eq!(over, "2027-03-03T05:59:59Z".parse().expect("an instant"));
}

#[test]
fn a_suspension_stops_the_offer_and_a_reinstatement_offers_it_again() {
    let mut office = accredited();
    let happened = office.act(person(40), &fire_with("suspend", Some("A complaint."), vec![])).expect("a reason");
    assert!(happened.contains(&EventKind::OfferStopped) && !office.item.designated, "{happened:?}");
    office.fire(person(40), "reinstate");
    assert!(office.item.designated);
    let happened = office.act(person(40), &fire_with("revoke", Some("It was right."), vec![])).expect("a reason");
    assert!(happened.contains(&EventKind::OfferStopped), "although no credit was awarded: {happened:?}");
}

fn row(cells: &[(&str, Answer)]) -> Row {
    cells.iter().map(|(column, cell)| ((*column).to_owned(), cell.clone())).collect()
}

fn family() -> Office {
    let session = |minutes| {
        row(&[
            ("title", Answer::Text("Session".to_owned())),
            ("minutes", Answer::Integer(minutes)),
            ("credit_minutes", Answer::Integer(minutes)),
            ("basis", Answer::Choice("evidence".to_owned())),
        ])
    };
    let mut answers = course_in_decision().answers;
    for (question, answer) in [
        ("physicians", Answer::YesNo(true)),
        ("member_part", Answer::Choice("planner".to_owned())),
        ("member", Answer::Text("Ada Lowe, 4711".to_owned())),
        ("sessions", Answer::Table(vec![session(60), session(90), session(45)])),
        ("evaluation", Answer::Text("A questionnaire after three months.".to_owned())),
    ] {
        answers.0.insert(question.to_owned(), answer);
    }
    let groups = [("accreditation-office", 10, 2), ("family-reviewers", 20, 3), ("family-chiefs", 30, 2)];
    let mut office = Office::of(include_str!("../../../../workflows/aafp-activity.yaml"), &groups, answers);
    office.fire(AUTHOR, "submit");
    office.fire(person(10), "to-review");
    for who in [20, 21] {
        let mut verdict = judge("family", Verdict::Approve);
        if let crate::workflow::Command::Judge { rubric, .. } = &mut verdict {
            rubric.0.insert("relevant".to_owned(), Answer::YesNo(true));
            rubric.0.insert("evidence".to_owned(), Answer::YesNo(true));
            rubric.0.insert("sessions".to_owned(), Answer::Choices(vec!["1".to_owned()]));
        }
        office.act(person(who), &claim("family")).expect("free");
        office.act(person(who), &verdict).unwrap_or_else(|refusal| panic!("{refusal:?}"));
    }
    office
}

#[test]
fn only_the_minutes_of_the_sessions_chosen_count() {
    let mut office = family();
    let approve = |rows: &[&str], credits: i64| {
        let rows = rows.iter().map(|row| (*row).to_owned()).collect();
        let credits = Answer::Decimal(rust_decimal::Decimal::new(credits, 2));
        fire_with("approve-prescribed", None, vec![("approved", Answer::Choices(rows)), ("credits", credits)])
    };
    for unknown in ["0", "4", "x"] {
        let refusal = office.act(person(30), &approve(&[unknown], 100)).expect_err("no such row");
        assert!(matches!(refusal, Refusal::Fields { .. }), "{refusal:?}");
    }
    assert!(matches!(office.act(person(30), &approve(&[], 100)), Err(Refusal::Fields { .. })));
    assert!(matches!(office.act(person(30), &approve(&["1", "3"], 200)), Err(Refusal::Unmet { .. })));
    office.act(person(30), &approve(&["1", "3"], 175)).expect("105 minutes");
    assert_eq!(office.state(), "prescribed");
}

#[test]
fn without_a_member_it_is_elective() {
    let mut office = family();
    office.answer("member_part", Answer::Choice("none".to_owned()));
    let asked = vec![
        ("approved", Answer::Choices(vec!["2".to_owned()])),
        ("credits", Answer::Decimal(rust_decimal::Decimal::new(150, 2))),
    ];
    let prescribed = office.act(person(30), &fire_with("approve-prescribed", None, asked.clone()));
    assert!(matches!(prescribed, Err(Refusal::NotOffered { .. })));
    office.act(person(30), &fire_with("approve-elective", None, asked)).expect("90 minutes");
    assert_eq!(office.state(), "elective");
}

#[test]
fn a_presenter_earns_by_the_hour_what_was_presented_for_the_first_time() {
    let session = |minutes, first| {
        row(&[
            ("title", Answer::Text("Session".to_owned())),
            ("minutes", Answer::Integer(minutes)),
            ("first_minutes", Answer::Integer(first)),
        ])
    };
    let mut answers = course_in_decision().answers;
    for (question, answer) in [
        ("course", Answer::Text("Sepsis day".to_owned())),
        ("sponsor", Answer::Text("The academy".to_owned())),
        ("presented_on", date("2026-11-01")),
        ("sessions", Answer::Table(vec![session(50, 50), session(40, 0)])),
        ("letter", answers.get("materials").cloned().expect("a file")),
        ("original", Answer::YesNo(true)),
        ("no_other", Answer::YesNo(true)),
    ] {
        answers.0.insert(question.to_owned(), answer);
    }
    let groups = [("course-sponsors", 10, 2), ("accreditation-office", 20, 1)];
    let mut office = Office::of(include_str!("../../../../workflows/teaching.yaml"), &groups, answers);
    // What the records come to is a fact like any other.
    assert!(matches!(office.act(AUTHOR, &fire("submit")), Err(Refusal::Unmet { .. })));
    office.records.insert("claimed".to_owned(), 1.into());
    let claimed = office.act(AUTHOR, &fire("submit")).expect_err("claimed before");
    assert!(matches!(&claimed, Refusal::Unmet { values, .. } if values["record.claimed"] == "1"), "{claimed:?}");
    office.records.insert("claimed".to_owned(), 0.into());
    office.fire(AUTHOR, "submit");
    let mut verdict = judge("confirm", Verdict::Approve);
    if let crate::workflow::Command::Judge { rubric, .. } = &mut verdict {
        for question in ["accredited", "presented", "first_time"] {
            rubric.0.insert(question.to_owned(), Answer::YesNo(true));
        }
    }
    office.act(person(10), &claim("confirm")).expect("free");
    let happened = office.act(person(10), &verdict).expect("a verdict");
    let credit = happened.iter().find_map(|what| match what {
        EventKind::CreditAwarded { amount, to, .. } => Some((amount.hundredths(), to.clone())),
        _ => None,
    });
    // 50 minutes twice over are 1.67, the nearest quarter is 1.75.
    assert_eq!(credit, Some((175, Recipient::Person(AUTHOR))));
}
