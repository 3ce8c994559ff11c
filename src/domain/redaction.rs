//! Taking a person out of what is written: another address in the place of theirs, and another name where none is kept.

use serde::{Deserialize, Serialize};
use strum::{EnumString, IntoStaticStr, VariantArray};

use super::{Answer, Answers, Email, PersonId};

/// How much of a person goes.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, IntoStaticStr, EnumString, VariantArray,
)]
#[serde(rename_all = "kebab-case")]
#[strum(serialize_all = "kebab-case")]
pub enum Depth {
    /// Name and credentials stay where they decided, were credited or are named in what was sent.
    Restricted,
    /// Nothing is left that says who it was.
    Anonymised,
}

/// Whom to take out, and how far.
#[derive(Clone, Debug)]
pub struct Redaction {
    /// Who.
    pub person: PersonId,
    /// The address that goes.
    pub email: Email,
    /// Those that they had before, which go too.
    pub former: Vec<Email>,
    /// The name that goes, or stays on record.
    pub name: String,
    /// How far.
    pub depth: Depth,
}

impl Redaction {
    /// The same person with nothing left.
    #[must_use]
    pub fn whole(&self) -> Self {
        Self { depth: Depth::Anonymised, ..self.clone() }
    }

    /// What the person is called from now on.
    #[must_use]
    pub fn called(&self) -> String {
        match self.depth {
            Depth::Restricted => self.name.clone(),
            Depth::Anonymised => self.person.pseudonym(),
        }
    }

    /// Every address that goes.
    pub fn addresses(&self) -> impl Iterator<Item = &Email> {
        std::iter::once(&self.email).chain(&self.former)
    }

    /// A text without the addresses.
    #[must_use]
    pub fn text(&self, text: &str) -> String {
        let part = |c: char| c.is_alphanumeric() || matches!(c, '.' | '_' | '%' | '+' | '-' | '@');
        let alias = Email::of_erased(self.person);
        self.addresses().fold(text.to_owned(), |text, email| replaced(&text, email.as_str(), alias.as_str(), part))
    }

    /// A text without address and name: what the program itself wrote about a person, which is no record.
    #[must_use]
    pub fn notice(&self, text: &str) -> String {
        let text = self.text(text);
        if self.name.trim().is_empty() {
            return text;
        }
        replaced(&text, &self.name, &self.person.pseudonym(), char::is_alphanumeric)
    }

    /// The same in HTML, where some signs of a name stand as entities.
    #[must_use]
    pub fn markup(&self, html: &str) -> String {
        let signs = [("&", "&amp;"), ("<", "&lt;"), (">", "&gt;"), ("\"", "&quot;"), ("'", "&#39;")];
        let name = signs.into_iter().fold(self.name.clone(), |name, (sign, entity)| name.replace(sign, entity));
        Self { name, ..self.clone() }.notice(html)
    }

    /// Takes the person out of answers.
    pub fn answers(&self, answers: &mut Answers) {
        answers.0.values_mut().for_each(|answer| self.answer(answer));
    }

    fn answer(&self, answer: &mut Answer) {
        match answer {
            Answer::Text(text) => *text = self.text(text),
            Answer::Table(rows) => rows.iter_mut().flat_map(|row| row.values_mut()).for_each(|cell| self.answer(cell)),
            Answer::People(people) => {
                for named in people.iter_mut().filter(|named| self.addresses().any(|email| *email == named.email)) {
                    named.email = Email::of_erased(self.person);
                    named.name = self.called();
                    if self.depth == Depth::Anonymised {
                        named.disclosure = None;
                    }
                }
            }
            Answer::Integer(_)
            | Answer::Decimal(_)
            | Answer::Date(_)
            | Answer::Time(_)
            | Answer::YesNo(_)
            | Answer::Choice(_)
            | Answer::Choices(_)
            | Answer::Files(_) => {}
        }
    }
}

/// Puts one text in the place of another wherever that stands by itself, whatever its case in ASCII.
fn replaced(text: &str, from: &str, to: &str, part: impl Fn(char) -> bool) -> String {
    let mut kept = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(next) = rest.chars().next() {
        let stands = rest.get(..from.len()).filter(|here| here.eq_ignore_ascii_case(from));
        let after = stands.and_then(|_| rest.get(from.len()..));
        let alone = |after: &str| {
            // A full stop at the end of a sentence is no part of an address.
            let mut after = after.chars();
            let follows = match after.next() {
                Some('.') => after.next().filter(|c| c.is_alphanumeric()),
                other => other,
            };
            !kept.chars().next_back().is_some_and(&part) && !follows.is_some_and(&part)
        };
        if let Some(after) = after.filter(|after| alone(after)) {
            kept.push_str(to);
            rest = after;
        } else {
            kept.push(next);
            rest = rest.get(next.len_utf8()..).unwrap_or_default();
        }
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::Named;

    fn ana() -> Redaction {
        Redaction {
            person: PersonId(uuid::Uuid::from_u128(0x7F3A)),
            email: "ana@x.example".parse().expect("an address"),
            former: vec!["ana@before.example".parse().expect("an address")],
            name: "Ana Ruiz".to_owned(),
            depth: Depth::Restricted,
        }
    }

    /// Seen to fail: without looking at what stands beside it, `susana@x.example` lost its end.
    #[test]
    fn only_the_person_goes() {
        let alias = Email::of_erased(ana().person);
        assert_eq!(
            ana().text("Ask Ana@X.example. Not susana@x.example, ana@x.example.org or Ana Ruiz."),
            format!("Ask {alias}. Not susana@x.example, ana@x.example.org or Ana Ruiz.")
        );
        assert_eq!(ana().notice("Ana Ruiz, MD: Ana Ruizova; (Ana Ruiz)"), {
            let name = "Erased person 7F3A";
            format!("{name}, MD: Ana Ruizova; ({name})")
        });
        assert_eq!(ana().notice("Ä Ana Ruiz ö"), "Ä Erased person 7F3A ö");
    }

    #[test]
    fn who_stays_on_record_keeps_the_name_and_loses_the_address_everywhere_alike() {
        let named = |email: &str, name: &str| Named {
            name: name.to_owned(),
            email: email.parse().expect("an address"),
            part: "Speaker".to_owned(),
            disclosure: Some("shares".to_owned()),
        };
        let people = Answer::People(vec![named("ana@x.example", "Ana Ruiz"), named("bo@x.example", "Bo")]);
        let cell = Answer::Table(vec![[("who".to_owned(), Answer::Text("ana@x.example".to_owned()))].into()]);
        let mut answers = Answers([("people".to_owned(), people), ("sessions".to_owned(), cell)].into());
        ana().answers(&mut answers);
        let alias = Email::of_erased(ana().person);
        let text = serde_json::to_string(&answers).expect("JSON");
        assert_eq!(text.matches(alias.as_str()).count(), 2, "a row still names who is named: {text}");
        assert!(text.contains("Ana Ruiz") && text.contains("shares") && !text.contains("ana@"), "{text}");
        // What was restricted can go whole later: by its new address.
        let whole = Redaction { email: alias, ..ana().whole() };
        whole.answers(&mut answers);
        let text = serde_json::to_string(&answers).expect("JSON");
        assert!(text.contains("Erased person 7F3A") && !text.contains("Ana"), "{text}");
        assert_eq!(text.matches("shares").count(), 1, "the other one's stays: {text}");
    }
}
