//! Whether two names may be one person's: a question to be asked, never an answer.

use super::fold::folded;

/// Degrees and forms of address, which belong to no name.
const TITLES: [&str; 14] =
    ["dr", "prof", "professor", "mr", "mrs", "ms", "md", "do", "phd", "rn", "np", "pa", "msc", "jr"];

/// What a name is recognised by, whichever of its words comes first.
#[must_use]
pub fn name_key(name: &str) -> String {
    words_of(name).join(" ")
}

/// Whether two names may be one person's: the same words in any order, or nearly so: an initial, one name more, a slip.
#[must_use]
pub fn may_be_one(one: &str, other: &str) -> bool {
    let glued = folded(one).replace(' ', "") == folded(other).replace(' ', "");
    let (one, other) = (words_of(one), words_of(other));
    if one.is_empty() || other.is_empty() {
        return false;
    }
    if one == other || glued {
        return true;
    }
    let (few, mut many) = if one.len() <= other.len() { (one, other) } else { (other, one) };
    let mut same = false;
    for word in &few {
        let at =
            many.iter().position(|known| known == word).or_else(|| many.iter().position(|known| alike(word, known)));
        let Some(at) = at else { return false };
        same |= *word == many.swap_remove(at) && word.chars().count() > 2;
    }
    few.len() > 1 && same
}

/// The words of a name, in an order of their own.
fn words_of(name: &str) -> Vec<String> {
    let folded = folded(name);
    let mut words: Vec<String> =
        folded.split(' ').filter(|word| !word.is_empty() && !TITLES.contains(word)).map(str::to_owned).collect();
    words.sort();
    words
}

/// An initial and what it stands for, or two spellings.
fn alike(one: &str, other: &str) -> bool {
    let (short, long) = if one.len() <= other.len() { (one, other) } else { (other, one) };
    let letters = long.chars().count();
    if short.chars().count() == 1 {
        return long.starts_with(short);
    }
    let slips = match letters {
        0..=3 => 0,
        4..=7 => 1,
        _ => 2,
    };
    strsim::osa_distance(short, long) <= slips
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_person_is_asked_for_and_another_is_not() {
        for (one, other) in [
            ("Lucía Herrera", "herrera lucia"),
            ("Żółć, Jan", "Jan Zolc"),
            ("Dr. Ana Castillo, MD", "Ana Castillo"),
            ("A. Castillo", "Ana Castillo"),
            ("Ana M. Castillo", "Ana Castillo"),
            ("Anna Castillo", "Ana Castillo"),
            ("Seán O’Brien", "Sean OBrien"),
            ("Mary Ann Smith", "Maryann Smith"),
            ("Jon Smyth", "Jon Smith"),
            ("Sukarno", "sukarno"),
        ] {
            assert!(may_be_one(one, other) && may_be_one(other, one), "{one} and {other}");
        }
        for (one, other) in [
            ("Ana Castillo", "Ana Castro"),
            ("Ana Ruiz", "Ana Diaz"),
            ("Ana Castillo", "Ben Castillo"),
            ("Ana", "Ana Castillo"),
            ("", ""),
            ("A. B.", "Ana Bell"),
        ] {
            assert!(!may_be_one(one, other) && !may_be_one(other, one), "{one} and {other}");
        }
        assert_eq!(name_key("Castillo, Ana MD"), name_key("ana castillo"));
    }
}
