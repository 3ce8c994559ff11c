//! From stored answers to what would have been typed, so that a form has one source whatever it shows.

use super::{FormData, read::NONE_DECLARED};
use crate::{
    domain::{Answer, Answers, Named},
    present::words,
};

impl FormData {
    /// What somebody would have typed to give these answers.
    pub(crate) fn of(answers: &Answers) -> Self {
        let mut typed = Self::default();
        for (question, answer) in &answers.0 {
            typed.write(question, answer);
        }
        typed
    }

    fn write(&mut self, name: &str, answer: &Answer) {
        match answer {
            Answer::Text(text) | Answer::Choice(text) => self.push(name, text.clone()),
            Answer::Integer(number) => self.push(name, number.to_string()),
            Answer::Decimal(number) => self.push(name, words::number(*number)),
            Answer::Date(date) => self.push(name, date.to_string()),
            Answer::Time(time) => self.push(name, time.strftime("%H:%M").to_string()),
            Answer::YesNo(yes) => self.push(name, if *yes { "yes" } else { "no" }.to_owned()),
            Answer::Choices(chosen) => chosen.iter().for_each(|id| self.push(name, id.clone())),
            Answer::Table(rows) => {
                for (number, row) in rows.iter().enumerate() {
                    for (column, cell) in row {
                        self.write(&format!("{name}/{number}/{column}"), cell);
                    }
                }
            }
            Answer::People(people) => {
                for (number, person) in people.iter().enumerate() {
                    self.write_person(&format!("{name}/{number}"), person);
                }
            }
            Answer::Files(_) => {}
        }
    }

    fn write_person(&mut self, row: &str, person: &Named) {
        self.push(&format!("{row}/name"), person.name.clone());
        self.push(&format!("{row}/email"), person.email.to_string());
        self.push(&format!("{row}/part"), person.part.clone());
        match person.disclosure.as_deref() {
            Some("") => self.push(&format!("{row}/{NONE_DECLARED}"), "yes".to_owned()),
            Some(text) => self.push(&format!("{row}/disclosure"), text.to_owned()),
            None => {}
        }
    }

    fn push(&mut self, name: &str, value: String) {
        self.0.push((name.to_owned(), value));
    }
}
