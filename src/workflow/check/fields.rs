//! Taking typed values out of the tree, and saying what is wrong with them.

use std::{fmt::Display, str::FromStr};

use indexmap::IndexMap;
use jiff::Span;

use super::{
    Fault,
    tree::{Data, Node, Place, Tree},
    vocabulary::{Takes, Vocabulary},
};
use crate::{
    domain::Paragraphs,
    workflow::{Condition, definition::Length, nearest::nearest},
};

/// Reads values and collects faults.
pub(crate) struct Reader<'t, 's> {
    pub(crate) tree: &'t Tree<'s>,
    pub(crate) faults: Vec<Fault>,
    pub(super) vocabulary: Vocabulary,
}

/// The entries of a map whose keys are known.
pub(crate) struct Fields<'n> {
    pub(crate) at: Place,
    what: String,
    entries: Vec<(&'n str, &'n Node)>,
}

impl<'n> Fields<'n> {
    pub(crate) fn get(&self, key: &str) -> Option<&'n Node> {
        self.entries.iter().find(|(name, _)| *name == key).map(|(_, node)| *node)
    }

    pub(crate) fn has(&self, key: &str) -> bool {
        self.get(key).is_some()
    }
}

/// How ids are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Spelling {
    /// `course-accreditation`: states, transitions, roles, tracks.
    Hyphens,
    /// `credit_type`: whatever a condition may name.
    Underscores,
}

impl<'t, 's> Reader<'t, 's> {
    pub(crate) fn of(tree: &'t Tree<'s>) -> Self {
        Self { tree, faults: Vec::new(), vocabulary: Vocabulary::default() }
    }

    pub(crate) fn fault(&mut self, rule: &str, at: Place, message: impl Into<String>) {
        self.faults.push(Fault::error(rule, at, message.into()));
    }

    /// A map with only known keys.
    pub(crate) fn fields(&mut self, node: &'t Node, what: &str, known: &[&str]) -> Fields<'t> {
        self.vocabulary.map(what, known);
        let mut entries = Vec::new();
        if let Data::Map(map) = &node.data {
            for (key, value) in map {
                if known.contains(&key.name.as_str()) {
                    entries.push((key.name.as_str(), value));
                } else {
                    // In { … } a comma ends a text.
                    let hint = if matches!(value.data, Data::Nothing) && key.name.contains(' ') {
                        "; a text with a comma needs quotes".to_owned()
                    } else {
                        nearest(&key.name, known.iter().copied())
                    };
                    self.fault("format", key.at, format!("{what} knows no key '{}'{hint}", key.name));
                }
            }
        } else {
            self.fault("format", node.at, format!("{what} is written as keys and values"));
        }
        Fields { at: node.at, what: what.to_owned(), entries }
    }

    /// The entries of a map with ids of one's own.
    pub(crate) fn entries(
        &mut self,
        node: Option<&'t Node>,
        what: &str,
        spelling: Spelling,
    ) -> Vec<(&'t str, &'t Node)> {
        let Some(node) = node else { return Vec::new() };
        let Data::Map(map) = &node.data else {
            self.fault("format", node.at, format!("{what} are written as ids with their values"));
            return Vec::new();
        };
        for (key, _) in map {
            self.spelled(&key.name, key.at, spelling);
        }
        map.iter().map(|(key, value)| (key.name.as_str(), value)).collect()
    }

    pub(crate) fn spelled(&mut self, id: &str, at: Place, spelling: Spelling) {
        let (joint, name) = match spelling {
            Spelling::Hyphens => ('-', "hyphens"),
            Spelling::Underscores => ('_', "underscores"),
        };
        let sound = id.starts_with(|c: char| c.is_ascii_lowercase())
            && id.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == joint);
        if !sound {
            self.fault("names", at, format!("'{id}' is no id: small letters, digits and {name}, a letter first"));
        }
    }

    pub(crate) fn items(&mut self, node: Option<&'t Node>, what: &str) -> &'t [Node] {
        match node.map(|node| (&node.data, node.at)) {
            None => &[],
            Some((Data::List(items), _)) => items,
            Some((_, at)) => {
                self.fault("format", at, format!("{what} are written as a list, [ … ]"));
                &[]
            }
        }
    }

    pub(crate) fn required(&mut self, fields: &Fields<'t>, key: &str) -> Option<&'t Node> {
        self.vocabulary.required(&fields.what, key);
        let found = fields.get(key);
        if found.is_none() {
            self.fault("format", fields.at, format!("{} needs '{key}'", fields.what));
        }
        found
    }

    /// A text that must be there; empty after a fault.
    pub(crate) fn text(&mut self, fields: &Fields<'t>, key: &str) -> String {
        self.vocabulary.takes(&fields.what, key, Takes::Text);
        self.required(fields, key).map(|node| self.plain_text(node, key)).unwrap_or_default()
    }

    pub(crate) fn text_if_any(&mut self, fields: &Fields<'t>, key: &str) -> Option<String> {
        self.vocabulary.takes(&fields.what, key, Takes::Text);
        fields.get(key).map(|node| self.plain_text(node, key))
    }

    pub(crate) fn plain_text(&mut self, node: &'t Node, what: &str) -> String {
        match &node.data {
            Data::Text(text) if !text.trim().is_empty() => kept(text),
            Data::Number(_) | Data::YesNo(_) => {
                self.fault("format", node.at, format!("'{what}' is a text; put it in quotes"));
                String::new()
            }
            _ => {
                self.fault("format", node.at, format!("'{what}' is a text and may not be empty"));
                String::new()
            }
        }
    }

    pub(crate) fn texts(&mut self, fields: &Fields<'t>, key: &str) -> Vec<String> {
        self.vocabulary.takes(&fields.what, key, Takes::Texts);
        let items = self.items(fields.get(key), &format!("'{key}'"));
        items.iter().map(|item| self.plain_text(item, key)).collect()
    }

    pub(crate) fn flag(&mut self, fields: &Fields<'t>, key: &str) -> bool {
        self.vocabulary.takes(&fields.what, key, Takes::Flag);
        match fields.get(key).map(|node| (&node.data, node.at)) {
            None => false,
            Some((Data::YesNo(value), _)) => *value,
            Some((_, at)) => {
                self.fault("format", at, format!("'{key}' is true or false"));
                false
            }
        }
    }

    pub(crate) fn number<T: FromStr>(&mut self, fields: &Fields<'t>, key: &str) -> Option<T> {
        self.vocabulary.takes(&fields.what, key, Takes::Number);
        fields.get(key).and_then(|node| self.plain_number(node, key))
    }

    pub(crate) fn plain_number<T: FromStr>(&mut self, node: &'t Node, what: &str) -> Option<T> {
        let parsed = match &node.data {
            Data::Number(text) => text.parse().ok(),
            _ => None,
        };
        if parsed.is_none() {
            self.fault("format", node.at, format!("'{what}' is a number, and not out of range"));
        }
        parsed
    }

    /// One of a few words.
    pub(crate) fn word<T: Copy>(&mut self, fields: &Fields<'t>, key: &str, words: &[(&str, T)]) -> Option<T> {
        self.vocabulary.takes(&fields.what, key, Takes::Word);
        self.vocabulary.words(key, words);
        let node = fields.get(key)?;
        self.plain_word(node, key, words)
    }

    pub(crate) fn plain_word<T: Copy>(&mut self, node: &'t Node, what: &str, words: &[(&str, T)]) -> Option<T> {
        self.vocabulary.words(what, words);
        let text = match &node.data {
            Data::Text(text) => text.as_str(),
            _ => "",
        };
        let found = words.iter().find(|(word, _)| *word == text).map(|(_, value)| *value);
        if found.is_none() {
            let known: Vec<&str> = words.iter().map(|(word, _)| *word).collect();
            self.fault("format", node.at, format!("'{what}' is one of: {}", known.join(", ")));
        }
        found
    }

    /// Ids with a label each.
    pub(crate) fn labels(&mut self, fields: &Fields<'t>, key: &str) -> IndexMap<String, String> {
        self.vocabulary.takes(&fields.what, key, Takes::Labels);
        let node = self.required(fields, key);
        self.entries(node, &format!("'{key}'"), Spelling::Hyphens)
            .into_iter()
            .map(|(id, label)| (id.to_owned(), self.plain_text(label, id)))
            .collect()
    }

    pub(crate) fn condition(&mut self, node: &'t Node, what: &str) -> Option<Condition> {
        // A bare number or yes-no is a condition too.
        let text = match &node.data {
            Data::Number(number) => number.clone(),
            Data::YesNo(value) => value.to_string(),
            _ => self.plain_text(node, what),
        };
        if text.is_empty() {
            return None;
        }
        match Condition::parse(&text) {
            Ok(condition) => Some(condition),
            Err(fault) => {
                let at = self.tree.inside(node, fault.at);
                self.fault("condition", at, fault.message);
                None
            }
        }
    }

    /// A length of time, as `P30D`.
    pub(crate) fn length(&mut self, node: &'t Node, what: &str) -> Length {
        let length = Length(self.plain_text(node, what));
        let longest = Length("P100Y".to_owned()).roughly();
        // The parser also takes "45 days"; the file has one way of writing it.
        let sound = length.0.starts_with('P')
            && length.0.parse::<Span>().is_ok_and(Span::is_positive)
            && length.roughly().is_positive()
            && length.roughly() <= longest;
        if !sound && !length.0.is_empty() {
            self.fault(
                "kind",
                node.at,
                format!("'{what}' is a length of time above zero and up to a hundred years, as P30D or PT12H"),
            );
        }
        length
    }

    /// Says that a number is below another where it must not be.
    pub(crate) fn ordered<T: PartialOrd + Display>(&mut self, at: Place, least: Option<&T>, most: Option<&T>) {
        if let (Some(least), Some(most)) = (least, most)
            && least > most
        {
            self.fault("format", at, format!("'min' ({least}) is more than 'max' ({most})"));
        }
    }
}

/// A text of the file without what nobody sees; one with nothing of that stays as it is, to the last line break.
fn kept(text: &str) -> String {
    match Paragraphs::read(text).map(String::from) {
        Ok(clean) if clean != text.trim() => clean,
        // What cannot be taken refuses a new file (see `texts`); a version that was kept before stays readable.
        _ => text.to_owned(),
    }
}
