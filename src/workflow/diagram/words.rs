//! Ids, causes and lengths of time as people say them.

use jiff::Span;

use crate::workflow::{
    Condition,
    definition::{Length, Transition, Trigger, Wait},
};

/// `coi-officer` as "coi officer".
pub(super) fn of_id(id: &str) -> String {
    id.replace(['-', '_'], " ")
}

/// Who or what sets a transition off.
pub(super) fn cause(way: &Transition) -> String {
    match &way.trigger {
        Trigger::By(roles) => roles.iter().map(String::as_str).map(of_id).collect::<Vec<_>>().join(" or "),
        Trigger::After(wait) => waited(wait),
        Trigger::Auto => match way.when.as_ref().and_then(Condition::in_words) {
            Some(when) => format!("by itself: {when}"),
            None => "by itself".to_owned(),
        },
    }
}

/// `P30D` as "after 30 days".
fn waited(wait: &Wait) -> String {
    match wait {
        Wait::Length(length) => format!("after {}", in_units(length)),
        Wait::BusinessDays { business_days: 1 } => "after 1 business day".to_owned(),
        Wait::BusinessDays { business_days } => format!("after {business_days} business days"),
        Wait::Meeting { meeting } => format!("at the next {} meeting", of_id(meeting)),
    }
}

/// `P30D` as "30 days".
fn in_units(length: &Length) -> String {
    let Ok(span) = length.0.parse::<Span>() else { return length.0.clone() };
    let parts = [
        (i64::from(span.get_years()), "year"),
        (i64::from(span.get_months()), "month"),
        (i64::from(span.get_weeks()), "week"),
        (i64::from(span.get_days()), "day"),
        (i64::from(span.get_hours()), "hour"),
        (span.get_minutes(), "minute"),
    ];
    let said: Vec<String> = parts
        .into_iter()
        .filter(|(count, _)| *count != 0)
        .map(|(count, unit)| format!("{count} {unit}{}", if count == 1 { "" } else { "s" }))
        .collect();
    if said.is_empty() { length.0.clone() } else { said.join(" and ") }
}
