//! What somebody typed into a form, in the order it was posted, kept word for word.

mod read;
mod write;

use std::collections::BTreeSet;

pub(crate) use read::NONE_DECLARED;

use crate::{
    model::Fields,
    usecase::{
        Error, Target,
        submission::{Entry, SEEN, Side, USE, question_of},
    },
    workflow::definition::{Kind, Question},
};

/// Names and values as posted.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct FormData(pub(crate) Vec<(String, String)>);

impl FormData {
    /// What was typed under a name; blank counts as nothing.
    pub(crate) fn get(&self, name: &str) -> Option<&str> {
        self.raw(name).map(str::trim).filter(|text| !text.is_empty())
    }

    /// What was typed under a name, untouched.
    pub(crate) fn raw(&self, name: &str) -> Option<&str> {
        self.0.iter().find(|(given, _)| given == name).map(|(_, value)| value.as_str())
    }

    /// Everything under one name, as boxes that are ticked post it.
    pub(crate) fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        self.0.iter().filter(move |(given, _)| given == name).map(|(_, value)| value.as_str())
    }

    /// What was typed under a name, or nothing, as a text of its own.
    pub(crate) fn text(&self, name: &str) -> String {
        self.get(name).unwrap_or_default().to_owned()
    }

    /// Whether it is to be put by, and not to be done yet.
    pub(crate) fn is_for_later(&self) -> bool {
        self.get("then") == Some("later")
    }

    /// What was typed for single questions put in the place of what stands for them.
    pub(crate) fn replace(&mut self, typed: &[(String, String)]) {
        let typed: Vec<_> = typed.iter().collect();
        let questions: BTreeSet<&str> = typed.iter().map(|(name, _)| question_of(name)).collect();
        self.0.retain(|(name, _)| !questions.contains(question_of(name)));
        self.0.extend(typed.into_iter().cloned());
    }

    /// What was typed for one question, as it was posted, with what the form said of it.
    pub(crate) fn of_question(&self, question: &str) -> Fields {
        self.0.iter().filter(|(name, _)| question_of(name) == question).cloned().collect()
    }

    /// What was typed for several questions; files are left out.
    pub(crate) fn entries(&self, questions: &[Question]) -> Vec<Entry> {
        let typed = questions.iter().filter(|question| !matches!(question.kind, Kind::Files { .. }));
        let entry = |question: &Question| Entry {
            question: question.id.clone(),
            value: self.json(question, &question.id),
            fields: self.of_question(&question.id),
            seen: self.get(&format!("{SEEN}{}", question.id)).map(str::to_owned),
            side: self.side(&question.id),
        };
        typed.map(entry).collect()
    }

    fn side(&self, question: &str) -> Option<Side> {
        let name = format!("{USE}{question}");
        let said = self.all(&name).last()?;
        Some(match said {
            "mine" => Side::Mine,
            "theirs" => Side::Theirs,
            _ => Side::Open,
        })
    }

    /// The version the form was shown with. Text that is none was never shown by us: the form is out of date.
    pub(crate) fn version(&self) -> Result<Option<u64>, Error> {
        self.get("version").map(|text| text.parse().ok().ok_or(Error::Stale)).transpose()
    }

    /// A submission, in the version that the form was opened at.
    pub(crate) fn target(&self, reference: &str) -> Result<Target, Error> {
        Ok(Target { version: self.version()?, ..Target::current(reference) })
    }

    /// The rows of a table that have anything in them, in their order.
    pub(crate) fn rows(&self, table: &str) -> BTreeSet<usize> {
        self.0.iter().filter(|(_, value)| !value.trim().is_empty()).filter_map(|(name, _)| row(name, table)).collect()
    }

    /// The rows of a table as the form had them, blank ones too.
    pub(crate) fn shown_rows(&self, table: &str) -> BTreeSet<usize> {
        self.0.iter().filter_map(|(name, _)| row(name, table)).collect()
    }

    /// Takes blank rows out and numbers the others from 0, so that a fault's row is the one that is shown.
    pub(crate) fn close_gaps(&mut self, table: &str) {
        let kept: Vec<usize> = self.rows(table).into_iter().collect();
        self.renumber(table, &kept);
    }

    pub(crate) fn remove_row(&mut self, table: &str, gone: usize) {
        let kept: Vec<usize> = self.shown_rows(table).into_iter().filter(|number| *number != gone).collect();
        self.renumber(table, &kept);
    }

    /// Adds a blank row after those that are shown; `column` is any of its columns.
    pub(crate) fn add_row(&mut self, table: &str, column: &str) {
        let shown: Vec<usize> = self.shown_rows(table).into_iter().collect();
        self.renumber(table, &shown);
        self.0.push((format!("{table}/{}/{column}", shown.len()), String::new()));
    }

    /// Does what the buttons of one table ask, where one of them was pressed: a row more, or one less.
    pub(crate) fn rearrange(&mut self, table: &str, column: &str) -> bool {
        if self.get("add") == Some(table) {
            self.add_row(table, column);
            return true;
        }
        let gone = self.get("remove").and_then(|value| value.strip_prefix(table)?.strip_prefix('/')?.parse().ok());
        gone.is_some_and(|row| {
            self.remove_row(table, row);
            true
        })
    }

    fn renumber(&mut self, table: &str, kept: &[usize]) {
        let pairs = std::mem::take(&mut self.0);
        self.0 = pairs
            .into_iter()
            .filter_map(|(name, value)| match row(&name, table) {
                None => Some((name, value)),
                Some(number) => {
                    let place = kept.iter().position(|keep| *keep == number)?;
                    let column = name.splitn(3, '/').nth(2)?;
                    Some((format!("{table}/{place}/{column}"), value))
                }
            })
            .collect();
    }
}

/// The row that `agenda/2/minutes` belongs to, for the table `agenda`.
fn row(name: &str, table: &str) -> Option<usize> {
    let (number, _) = name.strip_prefix(table)?.strip_prefix('/')?.split_once('/')?;
    number.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn typed(pairs: &[(&str, &str)]) -> FormData {
        FormData(pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect())
    }

    #[test]
    fn blank_rows_are_closed_up_and_the_rest_keeps_its_order() {
        let mut form = typed(&[
            ("title", "x"),
            ("agenda/0/title", " "),
            ("agenda/2/title", "Lungs"),
            ("agenda/10/title", "Cases"),
            ("agenda/2/minutes", ""),
            ("agendas/5/title", "another table"),
        ]);
        form.close_gaps("agenda");
        assert_eq!(
            form,
            typed(&[
                ("title", "x"),
                ("agenda/0/title", "Lungs"),
                ("agenda/1/title", "Cases"),
                ("agenda/0/minutes", ""),
                ("agendas/5/title", "another table"),
            ])
        );
    }

    #[test]
    fn a_row_is_added_at_the_end_and_taken_away_by_its_number() {
        let mut form = typed(&[("agenda/0/title", "Lungs"), ("agenda/1/title", "")]);
        form.add_row("agenda", "title");
        assert_eq!(form.shown_rows("agenda"), BTreeSet::from([0, 1, 2]));
        form.remove_row("agenda", 0);
        assert_eq!(form, typed(&[("agenda/0/title", ""), ("agenda/1/title", "")]));
    }

    #[test]
    fn a_version_that_is_no_number_is_out_of_date() {
        assert_eq!(typed(&[("version", "7")]).version().ok(), Some(Some(7)));
        assert_eq!(typed(&[]).version().ok(), Some(None));
        assert!(matches!(typed(&[("version", "seven")]).version(), Err(Error::Stale)));
    }
}
