//! Credit: what is recorded, offered, taken back.

use super::{asked, step::since};
use crate::{
    http::show::word,
    workflow::{
        Definition,
        definition::{Award, AwardAmount, Beneficiary, CreditChoice, Designate, Earned, Kind, PerHour},
    },
};

pub(super) fn credit(definition: &Definition) -> Vec<String> {
    let told = definition.states.iter().flat_map(|(id, state)| {
        let name = definition.state_called(id);
        let award = state.award.as_ref().map(|award| awarded(definition, &name, award));
        let offered = state.designate.as_ref().map(|offered| designated(definition, &name, offered));
        let stops = state.stops_credit.then(|| format!("“{name}” takes back what was recorded."));
        let ends = state.stops_offer.then(|| format!("“{name}” ends its being offered; credit stands."));
        [award, offered, stops, ends].into_iter().flatten()
    });
    told.collect()
}

fn designated(definition: &Definition, state: &str, offered: &Designate) -> String {
    format!(
        "“{state}” makes it an activity that others complete for {}, at most: {}. It may be offered for {}{}.",
        name(definition, &offered.credit),
        offered.maximum.value_told(definition),
        offered.valid.in_words(),
        since(definition, &offered.since)
    )
}

fn awarded(definition: &Definition, state: &str, award: &Award) -> String {
    let amount = match &award.amount {
        AwardAmount::Value(value) => value.value_told(definition),
        AwardAmount::PerHour(hourly) => per_hour(definition, hourly),
    };
    let kind = match &award.credit {
        CreditChoice::Fixed(id) => name(definition, id),
        CreditChoice::Asked(question) => format!("the credit chosen in “{}”", asked(definition, question)),
    };
    let whom = match &award.to {
        Beneficiary::Author => "the author".to_owned(),
        Beneficiary::People(question) => format!("everybody named in “{}”", asked(definition, question)),
    };
    let earned = match &award.earned {
        Earned::Now => "on that day".to_owned(),
        Earned::Answer(question) => format!("on the day given in “{}”", asked(definition, question)),
    };
    format!("“{state}” records {kind} for {whom}: {amount}, earned {earned}.")
}

fn per_hour(definition: &Definition, hourly: &PerHour) -> String {
    let column = |id: &str| {
        let columns = match definition.question(&hourly.table).map(|table| &table.kind) {
            Some(Kind::Table { columns, .. }) => columns.as_slice(),
            _ => &[],
        };
        let found = columns.iter().find(|column| column.id == id);
        format!("“{}”", found.map_or(id, |column| column.label.as_str()))
    };
    let whose = hourly.person.as_deref().map(|person| format!(" that name the person in {}", column(person)));
    let only = hourly.only.as_deref().map(|only| format!(" and have yes in {}", column(only)));
    format!(
        "{} for each hour of {} in the rows of “{}”{}{}",
        word::number(hourly.per_hour),
        column(&hourly.minutes),
        asked(definition, &hourly.table),
        whose.unwrap_or_default(),
        only.unwrap_or_default()
    )
}

pub(super) fn name(definition: &Definition, id: &str) -> String {
    definition.credits.get(id).map_or_else(|| id.to_owned(), |credit| credit.name.clone())
}
