//! Differences as people read them.

use super::*;
use crate::workflow::{
    check::tests::credits,
    definition::{Role, Subject},
    load,
};

const SELF_STUDY: &str = include_str!("tests/study.yaml");

fn read(source: &str) -> Definition {
    load(source, &credits()).unwrap_or_else(|faults| panic!("{faults:?}")).0
}

/// The self-study against itself with texts replaced.
fn changed(replacements: &[(&str, &str)]) -> Vec<String> {
    let mut source = SELF_STUDY.to_owned();
    for (old, new) in replacements {
        assert!(source.contains(old), "{old}");
        source = source.replace(old, new);
    }
    difference(&read(SELF_STUDY), &read(&source)).into_iter().map(|change| change.sentence).collect()
}

#[test]
fn a_version_does_not_differ_from_itself() {
    assert_eq!(changed(&[]), [""; 0]);
    assert_eq!(changed(&[("# who may act;", "# anybody who may act;")]), [""; 0], "comments are no part of a version");
}

#[test]
fn each_change_is_one_sentence() {
    let cases = [
        ("hours <= 8.0\"", "hours <= 6.0\""),
        ("label: Being assessed", "label: In assessment"),
        ("remind: [P3D, P7D]", "remind: [P3D]"),
        ("after: P45D", "after: P60D"),
        ("limits: { rounds: 2 }", "limits: { rounds: 3 }"),
        ("at_least: 2 }", "at_least: 3 }"),
        ("max: 20, step", "max: 25, step"),
        ("date,      label: Date you finished }", "date,      label: Date you finished, optional: true }"),
        (", notify: [author] }", " }"),
        ("label: Remarks for the office only,", "label: Remarks for the office,"),
        ("audit: { role: auditor, seats: 1,", "audit: { role: auditor, seats: 1, sealed: true,"),
        ("title: Evidence\n", "title: Proof of it\n"),
    ];
    let told = cases.map(|(old, new)| {
        let told = changed(&[(old, new)]);
        assert_eq!(told.len(), 1, "{new}: {told:?}");
        told.concat()
    });
    insta::assert_snapshot!(told.join("\n"));
    for (old, new) in [
        ("requires: \"attest\" }", "note: optional }"),
        ("never_acts_as: [auditor] }", "never_acts_as: [auditor, lead] }"),
    ] {
        let told = changed(&[(old, new)]);
        assert_eq!(told.len(), 2, "{told:?}");
    }
}

#[test]
fn what_comes_and_goes_is_told_by_kind() {
    let source = SELF_STUDY
        .replace("  lapsed:     { kind: end, label: Lapsed }", "  dropped:    { kind: end, label: Dropped }")
        .replace("to: lapsed, after: P45D", "to: dropped, after: P45D")
        .replace("attest, type: yes-no", "own_work, type: yes-no")
        .replace("size(evidence) >= 1 && attest", "size(evidence) >= 1 && own_work")
        .replace("requires: \"attest\"", "requires: \"own_work\"");
    let told = difference(&read(SELF_STUDY), &read(&source));
    let lines = told.iter().map(|change| format!("{:?}: {}", change.part, change.sentence));
    insta::assert_snapshot!(lines.collect::<Vec<_>>().join("\n"));
}

#[test]
fn another_order_alone_is_told_as_such() {
    let told = changed(&[(
        "  lead:     { group: self-study-leads, at_least: 1 }\n  auditor:  { group: audit, at_least: 1 }",
        "  auditor:  { group: audit, at_least: 1 }\n  lead:     { group: self-study-leads, at_least: 1 }",
    )]);
    // Roles have no order that means anything, and the canonical form sorts them.
    assert_eq!(told, [""; 0]);
    let told = changed(&[("verdicts: [approve, reject]", "verdicts: [reject, approve]")]);
    assert_eq!(told.len(), 1, "{told:?}");
}

#[test]
fn nothing_that_makes_two_versions_differ_passes_for_another_order() {
    type Change = fn(&mut Definition);
    let old = read(include_str!("../../../workflows/nursing-activity.yaml"));
    let changes: [(Part, Change); 11] = [
        (Part::Workflow, |it| it.lead = Some("Other words".to_owned())),
        (Part::Workflow, |it| it.subject = Subject::Completion),
        (Part::Workflow, |it| it.reference.push('X')),
        (Part::Form, |it| it.form[0].title.push('X')),
        (Part::Role, |it| it.roles.retain(|_, role| *role == Role::Submitter)),
        (Part::Separation, |it| it.separation.clear()),
        (Part::Limit, |it| it.limits[0] += 1),
        (Part::Record, |it| it.records[0].workflow.push('X')),
        (Part::Rubric, |it| it.rubrics[0][0].label.push('X')),
        (Part::Transition, |it| it.transitions[0].label.push('X')),
        (Part::Proof, |it| it.prove.clear()),
    ];
    for (part, change) in changes {
        let mut new = old.clone();
        change(&mut new);
        new.hash = "another".to_owned();
        let told = difference(&old, &new);
        assert!(told.iter().all(|told| told.part == part && !told.sentence.contains("another order")), "{told:?}");
    }
}
