//! What has to hold in each row of a table.

use std::collections::{BTreeMap, BTreeSet};

use uuid::Uuid;

use super::{Among, FieldFault};
use crate::{
    domain::{Answers, PersonId, Row},
    workflow::{
        Item,
        condition::{RowScope, Scope},
        definition::{Kind, Question, Requirement},
    },
};

/// The first condition that each row breaks, at the first column that it reads. A row that is not filled in yet breaks
/// only what no answer could mend.
pub(super) fn unmet(question: &Question, rows: &[Row], among: Among<'_>) -> Vec<FieldFault> {
    let Kind::Table { columns, each, .. } = &question.kind else { return Vec::new() };
    let Among { definition, answers, today, .. } = among;
    let (decided, item) = (Answers::default(), Item::of(PersonId(Uuid::nil())));
    let records = BTreeMap::new();
    let names: BTreeSet<&str> = columns.iter().map(|column| column.id.as_str()).collect();
    let scope = |cells| Scope {
        answers,
        decided: &decided,
        item: &item,
        limits: &definition.limits,
        records: &records,
        today,
        row: Some(RowScope { cells, columns: &names }),
        symbolic: None,
    };
    let broken = |row| each.iter().find(|needed| needed.condition.is_refuted(&scope(row)));
    let fault = |(at, needed): (usize, &Requirement)| {
        let column = needed.condition.asks().into_iter().find(|name| columns.iter().any(|column| column.id == *name));
        let field = format!("{}/{at}/{}", question.id, column.unwrap_or_default());
        let reason = needed
            .reason
            .clone()
            .unwrap_or_else(|| format!("this is not met yet: {}", needed.condition.told_of_rows(definition, columns)));
        FieldFault::new(&field, "row", format!("row {} of {}: {reason}", at.saturating_add(1), question.label))
    };
    rows.iter().enumerate().filter_map(|(at, row)| Some((at, broken(row)?))).map(fault).collect()
}
