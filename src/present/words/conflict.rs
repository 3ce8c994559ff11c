//! Conflicts of interest, in words.

use crate::{
    access::Conflict,
    workflow::{Matter, Ruling},
};

/// What stands against somebody.
pub(crate) fn stands(conflict: Conflict) -> &'static str {
    match conflict {
        Conflict::Author => "is the author",
        Conflict::Named => "is named in it, in this version or an earlier one",
        Conflict::Colleague => "works at the institution of the author, or of a co-author",
        Conflict::Recused => "a conflict of interest was recorded",
    }
}

/// What the office is asked, as the rest of a sentence.
pub(crate) fn asked(matter: Matter, name: &str) -> String {
    match matter {
        Matter::DecideAnew => format!(
            "asked the office to decide anew: what {name} did does not count any more, and it cannot go back to there"
        ),
        Matter::NamedByAuthor => {
            format!("asked the office what follows: the author named {name}, who has to do with how this is decided")
        }
    }
}

/// The same for whoever has to decide it.
pub(crate) fn to_decide(matter: Matter, name: &str) -> String {
    match matter {
        Matter::DecideAnew => format!(
            "{name} has a conflict of interest. What they did here does not count any more, and this cannot go back to where \
             it was done: decide anew whether it stands."
        ),
        Matter::NamedByAuthor => format!(
            "The author named {name}, who has or had a part in how this is decided. Decide before the next step: seat \
             somebody else, or have the name taken back."
        ),
    }
}

/// What the office decided.
pub(crate) fn ruling(ruling: Ruling) -> &'static str {
    match ruling {
        Ruling::SeatAnother => "somebody else takes the place",
        Ruling::NameBack => "the author is to take the name back",
        Ruling::Decided => "it was looked at anew",
    }
}

/// A question to the office about somebody whose name is like that of others who are named.
pub(crate) fn question(namesakes: &[String]) -> Option<String> {
    (!namesakes.is_empty()).then(|| {
        format!("Is this {}, who is named in it? The names are alike: ask before you assign.", listed(namesakes))
    })
}

/// The same to themselves.
pub(crate) fn is_that_you(namesakes: &[String]) -> Option<String> {
    (!namesakes.is_empty()).then(|| {
        format!(
            "Are you {}, who is named in it? The names are alike. If that is you, declare a conflict of interest.",
            listed(namesakes)
        )
    })
}

/// A question to the office about two accounts.
pub(crate) fn same_person(others: &[String]) -> Option<String> {
    (!others.is_empty()).then(|| {
        format!(
            "Is this the same person as {}? The names are the same: two accounts of one person judge twice.",
            listed(others)
        )
    })
}

fn listed(names: &[String]) -> String {
    let names: Vec<String> = names.iter().map(|name| format!("“{name}”")).collect();
    super::list(&names)
}
