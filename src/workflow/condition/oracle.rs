//! The `cel` crate as an oracle: what both accept means the same.

use std::collections::BTreeMap;

use cel::{Context, Program, Value as Cel};
use indexmap::IndexMap;
use jiff::civil::date;
use proptest::prelude::*;
use rust_decimal::Decimal;
use uuid::Uuid;

use super::{Condition, Scope, Type, Value, Vocabulary};
use crate::{
    domain::{Answer, Answers, PersonId},
    workflow::Item,
};

/// Decimals in quarters only: exact in binary fractions too, which is all that CEL has.
fn number() -> impl Strategy<Value = String> {
    prop_oneof![
        (0_i32..40).prop_map(|quarters| format!("{:.2}", f64::from(quarters) / 4.0)),
        Just("hours".to_owned()),
        Just("limit_hours".to_owned()),
    ]
}

fn arithmetic() -> impl Strategy<Value = String> {
    number().prop_recursive(3, 8, 2, |inner| {
        prop_oneof![
            (inner.clone(), prop_oneof![Just("+"), Just("-"), Just("*")], inner.clone())
                .prop_map(|(left, sign, right)| format!("{left} {sign} {right}")),
            inner.clone().prop_map(|inner| format!("({inner})")),
            inner.prop_map(|inner| format!("-({inner})")),
        ]
    })
}

fn condition() -> impl Strategy<Value = String> {
    let order = || prop_oneof![Just("=="), Just("!="), Just("<"), Just("<="), Just(">"), Just(">=")];
    let text = || prop_oneof![Just("'live'"), Just("'enduring'"), Just("format")];
    let simple = prop_oneof![
        4 => (arithmetic(), order(), arithmetic()).prop_map(|(left, sign, right)| format!("{left} {sign} {right}")),
        2 => (text(), prop_oneof![Just("=="), Just("!=")], text()).prop_map(|(left, sign, right)| format!("{left} {sign} {right}")),
        1 => text().prop_map(|text| format!("{text} in ['live', 'x']")),
        1 => Just("attest".to_owned()),
        1 => Just("true".to_owned()),
        1 => Just("size(format) == 4".to_owned()),
    ];
    simple.prop_recursive(4, 24, 2, |inner| {
        prop_oneof![
            (inner.clone(), prop_oneof![Just("&&"), Just("||")], inner.clone())
                .prop_map(|(left, sign, right)| format!("{left} {sign} {right}")),
            inner.clone().prop_map(|inner| format!("({inner})")),
            inner.clone().prop_map(|inner| format!("!({inner})")),
            inner.prop_map(|inner| format!("!!({inner})")),
        ]
    })
}

fn ours(source: &str, hours: i64, attest: bool) -> Option<bool> {
    let mut condition = Condition::parse(source).ok()?;
    let vocabulary = Vocabulary {
        questions: BTreeMap::from([
            ("hours".to_owned(), Type::Number),
            ("limit_hours".to_owned(), Type::Number),
            ("attest".to_owned(), Type::YesNo),
            ("format".to_owned(), Type::Text(None)),
        ]),
        ..Vocabulary::default()
    };
    condition.check(&vocabulary).ok()?;
    let answers = Answers(BTreeMap::from([
        ("hours".to_owned(), Answer::Decimal(Decimal::new(hours * 25, 2))),
        ("limit_hours".to_owned(), Answer::Decimal(Decimal::new(800, 2))),
        ("attest".to_owned(), Answer::YesNo(attest)),
        ("format".to_owned(), Answer::Text("live".to_owned())),
    ]));
    let item = Item::of(PersonId(Uuid::nil()));
    let limits = IndexMap::new();
    let records = BTreeMap::new();
    let scope = Scope {
        answers: &answers,
        decided: &answers,
        item: &item,
        limits: &limits,
        records: &records,
        today: date(2026, 11, 22),
        row: None,
        symbolic: None,
    };
    match condition.evaluate(&scope) {
        Ok(Value::YesNo(value)) => Some(value),
        _ => None,
    }
}

fn theirs(source: &str, hours: i64, attest: bool) -> Option<bool> {
    let program = Program::compile(source).ok()?;
    let mut context = Context::default();
    let quarters = i32::try_from(hours).expect("few");
    context.add_variable_from_value("hours", f64::from(quarters) / 4.0);
    context.add_variable_from_value("limit_hours", 8.0);
    context.add_variable_from_value("attest", attest);
    context.add_variable_from_value("format", "live");
    match program.execute(&context).ok()? {
        Cel::Bool(value) => Some(value),
        _ => None,
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_both_accept_means_the_same(source in condition(), hours in 0_i64..80, attest in any::<bool>()) {
        prop_assume!(source.len() <= super::MOST_BYTES);
        let ours = ours(&source, hours, attest);
        let theirs = theirs(&source, hours, attest);
        prop_assert!(theirs.is_some(), "the oracle takes {source}");
        prop_assert_eq!(ours, theirs, "{}", source);
    }
}

#[test]
fn what_neither_knows_both_refuse() {
    for source in ["hours >", "(hours", "hours > 'a' 'b'", "1 +", "&& attest", "format == \"live"] {
        assert_eq!((ours(source, 1, true), theirs(source, 1, true)), (None, None), "{source}");
    }
}
