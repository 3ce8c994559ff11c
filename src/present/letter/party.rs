//! What is done beside the workflow, in a sentence or two for the one who reads it.

use crate::{
    domain::Standing,
    present::words,
    usecase::{
        Case,
        announce::{News, Notice},
    },
    workflow::Right,
};

/// What happened, and what there is to do.
pub(super) fn sentence(case: &Case, notice: &Notice) -> String {
    let house = &case.organisation.name;
    let own = case.submission.submitter == notice.person.id;
    match &notice.news {
        News::CoAuthor(right) => {
            let may = match right {
                Right::Writes => "You see it as its author does, and can change answers and files.",
                Right::Reads | Right::Gone => "You see it as its author does.",
            };
            let account = if notice.person.standing == Standing::Active {
                String::new()
            } else {
                format!(" For that you need an account with this address: ask {house}.")
            };
            format!("You are named as a co-author. {may}{account}")
        }
        News::HandOverAsked if own => format!("{house} asks whether you hand this over. Say so on its page."),
        News::HandOverAsked => format!("{house} asks whether you take this over. Say so on its page."),
        News::HandedOver { reason } => {
            let why = reason.as_ref().map_or_else(String::new, |reason| format!(" {}", words::sentence(reason)));
            if own {
                format!("It was handed over to you and is yours now.{why}")
            } else {
                format!("It was handed over. What was sent until today stays open to you.{why}")
            }
        }
        News::HandOverDeclined => "It is not handed over: one of the two does not want that.".to_owned(),
        News::Redacted { reason } => {
            format!("{house} took something out of it, because: {} The page says what.", words::sentence(reason))
        }
        _ => String::new(),
    }
}
