//! What submission a page is about, and where it stands, in the reader's words.

use serde::Serialize;

use crate::{
    access::Relation,
    present::{
        part::{Link, Tag, Tone},
        path, words,
    },
    store::Person,
    usecase::{Case, submission::Dossier},
    workflow::Definition,
};

/// What submission a page is about.
#[derive(Clone, Debug, Serialize)]
pub struct Head {
    pub reference: String,
    /// What the author calls it.
    pub title: String,
    /// `Self-study`, the workflow's title.
    pub workflow: String,
    /// Who wrote it; nothing where the reader must not know.
    pub author: Option<String>,
    pub href: String,
    /// Where it stands, in the reader's words.
    pub state: Tag,
}

/// The head of a page about one submission.
pub(crate) fn head(dossier: &Dossier) -> Head {
    let author = match dossier.relation {
        Relation::Owner => None,
        _ => dossier.people.get(&dossier.case.submission.submitter),
    };
    of(&dossier.case, author, dossier.relation)
}

/// The same for a reader who is shown this much of the author.
pub(crate) fn of(case: &Case, author: Option<&Person>, relation: Relation) -> Head {
    let submission = &case.submission;
    Head {
        reference: submission.reference.clone(),
        title: title(&submission.title, &case.definition),
        workflow: case.definition.title.clone(),
        author: author.map(printed),
        href: path::submission(&submission.reference),
        state: state(&case.definition, &submission.item.state, relation),
    }
}

/// The way back to a submission's page.
pub(crate) fn back(dossier: &Dossier) -> Link {
    let reference = &dossier.case.submission.reference;
    Link { label: format!("Back to {reference}"), href: path::submission(reference) }
}

/// A title, or what stands in for one.
pub(crate) fn title(title: &str, definition: &Definition) -> String {
    if title.trim().is_empty() { format!("Untitled {}", words::subject(definition.subject)) } else { title.to_owned() }
}

/// A name with what stands behind it: `Amara Okafor, MD`.
pub(crate) fn printed(person: &Person) -> String {
    if person.credentials.is_empty() { person.name.clone() } else { format!("{}, {}", person.name, person.credentials) }
}

/// A state in a word or two: in the office's words, or the author's where it is his own.
pub(crate) fn state(definition: &Definition, id: &str, relation: Relation) -> Tag {
    let Some(state) = definition.states.get(id) else {
        return Tag { label: words::words(id), tone: Tone::Quiet };
    };
    let tone = match relation == Relation::Owner {
        true if state.is_draft() => Tone::Turn,
        false if state.is_draft() => Tone::Quiet,
        _ if state.accredits() => Tone::Good,
        _ if state.ends() => Tone::Bad,
        true if state.waits_for_author() => Tone::Turn,
        _ => Tone::Moving,
    };
    Tag { label: state.label.clone(), tone }
}
