//! From an answer to JSON.

use serde_json::{Map, Value, json};

use crate::domain::{Answer, Named};

pub(super) fn show(answer: &Answer) -> Value {
    match answer {
        Answer::Text(text) | Answer::Choice(text) => json!(text),
        Answer::Integer(number) => json!(number),
        // As text: a JSON number would pass through binary fractions elsewhere.
        Answer::Decimal(number) => json!(number.to_string()),
        Answer::Date(date) => json!(date.to_string()),
        Answer::Time(time) => json!(time.strftime("%H:%M").to_string()),
        Answer::YesNo(value) => json!(value),
        Answer::Choices(chosen) => json!(chosen),
        Answer::Table(rows) => rows
            .iter()
            .map(|row| Value::Object(row.iter().map(|(column, cell)| (column.clone(), show(cell))).collect()))
            .collect(),
        Answer::People(people) => people.iter().map(person).collect(),
        Answer::Files(files) => files.iter().map(|file| json!(file.to_string())).collect(),
    }
}

fn person(person: &Named) -> Value {
    let mut fields = Map::from_iter([
        ("name".to_owned(), json!(person.name)),
        ("email".to_owned(), json!(person.email.as_str())),
        ("part".to_owned(), json!(person.part)),
    ]);
    if let Some(disclosure) = &person.disclosure {
        fields.insert("disclosure".to_owned(), json!(disclosure));
    }
    Value::Object(fields)
}
