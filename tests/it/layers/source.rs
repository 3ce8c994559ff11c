//! One source file as words and signs, without comments and texts.

#![expect(clippy::string_slice, reason = "cut where a sign was found")]

use std::{fs, path::Path};

/// A file of the program.
pub(super) struct Source {
    /// Its path below `src`, with slashes.
    pub(super) name: String,
    tokens: Vec<Token>,
    lines: usize,
}

/// A word or a sign, and its line from 1.
struct Token {
    text: String,
    line: usize,
}

/// Something of the program that is named.
#[derive(Debug)]
pub(super) struct Named {
    /// From the root: `store`, `Tx` for `crate::store::Tx`, and for `super::Tx` in `store/job.rs`.
    pub(super) path: Vec<String>,
    /// What it is called in this file.
    pub(super) name: String,
    pub(super) line: usize,
    /// Whether it is named so that the file, and those below it, can call it by its name.
    pub(super) imported: bool,
}

impl Source {
    pub(super) fn read(root: &Path, file: &Path) -> Self {
        let name = file.strip_prefix(root).expect("below the root").to_string_lossy().replace('\\', "/");
        Self::parse(&name, &fs::read_to_string(file).expect("a source"))
    }

    pub(super) fn parse(name: &str, text: &str) -> Self {
        let lines: Vec<&str> = text.lines().collect();
        let tests = lines.windows(2).position(|pair| pair[0] == "#[cfg(test)]" && pair[1].starts_with("mod tests"));
        let lines = tests.unwrap_or(lines.len());
        Self { name: name.to_owned(), tokens: tokens(text), lines }
    }

    /// The module right below the root that this file belongs to.
    pub(super) fn module(&self) -> &str {
        let first = self.name.split('/').next().unwrap_or_default();
        first.strip_suffix(".rs").unwrap_or(first)
    }

    pub(super) fn lines_without_tests(&self) -> usize {
        if self.name.contains("/tests") { 0 } else { self.lines }
    }

    /// Whether a line belongs to tests.
    pub(super) fn is_of_tests(&self, line: usize) -> bool {
        line > self.lines || self.name.contains("/tests") || self.name.ends_with("oracle.rs")
    }

    /// All words, up to the tests.
    pub(super) fn words_outside_tests(&self) -> Vec<(String, usize)> {
        let words = self.tokens.iter().filter(|token| is_word(&token.text) && !self.is_of_tests(token.line));
        words.map(|token| (token.text.clone(), token.line)).collect()
    }

    /// Where a field is taken in hand: `context.store`, but not a call of `store(…)`.
    pub(super) fn fields(&self, name: &str) -> Vec<usize> {
        let field =
            |place: &usize| self.sign(*place) == "." && self.sign(place + 1) == name && self.sign(place + 2) != "(";
        (0..self.tokens.len()).filter(field).map(|place| self.tokens[place].line).collect()
    }

    /// Words that a path begins with.
    pub(super) fn roots(&self) -> Vec<(String, usize)> {
        let mut found = Vec::new();
        for (place, token) in self.tokens.iter().enumerate() {
            let begins = place.checked_sub(1).is_none_or(|before| self.tokens[before].text != "::");
            if begins && is_word(&token.text) && self.sign(place + 1) == "::" {
                found.push((token.text.clone(), token.line));
            }
        }
        found
    }

    /// Every path, whatever it begins with, as it is seen from this file: what is foreign seems to lie below it.
    pub(super) fn paths(&self) -> Vec<Named> {
        let mut found = Vec::new();
        let mut inside: Vec<Option<&str>> = Vec::new();
        let mut imports = false;
        let mut place = 0;
        while let Some(token) = self.tokens.get(place) {
            match token.text.as_str() {
                "{" => inside.push((place >= 2 && self.sign(place - 2) == "mod").then(|| self.sign(place - 1))),
                "}" => {
                    inside.pop();
                }
                ";" => imports = false,
                "use" => imports = self.sign(place + 1) != "<",
                word if is_word(word) && self.sign(place + 1) == "::" => {
                    let modules = inside.iter().flatten().map(|module| (*module).to_owned());
                    let here: Vec<String> = self.module_path().into_iter().chain(modules).collect();
                    let from = found.len();
                    place = self.tree(place, &here, &mut found);
                    found[from..].iter_mut().for_each(|named| named.imported = imports);
                    continue;
                }
                _ => {}
            }
            place += 1;
        }
        found
    }

    /// The modules from the root to this file: none for `lib.rs`, `store` and `job` for `store/job.rs`.
    pub(super) fn module_path(&self) -> Vec<String> {
        let path = self.name.strip_suffix(".rs").unwrap_or(&self.name);
        if path == "lib" { Vec::new() } else { path.split('/').map(str::to_owned).collect() }
    }

    /// Reads a path, or several in braces, that goes on from `before`; gives what follows it.
    fn tree(&self, mut place: usize, before: &[String], found: &mut Vec<Named>) -> usize {
        let (first, mut path) = (place, before.to_vec());
        let line = self.tokens.get(place).map_or(0, |token| token.line);
        loop {
            match self.sign(place) {
                "{" => {
                    place += 1;
                    while !matches!(self.sign(place), "}" | "") {
                        let next = self.tree(place, &path, found);
                        place = next.max(place + 1);
                    }
                    return place + 1;
                }
                "crate" => path.clear(),
                "super" => {
                    path.pop();
                }
                "self" => {}
                word if is_word(word) => path.push(word.to_owned()),
                _ if place == first => return place,
                _ => break,
            }
            place += 1;
            if self.sign(place) != "::" {
                break;
            }
            place += 1;
        }
        let renamed = (self.sign(place) == "as").then(|| self.sign(place + 1).to_owned());
        let place = if renamed.is_some() { place + 2 } else { place };
        let name = renamed.or_else(|| path.last().cloned()).unwrap_or_default();
        found.push(Named { path, name, line, imported: false });
        place
    }

    fn sign(&self, place: usize) -> &str {
        self.tokens.get(place).map_or("", |token| &token.text)
    }
}

fn is_word(text: &str) -> bool {
    text.starts_with(|letter: char| letter.is_alphabetic() || letter == '_')
}

fn tokens(text: &str) -> Vec<Token> {
    let mut tokens = Vec::new();
    let mut rest = text;
    let mut line = 1;
    while let Some(first) = rest.chars().next() {
        let length = skipped(rest);
        if length == 0 {
            let word = rest.find(|letter: char| !letter.is_alphanumeric() && letter != '_').unwrap_or(rest.len());
            let length = if word > 0 {
                word
            } else if rest.starts_with("::") {
                2
            } else {
                first.len_utf8()
            };
            if !first.is_whitespace() {
                tokens.push(Token { text: rest[..length].to_owned(), line });
            }
            line += rest[..length].matches('\n').count();
            rest = &rest[length..];
        } else {
            line += rest[..length].matches('\n').count();
            rest = &rest[length..];
        }
    }
    tokens
}

/// How long the comment, text or letter is that `rest` begins with; 0 where it begins with none.
fn skipped(rest: &str) -> usize {
    let until = |end: &str, from: usize| rest[from..].find(end).map_or(rest.len(), |at| from + at + end.len());
    if rest.starts_with("//") {
        return rest.find('\n').unwrap_or(rest.len());
    }
    if rest.starts_with("/*") {
        return until("*/", 2);
    }
    let marked = rest.trim_start_matches(['b', 'c']);
    let prefix = rest.len() - marked.len();
    if prefix <= 1 && marked.starts_with('r') {
        let fences = marked[1..].chars().take_while(|letter| *letter == '#').count();
        if marked[1 + fences..].starts_with('"') {
            return until(&format!("\"{}", "#".repeat(fences)), prefix + 1 + fences + 1);
        }
    }
    if prefix <= 1 && marked.starts_with('"') {
        return prefix + 1 + quoted(&marked[1..], '"');
    }
    if let Some(after) = rest.strip_prefix('\'') {
        // A letter, unless it is a lifetime.
        let mut letters = after.chars();
        let (first, second) = (letters.next(), letters.next());
        if first == Some('\\') || second == Some('\'') {
            return 1 + quoted(after, '\'');
        }
    }
    0
}

/// How long a text is from behind its opening sign to behind its closing one.
fn quoted(text: &str, end: char) -> usize {
    let mut escaped = false;
    for (at, letter) in text.char_indices() {
        if escaped {
            escaped = false;
        } else if letter == '\\' {
            escaped = true;
        } else if letter == end {
            return at + letter.len_utf8();
        }
    }
    text.len()
}
