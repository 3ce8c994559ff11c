//! Each check, on the smallest definition that breaks it, with the counter-example as people read it.

mod walks;

use super::*;
use crate::workflow::{Fault, check::tests::credits, prove};

/// Two steps: one of two reviewers judges, the chair decides. Sound.
const SOUND: &str = "
format: 1
workflow: two-steps
title: Two steps
subject: course
form:
  - section: all
    title: All
    questions:
      - { id: hours, type: decimal, label: Hours, min: 0.25, max: 20, step: 0.25 }
roles:
  author:   { is: submitter }
  reviewer: { group: reviewers, at_least: 2 }
  chair:    { group: chairs, at_least: 1 }
separation:
  - { person: reviewer, never_acts_as: [chair] }
limits: { rounds: 1 }
states:
  draft:    { kind: start, label: Draft }
  review:
    label: Review
    remind: [P7D]
    tracks:
      content: { role: reviewer, seats: 1, quorum: 1, verdicts: [approve, reject] }
  decision: { label: Decision, remind: [P7D] }
  changes:  { label: Changes, clock: paused }
  accepted: { kind: end, label: Accepted, award: { credit: ama-pra-2, amount: hours, to: author, earned: now } }
  refused:  { kind: end, label: Refused }
  given-up: { kind: end, label: Withdrawn }
transitions:
  send:     { from: [draft], to: review, by: [author], label: Send }
  withdraw: { from: [draft, review, changes], to: given-up, by: [author], label: Withdraw }
  pass:     { from: [review], to: decision, auto: true, when: \"complete('content') && approvals('content') >= 1\" }
  fail:     { from: [review], to: refused, auto: true, when: \"complete('content') && approvals('content') < 1\" }
  accept:   { from: [decision], to: accepted, by: [chair], label: Accept, when: \"approvals('content') >= 1\" }
  reject:   { from: [decision], to: refused, by: [chair], label: Reject }
  ask:      { from: [decision], to: changes, by: [chair], label: Ask for changes, when: \"rounds < limit.rounds\" }
  again:    { from: [changes], to: review, by: [author], label: Send again, counts: rounds }
  lapse:    { from: [changes], to: refused, after: P60D }
prove:
  - { name: somebody else approved, before: accepted, approvals: { track: content, at_least: 1, excluding: [author] } }
  - { name: reviewers do not decide, never: { person: reviewer, acts_as: [chair] } }
  - { name: every item ends, from_any: reach_end }
  - { name: changes are asked once, bound: { transition: again, at_most: 1 } }
";

fn faults(source: &str) -> Vec<Fault> {
    match prove(source, &credits(), Limits::default()) {
        Ok(checked) => checked.faults,
        Err(faults) => faults,
    }
}

/// The sound definition with one text replaced: rule, message and counter-example of everything found.
#[track_caller]
fn broken(changes: &[(&str, &str)]) -> Vec<String> {
    let mut source = SOUND.to_owned();
    for (old, new) in changes {
        assert!(source.contains(old), "{old}");
        source = source.replacen(old, new, 1);
    }
    let told = |fault: &Fault| {
        let first = format!("{}: {}", fault.rule, fault.message);
        let told: Vec<String> = [first].into_iter().chain(fault.counterexample.clone()).collect();
        told.join("\n  ")
    };
    faults(&source).iter().map(told).collect()
}

#[test]
fn a_sound_definition_is_proved_and_tells_its_size_and_staffing() {
    let checked = prove(SOUND, &credits(), Limits::default()).expect("sound");
    assert_eq!(checked.faults, []);
    assert!(checked.proven.configurations > 20 && checked.proven.edges > checked.proven.configurations);
    assert_eq!(checked.proven.staffing, [("chair".to_owned(), 1), ("reviewer".to_owned(), 1)].into());
    assert_eq!(checked.proven.fewest_persons, Some(2), "who reviewed does not decide");
}

#[test]
fn a_fault_stands_at_its_line() {
    let source = SOUND.replace("approvals('content') < 1", "approvals('content') < 2");
    let found = faults(&source);
    let line = source.lines().position(|line| line.contains("fail:")).expect("a line") + 1;
    assert_eq!(
        found.first().map(|fault| (fault.rule.as_str(), fault.line)),
        Some(("ambiguous", u32::try_from(line).expect("small")))
    );
}

macro_rules! check {
    ($name:ident, $changes:expr) => {
        #[test]
        fn $name() {
            insta::assert_snapshot!(broken(&$changes).join("\n"));
        }
    };
}

check!(two_automatic_transitions_may_not_both_be_on, [("approvals('content') < 1", "approvals('content') < 2")]);
check!(
    a_reviewed_item_does_not_just_lie_there,
    [(
        "complete('content') && approvals('content') < 1",
        "complete('content') && approvals('content') < 1 && hours > 8"
    )]
);
check!(
    automatic_transitions_come_to_rest,
    [(
        "  reject:   { from: [decision], to: refused, by: [chair], label: Reject }",
        "  reject:   { from: [decision], to: refused, by: [chair], label: Reject }\n  loop: { from: [decision], to: changes, auto: true, when: \"hours > 8\" }\n  pool: { from: [changes], to: decision, auto: true, when: \"hours > 8\" }"
    )]
);
check!(
    credit_is_not_awarded_twice,
    [
        ("accepted: { kind: end, label: Accepted,", "accepted: { label: Accepted, remind: [P7D],"),
        (
            "  lapse:",
            "  more: { from: [accepted], to: accepted, by: [chair], label: Once more, unbounded: ok }\n  over: { from: [accepted], to: refused, after: P1Y }\n  lapse:"
        ),
    ]
);
check!(
    an_item_that_cannot_end_is_stuck,
    [
        (
            "  reject:   { from: [decision], to: refused, by: [chair], label: Reject }",
            "  reject:   { from: [decision], to: held, by: [chair], label: Reject, when: \"rounds >= 1\" }\n  stay: { from: [held], to: held, by: [chair], label: Stay, unbounded: ok }"
        ),
        ("  refused:  {", "  held: { label: Held, remind: [P7D] }\n  refused:  {")
    ]
);
check!(what_can_never_happen_is_told, [("limits: { rounds: 1 }", "limits: { rounds: 0 }")]);
check!(a_round_needs_a_counter, [(", counts: rounds", ""), (", when: \"rounds < limit.rounds\"", "")]);
check!(
    time_alone_may_not_go_round,
    [
        ("  decision: { label: Decision, remind: [P7D] }", "  decision: { label: Decision }\n  late: { label: Late }"),
        (
            "  reject:",
            "  slow: { from: [decision], to: late, after: P7D, unbounded: ok }\n  back: { from: [late], to: decision, after: P7D, unbounded: ok }\n  reject:"
        ),
    ]
);
check!(
    an_approval_that_a_proof_wants_has_to_be_there,
    [
        (", when: \"approvals('content') >= 1\"", ""),
        ("&& approvals('content') >= 1", ""),
        (
            "  fail:     { from: [review], to: refused, auto: true, when: \"complete('content') && approvals('content') < 1\" }\n",
            ""
        ),
    ]
);
check!(
    a_proof_about_roles_fails_where_nothing_separates_them,
    [("separation:\n  - { person: reviewer, never_acts_as: [chair] }\n", "")]
);
check!(a_bound_that_is_passed_is_told, [("limits: { rounds: 1 }", "limits: { rounds: 2 }")]);

#[test]
fn reaching_the_limit_is_said_and_nothing_is_proved() {
    let limits = Limits { configurations: 10, ..Limits::default() };
    let faults = prove(SOUND, &credits(), limits).expect_err("too large");
    assert_eq!(faults.iter().map(|fault| fault.rule.as_str()).collect::<Vec<_>>(), ["too-large"]);
    assert!(faults.iter().all(|fault| fault.message.contains("more than 10 configurations")));
}
