//! What the parser knows: every key it asks for and what it takes there. Noted while a file is read, so that the
//! schema of the format cannot say anything else.

use std::collections::{BTreeMap, BTreeSet};

use indexmap::IndexMap;

/// Maps by what faults call them, as "a state".
#[derive(Debug, Default)]
pub(super) struct Vocabulary {
    pub(super) maps: BTreeMap<String, Keys>,
    /// The words that a key takes, also within a list.
    pub(super) words: BTreeMap<String, Vec<String>>,
}

/// The keys of one kind of map.
#[derive(Debug, Default)]
pub(super) struct Keys {
    /// In the parser's order.
    pub(super) known: IndexMap<String, Option<Takes>>,
    pub(super) required: BTreeSet<String>,
}

/// What a key takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Takes {
    Text,
    Texts,
    Flag,
    Number,
    Word,
    Labels,
}

impl Vocabulary {
    pub(super) fn map(&mut self, what: &str, known: &[&str]) {
        let keys = self.maps.entry(what.to_owned()).or_default();
        for key in known {
            keys.known.entry((*key).to_owned()).or_default();
        }
    }

    pub(super) fn takes(&mut self, what: &str, key: &str, takes: Takes) {
        let keys = self.maps.entry(what.to_owned()).or_default();
        keys.known.insert(key.to_owned(), Some(takes));
    }

    pub(super) fn required(&mut self, what: &str, key: &str) {
        self.maps.entry(what.to_owned()).or_default().required.insert(key.to_owned());
    }

    pub(super) fn words<T>(&mut self, key: &str, words: &[(&str, T)]) {
        let known = || words.iter().map(|(word, _)| (*word).to_owned()).collect();
        self.words.entry(key.to_owned()).or_insert_with(known);
    }
}
