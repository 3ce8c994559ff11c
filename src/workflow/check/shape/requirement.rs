//! Requirements, and the named sets of them: a set is spelled out wherever its name stands.

use std::collections::BTreeSet;

use indexmap::IndexMap;

use super::super::{
    fields::{Fields, Reader, Spelling},
    requirement::{listed, requirement},
    tree::{Data, Node},
};
use crate::workflow::{
    definition::{Requirement, Section},
    nearest::nearest,
};

/// The named sets, by their ids in the order of the file.
pub(in crate::workflow::check) type Sets = IndexMap<String, Vec<Requirement>>;

/// What a text among the requirements of a transition can name.
pub(super) struct Names<'d> {
    sets: &'d Sets,
    questions: BTreeSet<&'d str>,
}

impl<'d> Names<'d> {
    pub(super) fn of(sets: &'d Sets, form: &'d [Section]) -> Self {
        let questions = form.iter().flat_map(|section| &section.questions);
        Self { sets, questions: questions.map(|question| question.id.as_str()).collect() }
    }

    /// Whether a text is meant as the name of a set, be there one or not.
    ///
    /// A condition of one word is a question that is answered with yes or no; one word with hyphens is never a
    /// condition, as a difference of numbers is neither true nor false.
    fn are_meant(&self, text: &str) -> bool {
        let one_word = text.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-');
        let near = || !self.questions.contains(text) && !self.nearest(text).is_empty();
        self.sets.contains_key(text) || (one_word && (text.contains('-') || near()))
    }

    fn nearest(&self, text: &str) -> String {
        nearest(text, self.sets.keys().map(String::as_str))
    }
}

/// The sets of the file.
pub(super) fn sets<'t>(reader: &mut Reader<'t, '_>, node: Option<&'t Node>) -> Sets {
    let entries = reader.entries(node, "requirements", Spelling::Hyphens);
    let names: BTreeSet<&str> = entries.iter().map(|(id, _)| *id).collect();
    let mut sets = Sets::new();
    for (id, node) in entries {
        let mut found = Vec::new();
        for (node, path) in listed(node, &["requirements", id]) {
            match &node.data {
                Data::Text(text) if names.contains(text.as_str()) => {
                    let message = format!("a set holds conditions and no other set, so '{text}' cannot stand in it");
                    reader.fault("names", node.at, message);
                }
                _ => found.extend(requirement(reader, node, path)),
            }
        }
        if matches!(&node.data, Data::List(items) if items.is_empty()) {
            reader.fault("format", node.at, format!("'{id}' holds no requirement"));
        }
        sets.insert(id.to_owned(), found);
    }
    sets
}

/// What a transition requires: a condition, `{ that: …, say: … }`, the name of a set, or a list of them.
pub(super) fn requires<'t>(
    reader: &mut Reader<'t, '_>,
    id: &str,
    fields: &Fields<'t>,
    names: &Names<'_>,
) -> Vec<Requirement> {
    let Some(node) = fields.get("requires") else { return Vec::new() };
    let mut found = Vec::new();
    for (node, path) in listed(node, &["transitions", id, "requires"]) {
        match &node.data {
            Data::Text(text) if names.are_meant(text) => {
                if let Some(set) = names.sets.get(text) {
                    found.extend(set.iter().cloned());
                } else {
                    let hint = names.nearest(text);
                    reader.fault("names", node.at, format!("there is no set of requirements '{text}'{hint}"));
                }
            }
            _ => found.extend(requirement(reader, node, path)),
        }
    }
    found
}
