//! From what was typed to the plain JSON that answers are read from, kind by kind.
//!
//! Nothing typed is nothing answered (`null`). What is no number or date stays the text it is, so that the fault can say so.

use serde_json::{Map, Value};

use super::Typed;
use crate::{
    domain::Answers,
    workflow::{
        FieldFault,
        definition::{Kind, Question},
    },
};

/// The box that says "no financial relationships": an empty disclosure has to be declared, not left blank.
pub(in crate::http) const NONE_DECLARED: &str = "none";

impl Typed {
    /// What was typed for a question whose fields are named after `name`.
    pub(in crate::http) fn json(&self, question: &Question, name: &str) -> Value {
        match &question.kind {
            Kind::Text { .. } | Kind::Date | Kind::Decimal { .. } | Kind::Choice { .. } | Kind::Person { .. } => {
                self.get(name).map_or(Value::Null, Value::from)
            }
            Kind::LongText { .. } => self.get(name).map_or(Value::Null, |text| Value::from(text.replace("\r\n", "\n"))),
            Kind::Integer { .. } => self.get(name).map_or(Value::Null, |text| {
                text.parse::<i64>().map_or_else(|_| Value::from(text), Value::from)
            }),
            Kind::YesNo { .. } => match self.get(name) {
                None => Value::Null,
                Some("yes") => Value::Bool(true),
                Some("no") => Value::Bool(false),
                Some(other) => Value::from(other),
            },
            Kind::Choices { .. } => {
                let chosen: Vec<&str> = self.all(name).filter(|id| !id.is_empty()).collect();
                if chosen.is_empty() { Value::Null } else { Value::from(chosen) }
            }
            Kind::Table { columns, .. } => self.table(name, |row| {
                let cells = columns.iter().map(|column| (column.id.clone(), self.json(column, &format!("{row}/{}", column.id))));
                cells.filter(|(_, value)| !value.is_null()).collect()
            }),
            Kind::People { disclosure, .. } => self.table(name, |row| self.person(row, *disclosure)),
            Kind::Files { .. } => Value::Null,
        }
    }

    /// Answers to questions that are asked all at once, as a decision's or a rubric's; the prefix ends with `/`.
    pub(in crate::http) fn answers(&self, questions: &[Question], prefix: &str) -> Result<Answers, Vec<FieldFault>> {
        let mut answers = Answers::default();
        let mut faults = Vec::new();
        for question in questions {
            match self.json(question, &format!("{prefix}{}", question.id)) {
                Value::Null => {}
                value => match question.read(&value) {
                    Ok(answer) => {
                        answers.0.insert(question.id.clone(), answer);
                    }
                    Err(wrong) => faults.extend(wrong),
                },
            }
        }
        if faults.is_empty() { Ok(answers) } else { Err(faults) }
    }

    fn table(&self, name: &str, row: impl Fn(&str) -> Map<String, Value>) -> Value {
        let rows: Vec<Value> =
            self.rows(name).into_iter().map(|number| Value::Object(row(&format!("{name}/{number}")))).collect();
        if rows.is_empty() { Value::Null } else { Value::from(rows) }
    }

    fn person(&self, row: &str, disclosure: bool) -> Map<String, Value> {
        let mut person: Map<String, Value> = ["name", "email", "part"]
            .into_iter()
            .filter_map(|field| Some((field.to_owned(), Value::from(self.get(&format!("{row}/{field}"))?))))
            .collect();
        let declared = self.get(&format!("{row}/disclosure")).map(|text| text.replace("\r\n", "\n"));
        let none = self.get(&format!("{row}/{NONE_DECLARED}")).map(|_| String::new());
        if let Some(declared) = declared.or(none).filter(|_| disclosure) {
            person.insert("disclosure".to_owned(), Value::from(declared));
        }
        person
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn question(id: &str, kind: Kind) -> Question {
        Question { id: id.to_owned(), label: id.to_owned(), hint: None, optional: false, kind }
    }

    fn typed(pairs: &[(&str, &str)]) -> Typed {
        Typed(pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect())
    }

    #[test]
    fn each_kind_is_read_as_its_plain_json_and_nothing_typed_is_null() {
        let text = Kind::Text { min: None, max: 200 };
        let whole = || Kind::Integer { min: None, max: None };
        let several = Kind::Choices { options: indexmap::IndexMap::new(), min: None, max: None };
        let agenda = Kind::Table {
            columns: vec![question("title", text.clone()), question("minutes", whole())],
            min: None,
            max: 100,
        };
        let form = typed(&[
            ("title", "  Diabetes  "),
            ("minutes", "45"),
            ("half", "4½"),
            ("hours", "6.50"),
            ("attest", "yes"),
            ("needs", "knowledge"),
            ("needs", "competence"),
            ("agenda/0/title", "Lungs"),
            ("agenda/0/minutes", "90"),
            ("agenda/1/title", ""),
            ("agenda/4/title", "Cases"),
        ]);
        let read = |id: &str, kind: Kind| form.json(&question(id, kind), id);
        assert_eq!(read("title", text.clone()), json!("Diabetes"));
        assert_eq!(read("minutes", whole()), json!(45));
        assert_eq!(read("half", whole()), json!("4½"));
        assert_eq!(read("hours", Kind::Decimal { min: None, max: None, step: None }), json!("6.50"));
        assert_eq!(read("attest", Kind::YesNo { must: true }), json!(true));
        assert_eq!(read("needs", several), json!(["knowledge", "competence"]));
        assert_eq!(read("agenda", agenda), json!([{ "title": "Lungs", "minutes": 90 }, { "title": "Cases" }]));
        assert_eq!(read("missing", text), json!(null));
        assert_eq!(read("missing", Kind::YesNo { must: false }), json!(null));
    }

    #[test]
    fn that_there_is_nothing_to_disclose_has_to_be_said() {
        let faculty = |disclosure| question("faculty", Kind::People { min: None, max: 50, disclosure });
        let form = typed(&[
            ("faculty/0/name", "Amara Okafor"),
            ("faculty/0/email", "a@example.org"),
            ("faculty/1/name", "Jonas Lindqvist"),
            ("faculty/1/none", "yes"),
            ("faculty/2/name", "Miriam Adeyemi"),
            ("faculty/2/none", "yes"),
            ("faculty/2/disclosure", "Fees from Sonolyte"),
        ]);
        assert_eq!(
            form.json(&faculty(true), "faculty"),
            json!([
                { "name": "Amara Okafor", "email": "a@example.org" },
                { "name": "Jonas Lindqvist", "disclosure": "" },
                { "name": "Miriam Adeyemi", "disclosure": "Fees from Sonolyte" },
            ])
        );
        assert_eq!(form.json(&faculty(false), "faculty")[1], json!({ "name": "Jonas Lindqvist" }));
    }
}
