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

/// The sound definition with requirements each of which doubles the ways in which the answers can be.
fn doubled(times: usize) -> String {
    let asked: Vec<String> =
        (0..times).map(|at| format!("      - {{ id: q{at}, type: yes-no, label: Q, optional: true }}\n")).collect();
    let required: Vec<String> = (0..times).map(|at| format!("\"!q{at} || hours > {at}\"")).collect();
    SOUND.replacen("    questions:\n", &format!("    questions:\n{}", asked.concat()), 1).replacen(
        "label: Send }",
        &format!("label: Send, requires: [{}] }}", required.join(", ")),
        1,
    )
}

#[test]
fn answers_that_go_together_in_too_many_ways_end_the_exploration_and_no_gap_is_taken_for_a_proof() {
    let limits = Limits { configurations: 2_000, ..Limits::default() };
    prove(&doubled(4), &credits(), limits).expect("few ways");
    let faults = prove(&doubled(24), &credits(), limits).expect_err("too many ways");
    assert_eq!(faults.iter().map(|fault| fault.rule.as_str()).collect::<Vec<_>>(), ["too-large"]);
    assert!(faults.iter().all(|fault| fault.message.contains("in too many ways")), "{faults:?}");
}

#[test]
fn safety_has_as_many_persons_as_it_takes_to_see_all_that_can_happen() {
    // Three who are kept apart decide in a row; with two beside the author nobody would ever get to the last.
    let source = SOUND
        .replace("  chair:    { group: chairs, at_least: 1 }", "  chair:    { group: chairs, at_least: 1 }\n  dean:     { group: deans, at_least: 1 }")
        .replace("never_acts_as: [chair] }", "never_acts_as: [chair, dean] }\n  - { person: chair, never_acts_as: [dean] }")
        .replace("  decision: { label: Decision, remind: [P7D] }", "  decision: { label: Decision, remind: [P7D] }\n  assent: { label: Assent, remind: [P7D] }")
        .replace("to: accepted, by: [chair], label: Accept,", "to: assent, by: [chair], label: Accept,")
        .replace("  reject: ", "  assent: { from: [assent], to: accepted, by: [dean], label: Assent, when: \"approvals('content') >= 1\" }\n  dissent: { from: [assent], to: refused, by: [dean], label: Dissent }\n  reject: ");
    let checked = prove(&source, &credits(), Limits::default());
    let proven = checked.map_err(|faults| format!("{faults:#?}")).expect("sound").proven;
    assert_eq!(proven.persons, 3);
    // What is wrong in the last state is seen.
    let twice = source.replace("accepted: { kind: end, label: Accepted, award", "accepted: { label: Accepted, remind: [P7D], award").replace(
        "  reject: ",
        "  more: { from: [accepted], to: accepted, by: [dean], label: Again, unbounded: ok }\n  over: { from: [accepted], to: refused, after: P1Y }\n  reject: ",
    );
    let faults = prove(&twice, &credits(), Limits::default()).expect_err("credit is awarded twice");
    assert!(faults.iter().any(|fault| fault.rule == "double-award"), "{faults:#?}");
}

#[test]
fn an_approval_by_somebody_who_acted_in_a_role_that_a_proof_excludes_does_not_count() {
    let source = SOUND
        .replace("separation:\n  - { person: reviewer, never_acts_as: [chair] }\n", "")
        .replace("  - { name: reviewers do not decide, never: { person: reviewer, acts_as: [chair] } }\n", "")
        .replace("at_least: 1, excluding: [author] }", "at_least: 1, excluding: [author, chair] }");
    let faults = prove(&source, &credits(), Limits::default()).expect_err("the chair may have reviewed");
    assert_eq!(faults.iter().map(|fault| fault.rule.as_str()).collect::<Vec<_>>(), ["prove"]);
    let apart = source.replace(
        "limits: { rounds: 1 }",
        "separation:\n  - { person: reviewer, never_acts_as: [chair] }\nlimits: { rounds: 1 }",
    );
    prove(&apart, &credits(), Limits::default()).expect("kept apart");
}

#[test]
fn nobody_gets_on_by_a_conflict_of_interest_and_one_conflict_leaves_nobody_stuck() {
    // Complete and refused by nobody: only a conflict would lead on.
    let gap = SOUND.replace(
        "complete('content') && approvals('content') < 1",
        "complete('content') && approvals('content') < 1 && hours > 8",
    );
    let faults = prove(&gap, &credits(), Limits::default()).expect_err("it lies there");
    let stuck = faults.iter().find(|fault| fault.rule == "stuck").expect("stuck");
    assert_eq!(stuck.counterexample.len(), 2, "{stuck:#?}");
    // A panel with as many members as places has nobody to stand in.
    let panel =
        SOUND.replace("reviewer: { group: reviewers, at_least: 2 }", "reviewer: { group: reviewers, at_least: 1 }");
    let faults = prove(&panel, &credits(), Limits::default()).expect_err("nobody is left");
    let stuck = faults.iter().find(|fault| fault.rule == "stuck").expect("stuck");
    assert!(stuck.counterexample.iter().any(|step| step.contains("a conflict of interest of Person A")), "{stuck:#?}");
}
