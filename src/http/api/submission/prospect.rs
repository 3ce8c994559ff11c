//! What somebody is told who is asked whether they have a conflict of interest, as a program reads it.

use std::collections::BTreeMap;

use serde::Serialize;
use serde_json::Value;
use utoipa::ToSchema;

use crate::{
    present::submission::prospect,
    usecase::submission::{Dossier, Prospect},
};

/// What somebody is told who is asked whether they have a conflict of interest.
#[derive(Serialize, ToSchema)]
pub(super) struct ProspectOut {
    /// Where the author works, where the reader may know.
    institution: String,
    /// Everybody who is named.
    people: Vec<ProspectedOut>,
    /// What it is and who pays for it, by question.
    #[schema(value_type = Object)]
    answers: BTreeMap<String, Value>,
    /// How many hours are taught.
    hours: String,
    /// How many files there are.
    files: usize,
}

/// Somebody who is named.
#[derive(Serialize, ToSchema)]
struct ProspectedOut {
    /// As printed.
    name: String,
    /// The part they play.
    part: String,
    /// Where they work, where that is known.
    institution: String,
}

impl ProspectOut {
    pub(super) fn of(prospect: &Prospect, dossier: &Dossier) -> Self {
        let shown = prospect
            .answers
            .0
            .iter()
            .filter_map(|(id, answer)| Some((id.clone(), dossier.case.definition.question(id)?.show(answer))));
        let people = prospect.people.iter().map(|named| ProspectedOut {
            name: named.name.clone(),
            part: named.part.clone(),
            institution: named.institution.clone(),
        });
        Self {
            institution: prospect.institution.clone(),
            people: people.collect(),
            answers: shown.collect(),
            hours: prospect::hours(prospect.minutes),
            files: prospect.files,
        }
    }
}
