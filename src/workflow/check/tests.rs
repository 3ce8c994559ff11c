//! Faults as people get to read them.

use super::*;

pub(in crate::workflow) fn credits() -> CreditTypes {
    CreditTypes::of([
        include_str!("../../../workflows/credits/ama-pra-1.yaml"),
        include_str!("../../../workflows/credits/ama-pra-2.yaml"),
        include_str!("../../../workflows/credits/aafp-prescribed.yaml"),
        include_str!("../../../workflows/credits/aafp-elective.yaml"),
    ])
    .expect("the shipped credit types are sound")
}

const SELF_STUDY: &str = include_str!("../../../workflows/self-study.yaml");
const COURSE: &str = include_str!("../../../workflows/course-accreditation.yaml");

/// Faults as `line:column rule: message`.
fn faults(source: &str) -> Vec<String> {
    let faults = load(source, &credits()).map_or_else(|faults| faults, |(_, warnings)| warnings);
    faults.iter().map(|fault| format!("{}:{} {}: {}", fault.line, fault.column, fault.rule, fault.message)).collect()
}

/// The place of a text in a file, and the file with it replaced.
fn mutant(source: &str, old: &str, new: &str) -> (String, String) {
    let at = source.find(old).expect(old);
    let line = source[..at].matches('\n').count() + 1;
    let column = at - source[..at].rfind('\n').map_or(0, |newline| newline + 1) + 1;
    (format!("{line}:{column}"), source.replacen(old, new, 1))
}

#[test]
fn the_shipped_workflows_have_no_fault_at_all() {
    assert_eq!(faults(SELF_STUDY), [""; 0]);
    assert_eq!(faults(COURSE), [""; 0]);
}
