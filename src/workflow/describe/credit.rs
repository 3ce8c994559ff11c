//! Credit: what is recorded, offered, taken back.

use super::{asked, step::since};
use crate::{
    domain::phrase::number,
    workflow::{
        Definition,
        definition::{Award, AwardAmount, Beneficiary, CreditChoice, Designate, Earned, Kind, PerHour},
    },
};

pub(super) fn designated(definition: &Definition, state: &str, offered: &Designate) -> String {
    let Designate { credit, maximum, valid, since: from } = offered;
    format!(
        "“{state}” makes it an activity that others complete for {}, at most: {}. It may be offered for {}{}.",
        definition.credit_called(credit),
        maximum.value_told(definition),
        valid.in_words(),
        since(definition, from)
    )
}

pub(super) fn awarded(definition: &Definition, state: &str, award: &Award) -> String {
    let Award { credit, amount, to, earned } = award;
    let amount = match amount {
        AwardAmount::Value(value) => value.value_told(definition),
        AwardAmount::PerHour(hourly) => per_hour(definition, hourly),
    };
    let kind = match credit {
        CreditChoice::Fixed(id) => definition.credit_called(id),
        CreditChoice::Asked(question) => format!("the credit chosen in “{}”", asked(definition, question)),
    };
    let whom = match to {
        Beneficiary::Author => "the author".to_owned(),
        Beneficiary::People(question) => format!("everybody named in “{}”", asked(definition, question)),
    };
    let earned = match earned {
        Earned::Now => "on that day".to_owned(),
        Earned::Answer(question) => format!("on the day given in “{}”", asked(definition, question)),
    };
    format!("“{state}” records {kind} for {whom}: {amount}, earned {earned}.")
}

fn per_hour(definition: &Definition, hourly: &PerHour) -> String {
    let PerHour { per_hour, table, minutes, person, only } = hourly;
    let column = |id: &str| {
        let columns = match definition.question(table).map(|table| &table.kind) {
            Some(Kind::Table { columns, .. }) => columns.as_slice(),
            _ => &[],
        };
        let found = columns.iter().find(|column| column.id == id);
        format!("“{}”", found.map_or(id, |column| column.label.as_str()))
    };
    let whose = person.as_deref().map(|person| format!(" that name the person in {}", column(person)));
    let only = only.as_deref().map(|only| format!(" and have yes in {}", column(only)));
    format!(
        "{} for each hour of {} in the rows of “{}”{}{}",
        number(*per_hour),
        column(minutes),
        asked(definition, table),
        whose.unwrap_or_default(),
        only.unwrap_or_default()
    )
}
