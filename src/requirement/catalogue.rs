//! What requirement files may name beside their own parts: facts, types of credit, topics and marks.

use std::collections::BTreeSet;

use indexmap::IndexMap;
use strum::VariantArray;

use super::fact::{Fact, FactCatalogue, FactKind, FactOf};
use crate::{
    credit::CreditTypes,
    workflow::{
        Fault,
        check::{
            fields::{Fields, Reader, Spelling},
            tree::Tree,
        },
    },
};

/// What requirement files may name.
#[derive(Clone, Debug, Default)]
pub struct Catalogue {
    /// Questions about a person.
    pub facts: FactCatalogue,
    /// Types of credit, by id.
    pub credits: BTreeSet<String>,
    /// What credit is about, by id, with what people call it.
    pub topics: IndexMap<String, String>,
    /// What whoever gives credit may mark it with, by id, with what people call it.
    pub marks: IndexMap<String, String>,
}

impl Catalogue {
    /// From the texts of `facts.yaml` and `topics.yaml`, and the known types of credit.
    pub fn read(facts: &str, topics: &str, credits: &CreditTypes) -> Result<Self, Vec<Fault>> {
        let facts = facts_of(facts)?;
        let (topics, marks) = topics_of(topics)?;
        Ok(Self { facts, credits: credits.iter().map(|credit| credit.id.clone()).collect(), topics, marks })
    }

    /// The same with the questions of another file.
    pub fn with_facts(self, facts: &str) -> Result<Self, Vec<Fault>> {
        Ok(Self { facts: facts_of(facts)?, ..self })
    }
}

fn facts_of(source: &str) -> Result<FactCatalogue, Vec<Fault>> {
    let tree = Tree::read(source).map_err(|fault| vec![fault])?;
    let mut reader = Reader::of(&tree);
    let root = reader.fields(&tree.root, "the facts", &["format", "facts"]);
    let mut facts = IndexMap::new();
    let node = reader.required(&root, "facts");
    for (id, node) in reader.entries(node, "'facts'", Spelling::Underscores) {
        let fields = reader.fields(node, "a fact", &["type", "of", "options", "ask", "why"]);
        let kind = kind(&mut reader, &fields);
        let of = reader.word(&fields, "of", &words::<FactOf>());
        let (ask, why) = (reader.text(&fields, "ask"), reader.text(&fields, "why"));
        if let (Some(kind), Some(of)) = (kind, of) {
            facts.insert(id.to_owned(), Fact { kind, of, ask, why });
        }
    }
    if reader.faults.is_empty() { Ok(FactCatalogue(facts)) } else { Err(reader.faults) }
}

fn kind<'t>(reader: &mut Reader<'t, '_>, fields: &Fields<'t>) -> Option<FactKind> {
    reader.required(fields, "type");
    reader.required(fields, "of");
    match reader.word(fields, "type", &[("choice", 0), ("yes-no", 1), ("date", 2), ("number", 3)])? {
        0 => Some(FactKind::Choice(reader.labels(fields, "options"))),
        1 => Some(FactKind::YesNo),
        2 => Some(FactKind::Date),
        _ => Some(FactKind::Number),
    }
}

fn words<T: Copy + VariantArray + Into<&'static str>>() -> Vec<(&'static str, T)> {
    T::VARIANTS.iter().map(|variant| ((*variant).into(), *variant)).collect()
}

type Labels = IndexMap<String, String>;

fn topics_of(source: &str) -> Result<(Labels, Labels), Vec<Fault>> {
    let tree = Tree::read(source).map_err(|fault| vec![fault])?;
    let mut reader = Reader::of(&tree);
    let root = reader.fields(&tree.root, "the topics", &["format", "topics", "marks"]);
    let found = (reader.labels(&root, "topics"), reader.labels(&root, "marks"));
    if reader.faults.is_empty() { Ok(found) } else { Err(reader.faults) }
}
