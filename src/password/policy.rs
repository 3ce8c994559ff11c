//! What is accepted as a password.

use std::fmt;

use unicode_normalization::UnicodeNormalization;

/// The fewest characters: NIST SP 800-63B-4, 3.1.1.2, where a password is the only factor.
const SHORTEST: usize = 15;
/// The most; far above the 64 that NIST wants accepted.
const LONGEST: usize = 200;
/// How many characters must be left without the words an attacker would try first.
const OWN: usize = 8;

/// Long passwords that lists of known ones begin with; shorter ones are refused by their length. A line each.
const KNOWN: &str = include_str!("known.txt");

/// An acceptable password, normalised (NFC).
#[derive(Clone, PartialEq, Eq)]
pub struct Password(String);

/// Why a text is no password; says what to do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Weakness {
    /// Too short.
    #[error("use at least 15 characters; four words that do not belong together are easy to remember")]
    Short,
    /// Too long.
    #[error("use at most 200 characters")]
    Long,
    /// On the list of known passwords, or a row of repeated or neighbouring characters.
    #[error("this password is one of the first that are tried; choose another one")]
    Known,
    /// Little more than a name that is known.
    #[error("this password is made of your name, your address or the name of this office; choose other words")]
    Personal,
}

impl Password {
    /// Checks a text; `context` is what an attacker knows: address, name, organisation.
    pub fn new(text: &str, context: &[&str]) -> Result<Self, Weakness> {
        let password = normal(text);
        let length = password.chars().count();
        if length < SHORTEST {
            return Err(Weakness::Short);
        }
        if length > LONGEST {
            return Err(Weakness::Long);
        }
        let lower = password.to_lowercase();
        if KNOWN.lines().any(|known| known == lower) || is_pattern(&lower) {
            return Err(Weakness::Known);
        }
        if without_context(&lower, context).chars().count() < OWN {
            return Err(Weakness::Personal);
        }
        Ok(Self(password))
    }

    /// The text, for hashing.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Password {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Password(***)")
    }
}

/// Composed, so that a keyboard that writes accents in another way gives the same password.
pub(super) fn normal(text: &str) -> String {
    text.nfc().collect()
}

/// A short unit repeated (`passwordpassword`), or characters that follow one another (`abcdefghijklmnop`).
fn is_pattern(text: &str) -> bool {
    let characters: Vec<char> = text.chars().collect();
    let repeats = (1..=characters.len() / 2)
        .any(|unit| characters.iter().zip(characters.iter().skip(unit)).all(|(one, other)| one == other));
    let steps = |by: i64| {
        let follow = |one: &char, other: &char| i64::from(u32::from(*other)) - i64::from(u32::from(*one)) == by;
        let following = characters.iter().zip(characters.iter().skip(1)).filter(|(one, other)| follow(one, other));
        // `1234567890123456` has one break.
        following.count() + 2 >= characters.len()
    };
    repeats || steps(1) || steps(-1)
}

fn without_context(lower: &str, context: &[&str]) -> String {
    let lowered: Vec<String> = context.iter().map(|text| text.to_lowercase()).collect();
    let mut words: Vec<&str> = lowered
        .iter()
        .flat_map(|text| text.split(|c: char| !c.is_alphanumeric()))
        .chain(["imprimatur", "password"])
        .filter(|word| word.chars().count() >= 4)
        .collect();
    words.sort_by_key(|word| std::cmp::Reverse(word.len()));
    words.into_iter().fold(lower.to_owned(), |left, word| left.replace(word, ""))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn weakness(text: &str) -> Option<Weakness> {
        Password::new(text, &["anna.bergmann@klinik.example", "Anna Bergmann", "Ärztekammer Nord"]).err()
    }

    #[test]
    fn length_is_counted_in_characters_after_normalisation() {
        assert_eq!(weakness("eleven goats?!"), Some(Weakness::Short));
        assert_eq!(weakness("eleven goats!?!"), None);
        assert_eq!(weakness(&"e\u{301}ü🎻x".repeat(3)), Some(Weakness::Short));
        assert_eq!(weakness(&"tuba oboe ".repeat(20).replacen("tuba", "harp", 1)), None);
        assert_eq!(weakness(&format!("harp{}", "tuba oboe ".repeat(20))), Some(Weakness::Long));
    }

    #[test]
    fn any_characters_will_do() {
        for text in ["            x  y", "正しい馬電池ホチキスを忘れるな御用心", "correct horse battery staple!"]
        {
            assert_eq!(weakness(text), None, "{text}");
        }
    }

    #[test]
    fn known_passwords_and_patterns_are_refused() {
        for text in [
            "passwordpassword",
            "PasswordPassword",
            "abcdefghijklmnopq",
            "1234567890123456",
            "aaaaaaaaaaaaaaaa",
            "qwertyuiopasdfghjkl",
            "correcthorsebatterystaple",
        ] {
            assert_eq!(weakness(text), Some(Weakness::Known), "{text}");
        }
    }

    #[test]
    fn names_an_attacker_knows_do_not_count() {
        for text in ["anna.bergmann@klinik", "Imprimatur-Password1", "ärztekammerbergmann9"] {
            assert_eq!(weakness(text), Some(Weakness::Personal), "{text}");
        }
        assert_eq!(weakness("bergmann rides eleven goats"), None);
    }

    #[test]
    fn debug_does_not_show_it() {
        assert_eq!(format!("{:?}", Password::new("eleven goats!?!", &[]).unwrap()), "Password(***)");
    }
}
