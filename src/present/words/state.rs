//! Where something stands, as its author, the office and the public read it.

use super::{sentence, words};
use crate::{
    access::Relation,
    present::part::{Tag, Tone},
    workflow::{
        Definition,
        definition::{State, Verdict},
    },
};

/// A state in a word or two, with what it means to who reads.
pub(crate) fn tag(definition: &Definition, id: &str, relation: Relation) -> Tag {
    let Some(state) = definition.states.get(id) else {
        return Tag { label: words(id), tone: Tone::Quiet };
    };
    let tone = match relation.is_author() {
        true if state.is_draft() => Tone::Turn,
        false if state.is_draft() => Tone::Quiet,
        _ if state.accredits() => Tone::Good,
        _ if state.ends() => Tone::Bad,
        true if state.waits_for_author() => Tone::Turn,
        false if definition.is_overdue_state(id) => Tone::Bad,
        _ => Tone::Moving,
    };
    let label = match &state.author_label {
        Some(told) if relation.is_author() => in_short(told),
        _ => state.label.clone(),
    };
    Tag { label, tone }
}

/// The first sentence of what the author is told; what they can do about it stands beside it.
fn in_short(told: &str) -> String {
    told.split_once(". ").map_or(told, |(first, _)| first).trim_end_matches('.').to_owned()
}

/// The same in words alone: to the author as the definition tells them, to everybody else as the office calls it.
pub(crate) fn called(definition: &Definition, id: &str, relation: Relation) -> String {
    let label = |state: &State| match &state.author_label {
        Some(told) if relation.is_author() => told.clone(),
        _ => state.label.clone(),
    };
    definition.states.get(id).map_or_else(|| id.to_owned(), label)
}

/// The author's own words for where it stands.
pub(crate) fn for_author(definition: &Definition, state: &str) -> String {
    let Some(found) = definition.states.get(state) else { return words(state) };
    match &found.author_label {
        Some(label) => sentence(label),
        None if found.is_draft() => {
            "A draft. Only you can see it. Fill it in over as many days as you like.".to_owned()
        }
        None if found.ends() => format!("{}. Nothing more for you to do.", found.label),
        None => sentence(&found.label),
    }
}

/// A sentence for everybody but the author.
pub(crate) fn for_office(definition: &Definition, id: &str) -> String {
    sentence(&called(definition, id, Relation::Coordinator))
}

/// For the public: whether the accreditation stands.
pub(crate) fn public(stands: bool) -> Tag {
    if stands { Tag::new("Accredited", Tone::Good) } else { Tag::new("Accreditation ended", Tone::Bad) }
}

/// A verdict as a mark.
pub(crate) fn verdict(verdict: Verdict) -> Tag {
    let tone = match verdict {
        Verdict::Approve => Tone::Good,
        Verdict::Revise => Tone::Turn,
        Verdict::Reject => Tone::Bad,
    };
    Tag { label: verdict.in_words().to_owned(), tone }
}
