//! A YAML file as a tree that knows where everything stands.
//!
//! Stricter than YAML: no tab, no anchor or alias, no key twice, at most 1 MB; the parser's budget bounds the rest.

use std::fmt;

use serde::{
    Deserialize, Deserializer,
    de::{MapAccess, SeqAccess, Visitor},
};
use serde_saphyr::{Location, Spanned};

use super::Fault;

/// Largest file, in bytes.
const MOST_BYTES: usize = 1_000_000;

/// A place in the file, both from 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Place {
    pub(crate) line: u32,
    pub(crate) column: u32,
}

/// The file and its tree.
pub(crate) struct Tree<'s> {
    source: &'s str,
    pub(crate) root: Node,
}

/// A value and where it begins.
pub(crate) struct Node {
    pub(crate) at: Place,
    byte: Option<usize>,
    pub(crate) data: Data,
}

/// A value.
pub(crate) enum Data {
    Nothing,
    YesNo(bool),
    /// As YAML would print it again.
    Number(String),
    Text(String),
    List(Vec<Node>),
    Map(Vec<(Key, Node)>),
}

/// A key and where it stands.
pub(crate) struct Key {
    pub(crate) name: String,
    pub(crate) at: Place,
}

impl<'s> Tree<'s> {
    pub(crate) fn read(source: &'s str) -> Result<Self, Fault> {
        let start = Place { line: 1, column: 1 };
        if source.len() > MOST_BYTES {
            return Err(Fault::error("format", start, format!("the file has more than {MOST_BYTES} bytes")));
        }
        for (line, text) in (1_u32..).zip(source.lines()) {
            if let Some(before) = text.find('\t').and_then(|at| text.get(..at)) {
                let column = u32::try_from(before.chars().count()).unwrap_or(u32::MAX).saturating_add(1);
                return Err(Fault::error(
                    "format",
                    Place { line, column },
                    "there is a tab; indent with spaces".to_owned(),
                ));
            }
        }
        let options = serde_saphyr::options! {
            strict_booleans: true,
            merge_keys: serde_saphyr::options::MergeKeyPolicy::AsOrdinary,
            with_snippet: false,
            budget: serde_saphyr::budget! { max_aliases: 0, max_anchors: 0, max_depth: 40, max_documents: 1 },
        };
        let read: Result<Spanned<Data>, _> = serde_saphyr::from_str_with_options(source, options);
        match read {
            Ok(root) => Ok(Self { source, root: root.into() }),
            Err(error) => {
                let at = error.location().map_or(start, |location| place(&location));
                Err(Fault::error("format", at, plain(&error.to_string())))
            }
        }
    }

    /// Where a value stands, or the nearest thing around it that is there.
    pub(crate) fn place(&self, path: &[&str]) -> Place {
        let mut node = &self.root;
        let mut at = node.at;
        for step in path {
            let Some((key, child)) = node.child(step) else { break };
            at = key.unwrap_or(child.at);
            node = child;
        }
        at
    }

    /// A value.
    pub(crate) fn node(&self, path: &[&str]) -> Option<&Node> {
        path.iter().try_fold(&self.root, |node, step| node.child(step).map(|(_, child)| child))
    }

    /// Where the `offset`th byte of a text stands; its beginning, where the file writes it differently.
    pub(crate) fn inside(&self, node: &Node, offset: usize) -> Place {
        let Data::Text(text) = &node.data else { return node.at };
        let written = node.byte.and_then(|byte| self.source.get(byte..)).unwrap_or_default();
        let (skipped, written) = match written.strip_prefix(['"', '\'']) {
            Some(rest) => (1, rest),
            None => (0, written),
        };
        let before = text.get(..offset).unwrap_or_default();
        if before.contains('\n') || !written.starts_with(before) {
            return node.at;
        }
        let columns = u32::try_from(before.chars().count()).unwrap_or(u32::MAX);
        Place { column: node.at.column.saturating_add(skipped).saturating_add(columns), ..node.at }
    }
}

impl Node {
    /// What it says, whatever the spelling: keys in the order of the alphabet.
    pub(crate) fn canonical(&self) -> serde_json::Value {
        match &self.data {
            Data::Nothing => serde_json::Value::Null,
            Data::YesNo(value) => (*value).into(),
            Data::Number(text) | Data::Text(text) => text.clone().into(),
            Data::List(items) => items.iter().map(Self::canonical).collect(),
            Data::Map(entries) => {
                let mut entries: Vec<(&str, &Self)> =
                    entries.iter().map(|(key, node)| (key.name.as_str(), node)).collect();
                entries.sort_by_key(|(key, _)| *key);
                entries.into_iter().map(|(key, node)| (key.to_owned(), node.canonical())).collect()
            }
        }
    }

    /// A child by key, with the key's place, or by number in a list.
    fn child(&self, step: &str) -> Option<(Option<Place>, &Self)> {
        match &self.data {
            Data::Map(entries) => {
                entries.iter().find(|(key, _)| key.name == step).map(|(key, node)| (Some(key.at), node))
            }
            Data::List(items) => step.parse().ok().and_then(|at: usize| items.get(at)).map(|node| (None, node)),
            _ => None,
        }
    }
}

fn place(location: &Location) -> Place {
    let bounded = |number: u64| u32::try_from(number).unwrap_or(u32::MAX).max(1);
    Place { line: bounded(location.line()), column: bounded(location.column()) }
}

/// The parser's first line, without its own position.
fn plain(message: &str) -> String {
    let line = message.lines().next().unwrap_or_default();
    let line = line.trim_start_matches("error: ").trim();
    line.split(" at line ").next().unwrap_or(line).to_owned()
}

impl From<Spanned<Data>> for Node {
    fn from(spanned: Spanned<Data>) -> Self {
        let location = spanned.referenced;
        let byte = location.span().byte_offset().and_then(|byte| usize::try_from(byte).ok());
        Self { at: place(&location), byte, data: spanned.value }
    }
}

impl<'de> Deserialize<'de> for Data {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(AnyData)
    }
}

struct AnyData;

impl<'de> Visitor<'de> for AnyData {
    type Value = Data;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value")
    }

    fn visit_bool<E>(self, value: bool) -> Result<Data, E> {
        Ok(Data::YesNo(value))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Data, E> {
        Ok(Data::Number(value.to_string()))
    }

    fn visit_u64<E>(self, value: u64) -> Result<Data, E> {
        Ok(Data::Number(value.to_string()))
    }

    fn visit_f64<E>(self, value: f64) -> Result<Data, E> {
        Ok(Data::Number(value.to_string()))
    }

    fn visit_str<E>(self, value: &str) -> Result<Data, E> {
        Ok(Data::Text(value.to_owned()))
    }

    fn visit_unit<E>(self) -> Result<Data, E> {
        Ok(Data::Nothing)
    }

    fn visit_none<E>(self) -> Result<Data, E> {
        Ok(Data::Nothing)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Data, A::Error> {
        let mut items = Vec::new();
        while let Some(item) = list.next_element::<Spanned<Data>>()? {
            items.push(item.into());
        }
        Ok(Data::List(items))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Data, A::Error> {
        let mut entries = Vec::new();
        while let Some(key) = map.next_key::<Spanned<String>>()? {
            let value = map.next_value::<Spanned<Data>>()?;
            entries.push((Key { at: place(&key.referenced), name: key.value }, value.into()));
        }
        Ok(Data::Map(entries))
    }
}
