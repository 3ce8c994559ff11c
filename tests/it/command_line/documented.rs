//! The pages for people who install and operate: their links lead somewhere, and their commands are there.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::{Path, PathBuf},
};

use super::commands;
use crate::harness::process::run;

/// The pages, by where they are.
fn pages() -> Vec<(PathBuf, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let read = |name: &str| (root.join(name), fs::read_to_string(root.join(name)).unwrap());
    ["README.md", "docs/operation.md", "workflows/README.md"].map(read).to_vec()
}

/// Commands as they are printed: the lines of blocks for a shell, and what stands between backticks.
fn code(page: &str) -> Vec<String> {
    let mut found = Vec::new();
    for (place, part) in page.split("```").enumerate() {
        match part.strip_prefix("sh\n") {
            Some(block) => found.extend(block.replace("\\\n", " ").lines().map(str::to_owned)),
            None if place % 2 == 0 => found.extend(part.split('`').skip(1).step_by(2).map(str::to_owned)),
            None => {}
        }
    }
    found
}

/// The words of each call of the program in a line.
fn calls(line: &str) -> Vec<Vec<&str>> {
    let line = line.split(" # ").next().unwrap_or_default();
    let words: Vec<&str> = line.split_whitespace().collect();
    let ends = |word: &&str| ["|", "&&", ";", ">", "2>"].contains(word);
    let called = words.iter().enumerate().filter(|(_, word)| ["imprimatur", "/usr/bin/imprimatur"].contains(word));
    let rest = called.map(|(place, _)| words[place + 1..].iter().take_while(|word| !ends(word)).copied().collect());
    rest.filter(|rest: &Vec<&str>| {
        rest.first().is_some_and(|word| word.starts_with(|c: char| c.is_ascii_lowercase()) && *word != "imprimatur")
    })
    .collect()
}

/// Seen to fail: with `imprimatur heath` in a block, and with `--public_url` between backticks.
#[test]
fn every_command_of_the_pages_is_there_with_its_flags() {
    let known: BTreeSet<String> = commands().iter().map(|path| path.join(" ")).collect();
    let mut helps: BTreeMap<String, String> = BTreeMap::new();
    let (mut wrong, mut seen) = (Vec::new(), 0);
    for (page, text) in pages() {
        for line in code(&text) {
            for call in calls(&line) {
                seen += 1;
                let two = call.iter().take(2).copied().collect::<Vec<_>>().join(" ");
                let Some(command) = [two.as_str(), call[0]].into_iter().find(|name| known.contains(*name)) else {
                    wrong.push(format!("{}: there is no `imprimatur {two}`", page.display()));
                    continue;
                };
                let help = helps
                    .entry(command.to_owned())
                    .or_insert_with(|| run(&command.split(' ').chain(["--help"]).collect::<Vec<_>>()).ok());
                for flag in call.iter().filter(|word| word.len() > 2 && word.starts_with("--")) {
                    let flag = flag.split('=').next().unwrap_or_default();
                    if !help.split([' ', ',', '\n']).any(|word| word == flag) {
                        wrong.push(format!("{}: `imprimatur {command}` has no {flag}", page.display()));
                    }
                }
            }
        }
    }
    assert!(wrong.is_empty() && seen > 10, "{seen} calls\n{}", wrong.join("\n"));
}

/// Seen to fail: with a link to `docs/operations.md`.
#[test]
fn every_link_of_the_pages_leads_to_a_file() {
    let mut wrong = Vec::new();
    for (page, text) in pages() {
        for link in text.split("](").skip(1).filter_map(|rest| rest.split(')').next()) {
            let file = link.split('#').next().unwrap_or_default();
            if !file.is_empty() && !file.contains("://") && !page.parent().unwrap().join(file).exists() {
                wrong.push(format!("{}: {link}", page.display()));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Seen to fail: with the row of a directory that had been renamed.
#[test]
fn the_map_of_the_readme_names_what_is_there() {
    let (readme, text) = pages().remove(0);
    let (_, map) = text.split_once("## The map\n").expect("the map");
    let map = map.split("\n## ").next().unwrap_or_default();
    let rows = map.lines().filter_map(|line| line.strip_prefix("| `")?.split(" | ").next());
    let named: Vec<&str> =
        rows.flat_map(|row| row.split('`')).filter(|part| part.contains('/') || *part == "src").collect();
    let there = |path: &str| [path, &format!("{path}.rs")].iter().any(|path| readme.with_file_name(path).exists());
    let gone: Vec<&&str> = named.iter().filter(|path| !there(path)).collect();
    assert!(gone.is_empty() && named.len() > 10, "{gone:?} of {named:?}");
}
