//! Faults as people get to read them.

use proptest::prelude::*;

use super::*;

/// The text of a definition as plain values.
pub(crate) fn values(source: &str) -> serde_json::Value {
    serde_saphyr::from_str(source).expect("YAML")
}

pub(crate) fn credits() -> CreditTypes {
    CreditTypes::of([
        include_str!("../../../workflows/credits/ama-pra-1.yaml"),
        include_str!("../../../workflows/credits/ama-pra-2.yaml"),
        include_str!("../../../workflows/credits/aafp-prescribed.yaml"),
        include_str!("../../../workflows/credits/aafp-elective.yaml"),
        include_str!("../../../workflows/credits/ancc-contact-hour.yaml"),
    ])
    .expect("the shipped credit types are sound")
}

const SELF_STUDY: &str = include_str!("../../../workflows/self-study.yaml");
const COURSE: &str = include_str!("../../../workflows/course-accreditation.yaml");

/// Faults as `line:column rule: message`.
fn faults(source: &str) -> Vec<String> {
    let faults = load(source, &credits()).map_or_else(|faults| faults, |(_, warnings)| warnings);
    let text = |fault: &Fault| format!("{}:{} {}: {}", fault.line, fault.column, fault.rule, fault.message);
    faults.iter().map(text).collect()
}

/// The self-study with one text replaced: where the replacement begins, and what is wrong now.
fn mutated(old: &str, new: &str) -> (String, Vec<String>) {
    let (before, _) = SELF_STUDY.split_once(old).expect(old);
    let line = before.matches('\n').count() + 1;
    let column = before.rsplit('\n').next().unwrap_or_default().chars().count() + 1;
    (format!("{line}:{column}"), faults(&SELF_STUDY.replacen(old, new, 1)))
}

/// One fault, exactly at the beginning of the replaced text plus `offset` columns.
#[track_caller]
fn one(old: &str, new: &str, offset: usize, expected: &str) {
    let (at, faults) = mutated(old, new);
    let (line, column) = at.split_once(':').expect("line:column");
    let column = column.parse::<usize>().expect("a number") + offset;
    assert_eq!(faults, [format!("{line}:{column} {expected}")]);
}

#[test]
fn the_shipped_workflows_have_no_fault_at_all() {
    for source in [
        SELF_STUDY,
        COURSE,
        include_str!("../../../workflows/aafp-activity.yaml"),
        include_str!("../../../workflows/disclosure.yaml"),
        include_str!("../../../workflows/nursing-activity.yaml"),
        include_str!("../../../workflows/teaching.yaml"),
    ] {
        assert_eq!(faults(source), [""; 0]);
    }
}

#[test]
fn the_example_of_the_documentation_has_no_fault() {
    let page = include_str!("../../../workflows/README.md");
    let example = page.split("```yaml\n").nth(1).and_then(|rest| rest.split("```").next()).expect("an example");
    assert_eq!(faults(example), [""; 0]);
}

#[test]
fn a_wait_is_a_length_business_days_or_a_meeting_and_a_fault_names_its_place() {
    let plain = "after: P30D";
    for sound in ["after: { business_days: 30 }", "after: { meeting: committee }"] {
        assert_eq!(mutated(plain, sound).1, [""; 0], "{sound}");
    }
    let neither = "kind: 'after' is a length of time as P30D, or says 'business_days' or 'meeting'";
    one(plain, "after: { }", 7, neither);
    one(plain, "after: { business_days: 3, meeting: board }", 7, neither);
    one(plain, "after: { business_days: 0 }", 24, "kind: 'business_days' is a number from 1 to 2500");
    one(plain, "after: { business_days: 2501 }", 24, "kind: 'business_days' is a number from 1 to 2500");
    one(plain, "after: { business_days: soon }", 24, "format: 'business_days' is a number, and not out of range");
    one(
        plain,
        "after: { meeting: The Board }",
        18,
        "names: 'The Board' is no id: small letters, digits and hyphens, a letter first",
    );
    let reminder = "format: 'remind' knows no key 'meeting'";
    let (_, told) = mutated("remind: [P7D, P14D]", "remind: [{ meeting: committee }]");
    assert!(told.iter().any(|fault| fault.contains(reminder)), "{told:?}");
}

#[test]
fn the_hash_is_of_the_meaning_and_not_of_the_spelling() {
    let hash = |source: &str| load(source, &credits()).expect("sound").0.hash;
    let same = SELF_STUDY
        .replace("title: Recognition of documented self-study", "title:   'Recognition of documented self-study'  # x");
    assert_eq!(hash(SELF_STUDY), hash(&same));
    assert_eq!(hash(SELF_STUDY).len(), 64);
    assert_ne!(hash(SELF_STUDY), hash(&SELF_STUDY.replace("limits: { rounds: 2,", "limits: { rounds: 3,")));
}

#[test]
fn a_version_that_was_kept_is_read_though_checks_that_came_later_would_refuse_it() {
    let later = SELF_STUDY.replace("  weighing:", "  nowhere: { label: Nowhere }\n  weighing:");
    assert!(load(&later, &CreditTypes::default()).is_err());
    let kept = load_stored(&later, "0123", &CreditTypes::default()).expect("what it was");
    assert_eq!((kept.hash.as_str(), kept.states.contains_key("nowhere")), ("0123", true));
    let sound = load(SELF_STUDY, &credits()).expect("sound").0;
    let kept = load_stored(SELF_STUDY, &sound.hash, &credits()).expect("sound");
    assert_eq!((serde_json::to_value(&kept).ok(), kept.credits), (serde_json::to_value(&sound).ok(), sound.credits));
    assert!(load_stored("format: 1", "0123", &credits()).is_err(), "this says nothing");
}

#[test]
fn bad_yaml_is_one_fault_with_its_place_and_never_a_panic() {
    one("limits: { rounds: 2,", "limits:\t{ rounds: 2,", 7, "format: there is a tab; indent with spaces");
    let (_, duplicate) = mutated("limits: { rounds: 2,", "limits: { rounds: 2, rounds: 3,");
    assert!(matches!(duplicate.as_slice(), [fault] if fault.contains("duplicate")), "{duplicate:?}");
    for source in [
        format!("{SELF_STUDY}\nlimits: *other\n"),
        SELF_STUDY.replace("limits: {", "limits: &anchor {"),
        "a: [".repeat(50_000),
        "[".repeat(50_000),
        "a: 'unfinished".to_owned(),
        String::new(),
        "just a text".to_owned(),
        "format: 1\n---\nformat: 1\n".to_owned(),
        "\u{feff}\u{0}\u{1}".to_owned(),
    ] {
        let found = load(&source, &credits()).expect_err("it is broken");
        assert!(
            found.iter().all(|fault| fault.line >= 1 && fault.column >= 1 && !fault.message.is_empty()),
            "{found:?}"
        );
    }
    let huge = format!("# {}", "x".repeat(10_000_000));
    assert_eq!(faults(&huge), ["1:1 format: the file has more than 1000000 bytes"]);
}

#[test]
fn fifty_thousand_parentheses_are_refused_without_using_the_stack() {
    let deep = format!("\"{}attest{}\"", "(".repeat(50_000), ")".repeat(50_000));
    let (_, found) = mutated("\"size(evidence) >= 1 && attest\"", &deep);
    assert!(
        matches!(found.as_slice(), [fault] if fault.contains("condition: a condition has at most 400 bytes")),
        "{found:?}"
    );
}

#[test]
fn an_unknown_key_is_named_with_the_nearest_known_one() {
    let (at, found) = mutated("clock: paused", "clok: paused");
    assert_eq!(found, [format!("{at} format: a state knows no key 'clok'; did you mean 'clock'?")]);
}

#[test]
fn a_comma_in_a_text_without_quotes_is_explained() {
    let (_, found) = mutated("label: Title of what you studied,", "label: Title, as printed,");
    assert!(found.iter().any(|fault| fault.ends_with("'as printed'; a text with a comma needs quotes")), "{found:?}");
}

#[test]
fn a_fault_inside_a_condition_points_into_its_quotes() {
    one(
        "\"size(evidence) >= 1 && attest\"",
        "\"size(evidence) >= 1 && atest\"",
        24,
        "condition: there is no question or counter 'atest'; did you mean 'attest'?",
    );
    one(
        "\"attest\"",
        "\"attest &&\"",
        10,
        "condition: expected a question, a counter, a number, a 'text' or a parenthesis, found the end",
    );
    one("\"attest\"", "\"size(evidence)\"", 1, "condition: this has to come to yes or no");
}

#[test]
fn a_fault_inside_a_requirement_with_a_reason_points_into_its_quotes() {
    let broken = COURSE.replacen("that: \"ends_on >= starts_on\"", "that: \"ends_on >= start_on\"", 1);
    let (before, _) = broken.split_once("start_on\"").expect("replaced");
    let line = before.matches('\n').count() + 1;
    let column = before.rsplit('\n').next().unwrap_or_default().chars().count() + 1;
    let expected =
        format!("{line}:{column} condition: there is no question or counter 'start_on'; did you mean 'starts_on'?");
    assert_eq!(faults(&broken), [expected]);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_file_damaged_anywhere_is_read_or_refused_with_places_and_never_a_panic(
        at in 0_usize..7_000,
        removed in 0_usize..40,
        inserted in "[ -~\\n\\t\u{e9}]{0,6}",
    ) {
        let start: String = SELF_STUDY.chars().take(at).collect();
        let rest: String = SELF_STUDY.chars().skip(at + removed).collect();
        let lines = SELF_STUDY.lines().count() + 10;
        if let Err(found) = load(&format!("{start}{inserted}{rest}"), &credits()) {
            prop_assert!(!found.is_empty());
            for fault in found {
                prop_assert!(fault.line >= 1 && fault.column >= 1 && usize::try_from(fault.line).is_ok_and(|line| line <= lines));
            }
        }
    }
}

#[test]
fn unknown_names_are_reported_where_they_stand() {
    one("from: [overdue], to", "from: [overdu], to", 7, "names: there is no state 'overdu'; did you mean 'overdue'?");
    one("by: [lead]", "by: [leader]", 5, "names: there is no role 'leader'; did you mean 'lead'?");
    one("notify: [auditor]", "notify: [auditer]", 9, "names: there is no role 'auditer'; did you mean 'auditor'?");
    one("rubric: self-study", "rubric: self", 0, "names: there is no rubric 'self'");
    let (_, found) = mutated("aafp-elective: AAFP", "aafp-electiv: AAFP");
    assert!(found.iter().any(|fault| fault.contains("no credit type 'aafp-electiv'; did you mean")), "{found:?}");
}

#[test]
fn all_faults_of_a_file_are_reported_at_once() {
    let broken = SELF_STUDY
        .replace("limits: {", "limts: {")
        .replace("by: [lead]", "by: [leader]")
        .replace("after: P45D", "after: 45 days")
        .replace("kind: end, label: Lapsed", "label: Lapsed");
    let rules: Vec<String> =
        faults(&broken).iter().filter_map(|fault| fault.split([' ', ':']).nth(2).map(str::to_owned)).collect();
    for rule in ["format", "names", "kind", "end", "condition"] {
        assert!(rules.iter().any(|found| found == rule), "{rule} in {rules:?}");
    }
}

#[test]
fn a_transition_is_exactly_one_of_three_kinds() {
    let wrong = "a transition is exactly one of 'by' roles, 'after' a time, 'auto: true'";
    for (old, new) in [("after: P45D }", "after: P45D, by: [author] }"), ("after: P45D }", "}")] {
        let (_, found) = mutated(old, new);
        assert!(found.iter().any(|fault| fault.contains(wrong)), "{found:?}");
    }
    for wait in ["P0D", "-P3D", "P1000Y", "soon"] {
        let (_, found) = mutated("after: P45D }", &format!("after: {wait} }}"));
        assert!(
            matches!(found.as_slice(), [fault] if fault.contains("kind: 'after' is a length of time")),
            "{wait}: {found:?}"
        );
    }
}

#[test]
fn an_end_has_no_way_out_and_anything_else_has_one() {
    let (_, found) = mutated("closed:     { kind: end, label", "closed:     { label");
    assert!(found.iter().any(|fault| fault.contains("end: no transition leads out of 'closed'")), "{found:?}");
    let (_, found) = mutated("from: [draft, assessment", "from: [closed, draft, assessment");
    assert!(found.iter().any(|fault| fault.contains("end: 'closed' is an end, so 'withdraw'")), "{found:?}");
}

#[test]
fn a_state_that_no_way_leads_to_is_unreachable() {
    let found = faults(&SELF_STUDY.replace("to: lapsed,", "to: withdrawn,"));
    assert!(
        matches!(found.as_slice(), [fault] if fault.contains("unreachable: no way leads from the start to 'lapsed'")),
        "{found:?}"
    );
}

#[test]
fn quorum_seats_and_group_fit_each_other() {
    for (old, new, expected) in [
        ("seats: 1, quorum: 1", "seats: 1, quorum: 2", "cannot reach a quorum of 2"),
        ("seats: 1, quorum: 1", "seats: 1, quorum: 0", "needs a quorum of 1 or more"),
        ("seats: 1, quorum: 1", "seats: 3, quorum: 1", "promises only 2 persons"),
        ("role: assessor, seats", "role: author, seats", "cannot be reviewed by the submitter"),
        ("verdicts: [approve, revise, reject]", "verdicts: [approve, revise]", "takes no verdict 'reject'"),
    ] {
        let (_, found) = mutated(old, new);
        assert!(
            found.iter().any(|fault| fault.contains("quorum:") && fault.contains(expected)),
            "{expected}: {found:?}"
        );
    }
}

#[test]
fn a_state_that_may_wait_for_ever_is_a_warning_and_no_error() {
    let source = SELF_STUDY.replace("    remind: [P3D, P7D]\n", "");
    let (_, warnings) = load(&source, &credits()).expect("only a warning");
    assert!(
        matches!(warnings.as_slice(), [warning] if warning.rule == "waits-forever" && warning.severity == Severity::Warning)
    );
}

#[test]
fn a_constant_amount_off_the_step_of_its_credit_is_refused() {
    let (_, found) = mutated("credit: credit_type, amount: hours", "credit: ama-pra-2, amount: 0.3");
    assert!(matches!(found.as_slice(), [fault] if fault.contains("comes in steps of 0.25")), "{found:?}");
}

#[test]
fn a_fault_reads_as_the_command_line_prints_it() {
    let fault = Fault::error("names", Place { line: 3, column: 7 }, "there is no role 'x'".to_owned());
    assert_eq!(
        serde_json::to_string(&fault).expect("plain data"),
        r#"{"rule":"names","severity":"error","line":3,"column":7,"message":"there is no role 'x'"}"#
    );
}

#[test]
fn what_a_time_counts_from_always_happened_before() {
    let course = |old: &str, new: &str| faults(&COURSE.replacen(old, new, 1));
    let since = "after: P3Y, since: [approve, conditions-met, renew]";
    let found = course(since, "after: P3Y, since: [approve, renew]");
    assert!(
        matches!(found.as_slice(), [fault] if fault.ends_with("can be reached without approve or renew")),
        "{found:?}"
    );
    let found = course(since, "after: P3Y, since: [aprove]");
    assert!(
        found.iter().any(|fault| fault.contains("there is no transition 'aprove'; did you mean 'approve'?")),
        "{found:?}"
    );
    let found = course("since: ends_on", "since: format");
    assert!(
        matches!(found.as_slice(), [fault] if fault.contains("names: 'format' is not a date question")),
        "{found:?}"
    );
    let found = course("to: screening, by: [screener]", "to: screening, since: ends_on, by: [screener]");
    let (_, study) = mutated("to: withdrawn, by: [author]", "to: withdrawn, since: completed_on, by: [author]");
    assert!(
        study.iter().chain(&found).any(|fault| fault.contains("kind: 'since' says what 'after' counts from")),
        "{study:?}"
    );
    let found = course("label: Withdraw, note: optional }", "label: Withdraw, note: optional, restore: answers }");
    assert!(matches!(found.as_slice(), [fault] if fault.contains("nothing is there to restore")), "{found:?}");
}

#[test]
fn records_are_of_three_kinds_and_name_what_is_there() {
    let record = "{ credit: aafp-elective, of: self-study, same: [kind], within: { any: P3Y } }";
    let found = |new: &str| mutated(record, new).1;
    for (new, expected) in [
        ("{ same: [kind] }", "format: a record is exactly one of"),
        ("{ credit: aafp-elective, of: self-study, in: [draft] }", "format: such a record knows no 'in'"),
        (
            "{ credit: aafp-electiv, of: self-study }",
            "names: there is no credit type 'aafp-electiv'; did you mean 'aafp-elective'?",
        ),
        (
            "{ items: self-study, in: [recogniced] }",
            "names: there is no state 'recogniced'; did you mean 'recognised'?",
        ),
        (
            "{ items: self-study, in: [recognised], same: [evidence] }",
            "names: 'evidence' is not a text, a choice or a date",
        ),
        ("{ without: other, in: [clear], people: title }", "names: 'title' is not a people question"),
    ] {
        let found = found(new);
        assert!(found.iter().any(|fault| fault.contains(expected)), "{new}: {found:?}");
    }
    let (_, found) = mutated("record.point_of_care + hours", "record.point_of_cure + hours");
    assert!(found.iter().any(|fault| fault.contains("there is no record 'point_of_cure'")), "{found:?}");
}

#[test]
fn a_condition_on_rows_speaks_of_columns_and_its_faults_have_their_place() {
    let agenda = |new: &str| faults(&COURSE.replacen("that: credit_minutes <= minutes", new, 1));
    for (new, expected) in [
        (
            "that: credit_minute <= minutes",
            "there is no question or counter 'credit_minute'; did you mean 'credit_minutes'?",
        ),
        (
            "that: expected > 3",
            "this reads no column of the table; what holds for the whole is a requirement of a step",
        ),
        ("that: credit_minutes", "this has to come to yes or no"),
        ("that: credit_minutes <= starts", "a number cannot be compared with a time of day"),
        ("that: approvals('content') <= minutes", "there is no track 'content'"),
    ] {
        let found = agenda(new);
        assert!(matches!(found.as_slice(), [fault] if fault.ends_with(expected)), "{new}: {found:?}");
        let line = COURSE.lines().position(|line| line.contains("that: credit_minutes <= minutes")).expect("there") + 1;
        assert!(found[0].starts_with(&format!("{line}:")), "{found:?}");
    }
    let teaching = include_str!("../../../workflows/teaching.yaml");
    let several = teaching.replace("each: first_minutes <= minutes", "each: [first_minutes <= minutes, minutes > 0]");
    let found = faults(&several);
    assert!(
        matches!(found.as_slice(), [fault] if fault.contains("format: 'say' goes with one condition")),
        "{found:?}"
    );
    let nothing = teaching.replace("        each: first_minutes <= minutes\n", "");
    assert_eq!(faults(&nothing).len(), 1, "a sentence about nothing");
}

#[test]
fn bounds_of_dates_are_days_and_in_order() {
    let wrong = "is a day: today, today - P6Y or today + P30D in days, months or years, or 2026-01-31";
    for bound in ["yesterday", "today - PT3H", "P3D", "2026-02-30"] {
        let (_, found) = mutated("at_most: today }", &format!("at_most: {bound} }}"));
        assert!(matches!(found.as_slice(), [fault] if fault.ends_with(wrong)), "{bound}: {found:?}");
    }
    assert_eq!(mutated("at_most: today }", "at_least: 2020-01-01, at_most: today + P1M }").1, [""; 0]);
    let (_, found) = mutated("at_most: today }", "at_least: today, at_most: today - P1D }");
    assert!(matches!(found.as_slice(), [fault] if fault.contains("'at_least' is a later day")), "{found:?}");
}

#[test]
fn a_record_around_a_day_needs_the_one_day_on_which_credit_is_earned() {
    let (_, found) = mutated("{ any: P3Y }", "{ any: PT3H }");
    assert!(matches!(found.as_slice(), [fault] if fault.contains("kind: 'any' is a length in days")), "{found:?}");
    let (_, found) = mutated("{ any: P3Y }", "{ ani: P3Y }");
    assert!(found.iter().any(|fault| fault.contains("knows no key 'ani'; did you mean 'any'?")), "{found:?}");
    let award = ", award: { credit: credit_type, amount: hours, to: author, earned: completed_on }";
    let (_, found) = mutated(award, "");
    assert!(found.iter().any(|fault| fault.contains("names: 'any' is about the day")), "{found:?}");
}
