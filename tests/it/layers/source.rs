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

/// A module named, by which it is reached from the root.
#[derive(Debug)]
pub(super) struct Arrow {
    pub(super) to: String,
    pub(super) line: usize,
}

impl Source {
    pub(super) fn read(root: &Path, file: &Path) -> Self {
        let name = file.strip_prefix(root).expect("below the root").to_string_lossy().replace('\\', "/");
        Self::parse(&name, &fs::read_to_string(file).expect("a source"))
    }

    pub(super) fn parse(name: &str, text: &str) -> Self {
        let tests = text.lines().position(|line| line == "#[cfg(test)]");
        let lines = tests.unwrap_or_else(|| text.lines().count());
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

    /// All words, up to the tests.
    pub(super) fn words_outside_tests(&self) -> Vec<(String, usize)> {
        if self.name.contains("/tests") || self.name.ends_with("oracle.rs") {
            return Vec::new();
        }
        let words = self.tokens.iter().filter(|token| token.line <= self.lines && is_word(&token.text));
        words.map(|token| (token.text.clone(), token.line)).collect()
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

    /// Every module of the root that is named, by `crate::…` or by climbing there with `super::…`.
    pub(super) fn arrows(&self) -> Vec<Arrow> {
        let mut arrows = Vec::new();
        let mut inside: Vec<bool> = Vec::new();
        let mut place = 0;
        while let Some(token) = self.tokens.get(place) {
            match token.text.as_str() {
                "{" => inside.push(place >= 2 && self.sign(place - 2) == "mod"),
                "}" => {
                    inside.pop();
                }
                "crate" if self.sign(place + 1) == "::" => self.firsts(place + 2, &mut arrows),
                "super" => {
                    let depth = self.depth() + inside.iter().filter(|module| **module).count();
                    let mut climbed = 0;
                    while self.sign(place) == "super" && self.sign(place + 1) == "::" {
                        climbed += 1;
                        place += 2;
                    }
                    if climbed >= depth {
                        self.firsts(place, &mut arrows);
                    }
                    place = place.max(1) - usize::from(climbed > 0);
                }
                _ => {}
            }
            place += 1;
        }
        arrows
    }

    /// How many steps up the root is: one for `store.rs`, two for `store/job.rs`.
    fn depth(&self) -> usize {
        self.name.split('/').count()
    }

    /// What stands at `place`: a name, or several in braces.
    fn firsts(&self, place: usize, arrows: &mut Vec<Arrow>) {
        let mut add = |place: usize| {
            if let Some(token) = self.tokens.get(place).filter(|token| is_word(&token.text) && token.text != "self") {
                arrows.push(Arrow { to: token.text.clone(), line: token.line });
            }
        };
        if self.sign(place) != "{" {
            return add(place);
        }
        let (mut depth, mut place) = (1, place + 1);
        add(place);
        while depth > 0 && place < self.tokens.len() {
            match self.sign(place) {
                "{" => depth += 1,
                "}" => depth -= 1,
                "," if depth == 1 => add(place + 1),
                _ => {}
            }
            place += 1;
        }
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
