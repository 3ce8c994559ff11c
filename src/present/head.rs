//! What submission a page is about, and where it stands, in the reader's words.

use serde::Serialize;

use crate::{
    access::Relation,
    model::Person,
    present::{
        part::{Link, Tag},
        path,
        words::{self, state},
    },
    usecase::{Case, submission::Dossier},
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
        title: words::title(&submission.title, &case.definition),
        workflow: case.definition.title.clone(),
        author: author.map(words::printed),
        href: path::submission(&submission.reference),
        state: state::tag(&case.definition, &submission.item.state, relation),
    }
}

/// The way back to a submission's page.
pub(crate) fn back(dossier: &Dossier) -> Link {
    let reference = &dossier.case.submission.reference;
    Link { label: format!("Back to {reference}"), href: path::submission(reference) }
}
