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
        Conflict::Colleague => "works at the author’s institution",
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
