//! Text as people mean it who look for it: without marks, case, kinds of quotes and hyphens, and cut into words.

use std::collections::BTreeSet;

use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

use super::text::is_unseen;

/// The number of this way to fold. Whoever changes what is found by what raises it: a store then folds its rows anew.
pub const FOLDING: u32 = 4;

/// How much of a word counts: more letters than any word has that somebody types.
const LONGEST: usize = 40;

/// Text for putting in order and for telling whether two are the same: its words, one space between them.
#[must_use]
pub fn folded(text: &str) -> String {
    let mut words = String::new();
    for piece in pieces(text) {
        if !words.is_empty() {
            words.push(' ');
        }
        words.push_str(&piece);
    }
    words
}

/// The words that text is found by. What a hyphen, an apostrophe or a change from letters to digits parts stands here as
/// a whole and in parts, because people write it either way.
#[must_use]
pub fn words(text: &str) -> BTreeSet<String> {
    let mut words: BTreeSet<String> = pieces(text).into_iter().map(cut).collect();
    for chunk in chunks(text) {
        words.insert(cut(chunk.iter().copied().filter(|letter| letter.is_alphanumeric()).collect()));
        let mut part = String::new();
        let mut last: Option<char> = None;
        for letter in chunk {
            if last.is_some_and(|last| last.is_numeric() != letter.is_numeric()) || !letter.is_alphanumeric() {
                words.insert(cut(std::mem::take(&mut part)));
            }
            if letter.is_alphanumeric() {
                part.push(letter);
            }
            last = letter.is_alphanumeric().then_some(letter);
        }
        words.insert(cut(part));
    }
    words.remove("");
    words
}

/// What somebody looks for: every one of these must begin a word of what is found, in whatever order.
#[must_use]
pub fn sought(text: &str) -> BTreeSet<String> {
    pieces(text).into_iter().map(cut).collect()
}

/// The words of a text in their order: hyphens part them, apostrophes do not.
fn pieces(text: &str) -> Vec<String> {
    let of_chunk = |chunk: Vec<char>| -> Vec<String> {
        let pieces = chunk.split(|letter| *letter == HYPHEN);
        let glued = pieces.map(|piece| piece.iter().filter(|letter| **letter != APOSTROPHE).collect());
        glued.filter(|piece: &String| !piece.is_empty()).collect()
    };
    chunks(text).into_iter().flat_map(of_chunk).collect()
}

const APOSTROPHE: char = '\'';
const HYPHEN: char = '-';
/// Draws an Arabic word out; no part of it.
const KASHIDA: char = '\u{640}';

/// Runs of letters, digits, hyphens and apostrophes, folded. A letter of a script that is written without spaces is a run.
fn chunks(text: &str) -> Vec<Vec<char>> {
    let mut chunks = vec![Vec::new()];
    let end = |chunks: &mut Vec<Vec<char>>| chunks.push(Vec::new());
    for letter in text.chars().map(plain_punctuation).nfkd().flat_map(char::to_lowercase) {
        if is_combining_mark(letter) || is_unseen(letter) || letter == KASHIDA {
            continue;
        }
        let alone = stands_alone(letter);
        if alone || !(letter.is_alphanumeric() || matches!(letter, APOSTROPHE | HYPHEN)) {
            end(&mut chunks);
        }
        if let Some(chunk) = chunks.last_mut() {
            match plain_letters(letter) {
                Some(plain) => chunk.extend(plain.chars()),
                None if letter.is_alphanumeric() || matches!(letter, APOSTROPHE | HYPHEN) => chunk.push(letter),
                None => {}
            }
        }
        if alone {
            end(&mut chunks);
        }
    }
    chunks.retain(|chunk| chunk.iter().any(|letter| letter.is_alphanumeric()));
    chunks
}

fn cut(word: String) -> String {
    if word.chars().nth(LONGEST).is_some() { word.chars().take(LONGEST).collect() } else { word }
}

/// The many apostrophes and hyphens as one each, before a decomposition takes some of them apart.
fn plain_punctuation(letter: char) -> char {
    match letter {
        '`' | '´' | '‘' | '’' | '‛' | '′' | 'ʹ' | 'ʻ' | 'ʼ' | 'ʽ' | 'ˈ' | '＇' => APOSTROPHE,
        '‐'..='―' | '−' | '˗' | '֊' | '⁃' | '﹘' | '﹣' | '－' | '־' => HYPHEN,
        other => other,
    }
}

/// Letters that no decomposition takes to the plain ones that people type for them.
fn plain_letters(letter: char) -> Option<&'static str> {
    Some(match letter {
        'ß' => "ss",
        'æ' => "ae",
        'œ' => "oe",
        'ø' => "o",
        'ł' => "l",
        'đ' | 'ð' | 'ɖ' => "d",
        'þ' => "th",
        'ħ' => "h",
        'ı' => "i",
        'ĸ' => "k",
        'ŋ' => "n",
        'ŧ' => "t",
        'ƒ' => "f",
        'ə' => "e",
        'ς' => "σ",
        'ي' | 'ى' => "ی",
        'ك' => "ک",
        'ة' => "ه",
        _ => return None,
    })
}

/// Letters of scripts that put no space between words: Chinese, Japanese, Thai, Lao, Burmese, Khmer.
fn stands_alone(letter: char) -> bool {
    matches!(letter, '\u{e00}'..='\u{eff}' | '\u{1000}'..='\u{109f}' | '\u{1780}'..='\u{17ff}' | '\u{3041}'..='\u{30ff}' | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{20000}'..='\u{323af}')
        && letter.is_alphanumeric()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn finds(search: &str, text: &str) -> bool {
        let words = words(text);
        let sought = sought(search);
        !sought.is_empty() && sought.iter().all(|wanted| words.iter().any(|word| word.starts_with(wanted.as_str())))
    }

    #[test]
    fn what_people_type_finds_what_they_mean() {
        for (search, text) in [
            ("zolc", "Żółć"),
            ("ŻÓŁĆ", "Zolc"),
            ("muller", "Mu\u{308}ller"),
            ("Müller", "Muller"),
            ("weiss", "Weiß"),
            ("WEISS", "WEIẞ"),
            ("sean", "Seán"),
            ("o'brien", "O’Brien"),
            ("obrien", "O'Brien"),
            ("brien", "O’Brien"),
            ("ipek", "İpek"),
            ("İPEK", "ipek"),
            ("isik", "Işık"),
            ("soren", "Søren"),
            ("aegir", "Ægir"),
            ("covid-19", "COVID\u{2011}19 update"),
            ("covid\u{2d7}19", "COVID\u{ad}-19"),
            ("ana", "A\u{3164}na"),
            ("covid19", "COVID-19"),
            ("covid-19", "COVID19"),
            ("covid 19", "COVID-19"),
            ("office", "The o\u{fb03}ce"),
            ("hopital", "l’hôpital"),
            ("σεισμος", "ΣΕΙΣΜΌΣ"),
            ("елка", "Ёлка"),
            ("研究", "糖尿病の研究"),
            ("mi\u{200c}khaham", "می\u{200c}خواهم mikhaham"),
            ("2nd", "2nd edition"),
            ("herrera lucia", "Lucía Herrera"),
            ("sepsis hour", "The first hour of sepsis"),
            ("seps", "Sepsis"),
        ] {
            assert!(finds(search, text), "{search} in {text}: {:?} in {:?}", sought(search), words(text));
        }
    }

    #[test]
    fn other_words_middles_and_nothing_find_nothing() {
        for (search, text) in
            [("epsis", "Sepsis"), ("sepsis day", "Sepsis hour"), ("-", "a-b"), ("", "a"), ("%", "a%b")]
        {
            assert!(!finds(search, text), "{search} in {text}");
        }
    }

    #[test]
    fn the_same_name_is_the_same_text() {
        assert_eq!(folded("  Zoë  O’Brien-Müller, MD "), "zoe obrien muller md");
        assert_eq!(folded("…"), "");
        assert!(words(&"a".repeat(5_000)).iter().all(|word| word.len() <= LONGEST));
    }
}
