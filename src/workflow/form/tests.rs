//! Answers as they come over the API, good and bad.

use jiff::civil::{Date, date};
use proptest::prelude::*;
use serde_json::{Value, json};

use super::*;
use crate::{
    domain::Answer,
    workflow::{Definition, check::tests::credits, load},
};

fn course() -> Definition {
    load(include_str!("../../../workflows/course-accreditation.yaml"), &credits()).expect("sound").0
}

fn study() -> Definition {
    load(include_str!("../../../workflows/self-study.yaml"), &credits()).expect("sound").0
}

const TODAY: Date = date(2026, 11, 22);

/// `field code` of each fault.
#[track_caller]
fn refused(definition: &Definition, question: &str, value: impl Into<Value>) -> Vec<String> {
    let faults = definition.question(question).expect(question).read(&value.into()).expect_err("it is wrong");
    assert!(faults.iter().all(|fault| !fault.message.is_empty()));
    faults.into_iter().map(|fault| format!("{} {}", fault.field, fault.code)).collect()
}

#[track_caller]
fn taken(definition: &Definition, question: &str, value: &Value) -> Answer {
    let question = definition.question(question).expect(question);
    let answer = question.read(value).unwrap_or_else(|faults| panic!("{faults:?}"));
    assert_eq!(question.read(&question.show(&answer)).as_ref(), Ok(&answer), "shown and read again it is the same");
    answer
}

const FILE: &str = "0192f0c1-2d3e-7abc-8def-0123456789ab";

#[test]
fn every_kind_of_answer_is_read_and_shown_again() {
    let (course, study) = (course(), study());
    assert_eq!(taken(&study, "hours", &json!("2.50")), taken(&study, "hours", &json!(2.5)));
    taken(&study, "completed_on", &json!("2026-11-22"));
    taken(&study, "attest", &json!(true));
    taken(&study, "evidence", &json!([FILE]));
    taken(&course, "expected", &json!(40));
    taken(&course, "format", &json!("live"));
    taken(&course, "audience", &json!(["nurses", "physicians"]));
    taken(&course, "agenda", &json!([{ "title": "Sepsis", "minutes": "45", "presenter": "Ada@Example.org" }, {}]));
    let people = json!([{ "name": "Ada", "email": "ADA@example.org ", "part": "Speaker", "disclosure": "" }]);
    let Answer::People(people) = taken(&course, "faculty", &people) else { panic!("people") };
    assert_eq!((people[0].email.as_str(), people[0].disclosure.as_deref()), ("ada@example.org", Some("")));
    assert_eq!(taken(&study, "title", &json!("  Cafe\u{301} ")), Answer::Text("Caf\u{e9}".to_owned()));
}

#[test]
fn numbers_keep_their_bounds_and_their_step() {
    let study = study();
    for (value, code) in [
        (json!("0"), "too-small"),
        (json!(-3), "too-small"),
        (json!(20.25), "too-large"),
        (json!("1e9"), "type"),
        (json!("99999999999999999999999999999999"), "type"),
        (json!(2.6), "step"),
        (json!("2,5"), "type"),
        (json!(""), "type"),
        (json!(true), "type"),
        (json!(null), "type"),
        (json!("NaN"), "type"),
    ] {
        assert_eq!(refused(&study, "hours", value.clone()), [format!("hours {code}")], "{value}");
    }
    for value in [json!(1.5), json!("four"), json!([4])] {
        assert_eq!(refused(&course(), "expected", value), ["expected type"]);
    }
}

#[test]
fn dates_exist_and_are_written_one_way() {
    for value in ["2026-02-30", "22.11.2026", "20261122", "2026-11-22T10:00:00Z", "yesterday", ""] {
        assert_eq!(refused(&study(), "completed_on", json!(value)), ["completed_on type"], "{value}");
    }
}

#[test]
fn text_has_a_length_and_hides_nothing() {
    let study = study();
    for (value, code) in [
        ("x".repeat(201), "too-long"),
        ("a\u{202e}b".to_owned(), "characters"),
        ("a\u{2066}b".to_owned(), "characters"),
        ("   ".to_owned(), "missing"),
        ("\u{200b}\u{3164}\0".to_owned(), "missing"),
    ] {
        assert_eq!(refused(&study, "title", json!(value)), [format!("title {code}")], "{value:?}");
    }
    taken(&study, "title", &json!("é".repeat(200)));
    taken(&study, "title", &json!("عنوان"));
    assert_eq!(taken(&study, "title", &json!("a\nb\tc\0")), Answer::Text("a b c".to_owned()));
    assert_eq!(refused(&study, "reflection", json!("too short")), ["reflection too-short"]);
    taken(&study, "reflection", &json!("line\r\n\tindented\n".repeat(10)));
}

#[test]
fn options_and_confirmations_are_those_of_the_form() {
    assert_eq!(refused(&course(), "format", json!("hybrid")), ["format option"]);
    assert_eq!(refused(&course(), "audience", json!(["nurses", "nurses"])), ["audience twice"]);
    assert_eq!(refused(&course(), "audience", json!([])), ["audience too-few"]);
    assert_eq!(refused(&course(), "audience", json!("nurses")), ["audience type"]);
    assert_eq!(refused(&study(), "attest", json!(false)), ["attest must"]);
    assert_eq!(refused(&study(), "attest", json!("yes")), ["attest type"]);
}

#[test]
fn rows_and_people_report_every_fault_with_its_place() {
    let course = course();
    let rows = json!([{ "title": "Sepsis", "minutes": 0 }, { "colour": "red" }, { "presenter": "nobody" }, 7]);
    assert_eq!(
        refused(&course, "agenda", rows),
        ["agenda/0/minutes too-small", "agenda/1/colour unknown", "agenda/2/presenter email", "agenda/3 type"]
    );
    let both =
        json!({ "name": "Ada", "email": "ada@example.org", "part": "Speaker", "none": true, "disclosure": "Fees" });
    assert_eq!(refused(&course, "faculty", json!([both])), ["faculty/0/disclosure contradiction"]);
    let people = json!([{ "name": "Ada", "email": "ada", "part": "" }]);
    assert_eq!(refused(&course, "faculty", people), ["faculty/0/email email", "faculty/0/part missing"]);
    let ada = json!({ "name": "Ada", "email": "ada@example.org", "part": "Speaker" });
    assert_eq!(refused(&course, "faculty", json!([ada, ada])), ["faculty/1/email twice"]);
    let many: Vec<Value> = (0..101).map(|_| json!({})).collect();
    assert_eq!(refused(&course, "agenda", json!(many)), ["agenda too-many"]);
    assert_eq!(refused(&course, "materials", json!([FILE, FILE])), ["materials twice"]);
    assert_eq!(refused(&course, "materials", json!(["../etc/passwd"])), ["materials/0 type"]);
}

#[test]
fn a_time_of_day_has_hours_and_minutes_and_nothing_else() {
    let course = course();
    let agenda = |starts: &str| json!([{ "starts": starts }]);
    let Answer::Table(rows) = taken(&course, "agenda", &agenda("9:05")) else { panic!("rows") };
    assert_eq!(rows[0]["starts"], Answer::Time(jiff::civil::time(9, 5, 0, 0)));
    for wrong in ["24:00", "9", "0905", "9:5", "09:05:30", "9:05 am", "-1:30", ""] {
        assert_eq!(refused(&course, "agenda", agenda(wrong)), ["agenda/0/starts type"], "{wrong}");
    }
}

/// `field code` of what keeps these rows of the agenda from being sent.
fn kept_back(row: &Value) -> Vec<String> {
    let course = course();
    let answers = Answers([("agenda".to_owned(), taken(&course, "agenda", &json!([row])))].into());
    let faults =
        course.missing(&answers, TODAY, &BTreeSet::new()).into_iter().filter(|fault| fault.field.starts_with("agenda"));
    faults.map(|fault| format!("{} {}", fault.field, fault.code)).collect()
}

#[test]
fn each_row_meets_the_conditions_of_its_table_before_it_is_sent() {
    let row = |more: Value| {
        let mut row = json!({ "title": "Sepsis", "minutes": 105, "credit_minutes": 105 });
        row.as_object_mut().expect("a row").extend(more.as_object().expect("cells").clone());
        row
    };
    assert_eq!(kept_back(&row(json!({}))), [""; 0]);
    assert_eq!(kept_back(&row(json!({ "credit_minutes": 120 }))), ["agenda/0/credit_minutes row"]);
    // What is left empty is held against nobody; what is there is looked at.
    assert_eq!(kept_back(&row(json!({ "starts": "09:00" }))), [""; 0]);
    assert_eq!(kept_back(&row(json!({ "starts": "09:00", "ends": "10:45" }))), [""; 0]);
    assert_eq!(kept_back(&row(json!({ "starts": "09:00", "ends": "10:30" }))), ["agenda/0/minutes row"]);
    assert_eq!(kept_back(&row(json!({ "starts": "11:00", "ends": "10:00" }))), ["agenda/0/minutes row"]);
    let empty = json!({ "title": "Sepsis", "credit_minutes": 120 });
    assert_eq!(kept_back(&empty), ["agenda/0/minutes missing"], "one fault, and not two");
}

#[test]
fn a_fault_of_a_row_says_which_row_and_what_to_do() {
    let course = course();
    let rows = json!([{ "minutes": 60, "credit_minutes": 60 }, { "minutes": 15, "credit_minutes": 600 }]);
    let answers = Answers([("agenda".to_owned(), taken(&course, "agenda", &rows))].into());
    let faults = course.missing(&answers, TODAY, &BTreeSet::new());
    let row = faults.iter().find(|fault| fault.code == "row").expect("600 of 15 minutes");
    assert_eq!(row.field, "agenda/1/credit_minutes");
    assert_eq!(row.message, "row 2 of Agenda: No more minutes count for credit than the session takes.");
}

#[test]
fn a_day_is_within_its_bounds_on_the_day_that_it_is_sent() {
    let study = study();
    let answers = Answers([("completed_on".to_owned(), Answer::Date(date(2026, 11, 22)))].into());
    let code = |today| {
        let found =
            study.missing(&answers, today, &BTreeSet::new()).into_iter().find(|fault| fault.field == "completed_on");
        found.map(|fault| (fault.code, fault.message))
    };
    assert_eq!(code(TODAY), None);
    let told = "Date you finished: choose 21 November 2026 or an earlier day".to_owned();
    assert_eq!(code(date(2026, 11, 21)), Some(("too-late".to_owned(), told)));
}

#[test]
fn what_is_missing_is_listed_in_the_order_of_the_form() {
    let study = study();
    let fields = |answers: &Answers| {
        study.missing(answers, TODAY, &BTreeSet::new()).into_iter().map(|fault| fault.field).collect::<Vec<_>>()
    };
    let all = ["title", "kind", "completed_on", "hours", "credit_type", "reflection", "evidence", "attest"];
    assert_eq!(fields(&Answers::default()), all);
    let messages: Vec<String> =
        study.missing(&Answers::default(), TODAY, &BTreeSet::new()).into_iter().map(|fault| fault.message).collect();
    assert!(messages.iter().any(|message| message == "Certificate, log or notes: add a file"), "{messages:?}");
    // An answer given under an earlier definition is looked at again.
    let old = Answers([("hours".to_owned(), Answer::Decimal("30".parse().expect("a number")))].into());
    assert!(
        study
            .missing(&old, TODAY, &BTreeSet::new())
            .iter()
            .any(|fault| fault.field == "hours" && fault.code == "too-large")
    );
}

#[test]
fn rows_are_complete_and_name_only_people_of_the_form_before_they_are_sent() {
    let course = course();
    let read = |question: &str, value: Value| (question.to_owned(), taken(&course, question, &value));
    let answers = Answers(
        [
            read("faculty", json!([{ "name": "Ada", "email": "ada@example.org", "part": "Speaker" }])),
            read(
                "agenda",
                json!([{ "title": "Sepsis", "minutes": 45, "credit_minutes": 45, "presenter": "eve@example.org" }, {}]),
            ),
        ]
        .into(),
    );
    let missing: Vec<String> = course
        .missing(&answers, TODAY, &BTreeSet::new())
        .into_iter()
        .map(|fault| format!("{} {}", fault.field, fault.code))
        .filter(|fault| fault.starts_with("faculty") || fault.starts_with("agenda"))
        .collect();
    assert_eq!(
        missing,
        [
            "faculty/0/disclosure missing",
            "agenda/0/presenter option",
            "agenda/1/title missing",
            "agenda/1/minutes missing",
            "agenda/1/credit_minutes missing"
        ]
    );
}

/// Any JSON a few levels deep.
fn json() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        ".{0,12}".prop_map(Value::from),
    ];
    leaf.prop_recursive(3, 24, 4, |inner| {
        let keys = prop_oneof![Just("title"), Just("minutes"), Just("email"), Just("name"), Just("part"), Just("x")];
        prop_oneof![
            proptest::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
            proptest::collection::vec((keys.prop_map(str::to_owned), inner), 0..4)
                .prop_map(|fields| Value::Object(fields.into_iter().collect())),
        ]
    })
}

#[test]
fn any_json_is_read_or_refused_and_what_was_read_is_shown_the_same() {
    let (course, study) = (course(), study());
    let mut runner = proptest::test_runner::TestRunner::deterministic();
    let sections = course.form.iter().chain(&study.form);
    for question in sections.flat_map(|section| &section.questions) {
        runner
            .run(&json(), |value| {
                match question.read(&value) {
                    Ok(answer) => prop_assert_eq!(question.read(&question.show(&answer)), Ok(answer)),
                    Err(faults) => prop_assert!(faults.iter().all(|fault| fault.field.starts_with(&question.id))),
                }
                Ok(())
            })
            .unwrap_or_else(|failure| panic!("{}: {failure}", question.id));
    }
}
