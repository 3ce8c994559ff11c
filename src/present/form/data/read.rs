//! From what was typed to the plain JSON that answers are read from, kind by kind.
//!
//! Nothing typed is nothing answered (`null`). What is no number or date stays the text it is, so that the fault can say so.

use serde_json::{Map, Value};

use super::FormData;
use crate::{
    usecase::submission::Changes,
    workflow::{
        About, ChangeAsked, FieldFault,
        definition::{Kind, Question},
    },
};

/// The box that says "no financial relationships": an empty disclosure has to be declared, not left blank.
pub(crate) const NONE_DECLARED: &str = "none";

impl FormData {
    /// What was typed for a question whose fields are named after `name`.
    pub(crate) fn json(&self, question: &Question, name: &str) -> Value {
        match &question.kind {
            Kind::Text { .. }
            | Kind::LongText { .. }
            | Kind::Date { .. }
            | Kind::Time
            | Kind::Decimal { .. }
            | Kind::Choice { .. }
            | Kind::Person { .. } => self.get(name).map_or(Value::Null, Value::from),
            Kind::Integer { .. } => self
                .get(name)
                .map_or(Value::Null, |text| text.parse::<i64>().map_or_else(|_| Value::from(text), Value::from)),
            Kind::YesNo { .. } => match self.get(name) {
                None => Value::Null,
                Some("yes") => Value::Bool(true),
                Some("no") => Value::Bool(false),
                Some(other) => Value::from(other),
            },
            Kind::Choices { .. } | Kind::Rows { .. } => {
                let chosen: Vec<&str> = self.all(name).filter(|id| !id.is_empty()).collect();
                if chosen.is_empty() { Value::Null } else { Value::from(chosen) }
            }
            Kind::Table { columns, .. } => self.table(name, |row| {
                let cells = columns
                    .iter()
                    .map(|column| (column.id.clone(), self.json(column, &format!("{row}/{}", column.id))));
                cells.filter(|(_, value)| !value.is_null()).collect()
            }),
            Kind::People { disclosure, .. } => self.table(name, |row| self.person(row, *disclosure)),
            Kind::Files { .. } => Value::Null,
        }
    }

    /// What was typed for several questions, as plain JSON by id; the prefix ends with `/` or is empty. Files are left out.
    pub(crate) fn changes(&self, questions: &[Question], prefix: &str) -> Changes {
        let typed = questions.iter().filter(|question| !matches!(question.kind, Kind::Files { .. }));
        typed.map(|question| (question.id.clone(), self.json(question, &format!("{prefix}{}", question.id)))).collect()
    }

    /// The changes asked of the author, row by row; a row about nothing or without words is a fault.
    pub(crate) fn requests(&mut self) -> Result<Vec<ChangeAsked>, Vec<FieldFault>> {
        self.close_gaps("requests");
        let mut asked = Vec::new();
        let mut faults = Vec::new();
        for row in self.rows("requests") {
            let (about, text) = (format!("requests/{row}/about"), format!("requests/{row}/text"));
            let subject = self.get(&about).and_then(subject);
            let words = self.get(&text);
            if subject.is_none() {
                faults.push(fault(about, "choose the question or file that is to change"));
            }
            if words.is_none() {
                faults.push(fault(text, "say what is to change, and why"));
            }
            asked.extend(subject.zip(words).map(|(about, text)| ChangeAsked { about, text: text.to_owned() }));
        }
        if faults.is_empty() { Ok(asked) } else { Err(faults) }
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
        let declared = self.get(&format!("{row}/disclosure")).map(str::to_owned);
        let none = self.get(&format!("{row}/{NONE_DECLARED}")).map(|_| Value::Bool(true));
        if disclosure {
            person.extend(declared.map(|declared| ("disclosure".to_owned(), Value::from(declared))));
            person.extend(none.map(|none| (NONE_DECLARED.to_owned(), none)));
        }
        person
    }
}

/// What `question:hours` or `document:0192…` is about.
fn subject(text: &str) -> Option<About> {
    match text.split_once(':')? {
        ("question", id) => Some(About::Question(id.to_owned())),
        ("document", id) => id.parse().ok().map(About::Document),
        _ => None,
    }
}

fn fault(field: String, message: &str) -> FieldFault {
    FieldFault { field, code: "missing".to_owned(), message: message.to_owned() }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn question(id: &str, kind: Kind) -> Question {
        Question { id: id.to_owned(), label: id.to_owned(), hint: None, optional: false, kind }
    }

    fn typed(pairs: &[(&str, &str)]) -> FormData {
        FormData(pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect())
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
            each: Vec::new(),
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
                { "name": "Jonas Lindqvist", "none": true },
                { "name": "Miriam Adeyemi", "disclosure": "Fees from Sonolyte", "none": true },
            ])
        );
        assert_eq!(form.json(&faculty(false), "faculty")[1], json!({ "name": "Jonas Lindqvist" }));
    }

    #[test]
    fn changes_are_asked_row_by_row_and_half_a_row_is_a_fault() {
        let mut whole = typed(&[
            ("requests/0/about", ""),
            ("requests/0/text", " "),
            ("requests/3/about", "question:hours"),
            ("requests/3/text", "which is right?"),
        ]);
        let asked = ChangeAsked { about: About::Question("hours".to_owned()), text: "which is right?".to_owned() };
        assert_eq!(whole.requests(), Ok(vec![asked]));
        let mut half = typed(&[("requests/0/about", "question:hours"), ("requests/1/text", "why?")]);
        let fields: Vec<String> = half.requests().unwrap_err().into_iter().map(|fault| fault.field).collect();
        assert_eq!(fields, ["requests/0/text", "requests/1/about"]);
    }
}
