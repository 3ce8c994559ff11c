//! Which templates were seen: by the words that stand in one of them and nowhere else.

use std::{collections::BTreeMap, fs};

/// The parts of every template below `templates/` that are the same whoever reads. The text of a letter is written together
/// with its HTML.
pub(super) fn all() -> BTreeMap<String, Vec<String>> {
    let mut templates = BTreeMap::new();
    for folder in ["page", "mail", "component"] {
        for entry in fs::read_dir(format!("templates/{folder}")).unwrap() {
            let path = entry.unwrap().path();
            if path.extension().is_some_and(|ending| ending == "html") {
                let name = format!("{folder}/{}", path.file_name().unwrap().to_str().unwrap());
                templates.insert(name, fixed(&fs::read_to_string(path).unwrap()));
            }
        }
    }
    templates
}

/// Templates of which `seen` has nothing that only they say.
pub(super) fn unseen(templates: &BTreeMap<String, Vec<String>>, seen: &str) -> Vec<String> {
    let own = |name: &str, words: &str| {
        !templates.iter().any(|(other, parts)| other != name && parts.iter().any(|part| part.contains(words)))
    };
    let shown = |name: &str, parts: &[String]| {
        parts.iter().any(|part| part.len() >= 8 && own(name, part) && seen.contains(part.as_str()))
    };
    templates.iter().filter(|(name, parts)| !shown(name, parts)).map(|(name, _)| name.clone()).collect()
}

/// What stands between the marks of the template language.
fn fixed(source: &str) -> Vec<String> {
    let mut parts = Vec::new();
    let mut rest = source;
    while let Some((before, marked)) = rest.find(['{', '}']).map(|start| rest.split_at(start)) {
        let ends = [("{{", "}}"), ("{%", "%}"), ("{#", "#}")];
        let mark = ends.iter().find(|(begin, _)| marked.starts_with(begin));
        parts.push(before.trim().to_owned());
        rest = match mark {
            Some((_, end)) => marked.split_once(end).map_or("", |(_, after)| after),
            None => marked.get(1..).unwrap_or_default(),
        };
    }
    parts.push(rest.trim().to_owned());
    parts.retain(|part| !part.is_empty());
    parts
}
