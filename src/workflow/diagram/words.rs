//! Ids, causes and lengths of time as people say them.

use jiff::Span;

use crate::workflow::{
    Condition,
    definition::{Transition, Trigger, Wait},
};

/// `coi-officer` as "coi officer".
pub(super) fn of_id(id: &str) -> String {
    id.replace(['-', '_'], " ")
}

/// Who or what sets a transition off.
pub(super) fn cause(way: &Transition) -> String {
    match &way.trigger {
        Trigger::By(roles) => roles.iter().map(String::as_str).map(of_id).collect::<Vec<_>>().join(" or "),
        Trigger::After(wait) => format!("after {}", length(wait)),
        Trigger::Auto => match way.when.as_ref().and_then(Condition::in_words) {
            Some(when) => format!("by itself: {when}"),
            None => "by itself".to_owned(),
        },
    }
}

/// `P30D` as "30 days".
fn length(wait: &Wait) -> String {
    let Ok(span) = wait.0.parse::<Span>() else { return wait.0.clone() };
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
    if said.is_empty() { wait.0.clone() } else { said.join(" and ") }
}
