//! Somebody who is named, field by field, with their disclosure where one is asked for.

use super::{Control, Field, Input, Sheet};
use crate::present::form::data::NONE_DECLARED;

impl Sheet<'_> {
    /// How it stands with the disclosure of the person of a row, and what it means to write it for them.
    fn asked(&self, row: &str) -> String {
        const RULE: &str = "Who is asked states it themselves: ask on the page Disclosures. What you write here for somebody else is \
                            marked as written by you.";
        let email = self.typed.text(&format!("{row}/email")).to_lowercase();
        let known = self.disclosed.iter().find(|(known, _)| *known == email);
        known.map_or_else(|| RULE.to_owned(), |(_, words)| format!("{words}. {RULE}"))
    }

    pub(super) fn person(&self, row: &str, disclosure: bool) -> Vec<Field> {
        let line = |field: &str, label: &str, input, autocomplete| {
            let name = format!("{row}/{field}");
            let value = self.typed.raw(&name).unwrap_or_default().to_owned();
            let fault = self.faults.on(&name);
            Field { fault, ..Field::new(name, label, Control::Text { value, input, autocomplete }) }
        };
        let mut fields = vec![
            line("name", "Name", Input::Text, "off"),
            line("email", "E-mail address", Input::Email, "off"),
            line("part", "Part played", Input::Text, "off"),
        ];
        if disclosure {
            let none = format!("{row}/{NONE_DECLARED}");
            let ticked = self.typed.get(&none).is_some();
            fields.push(Field::new(
                none,
                "No financial relationships in the last 24 months",
                Control::Confirm { ticked },
            ));
            let name = format!("{row}/disclosure");
            let value = self.typed.raw(&name).unwrap_or_default();
            let fault = self.faults.on(&name);
            let label =
                "Financial relationships of the last 24 months with companies that make or sell healthcare products";
            let hint = self.asked(row);
            fields.push(Field { fault, ..Field::new(name, label, Control::long_text(value)).hint(hint).optional() });
        }
        fields
    }
}
