//! Assigning and replacing reviewers.

use super::context::{Answer, SignedInPage, key, refused};
use crate::{
    domain::PersonId,
    http::{
        Problem,
        input::{Path, Query},
    },
    present::{
        done::{Deed, Done},
        form::{data::FormData, fault::Faults},
        submission::{assign as shown, assign::Assign},
    },
    usecase::{
        Error,
        submission::{self, Acted},
    },
    workflow::Command,
};

pub(super) async fn ask(
    reader: SignedInPage,
    Path((reference, track)): Path<(String, String)>,
    Query(asked): Query<Vec<(String, String)>>,
) -> Answer {
    let replaced = person(&FormData(asked), "replace")?;
    let page = page(&reader, &reference, &track, replaced, &Faults::default()).await?;
    reader.page_context.show("Assign a reviewer", page).await
}

/// Gives a place to somebody, in the place of another where one is named.
pub(super) async fn assign(
    reader: SignedInPage,
    Path((reference, track)): Path<(String, String)>,
    typed: FormData,
) -> Answer {
    let replaced = person(&typed, "replaces")?;
    let error = match give(&reader, &reference, &track, replaced, &typed).await {
        Ok(acted) => {
            return Ok(reader.to(&acted, Deed::of(Done::Assigned, &track, &acted.submission.definition)));
        }
        Err(error) => error,
    };
    let (status, faults) = refused(error)?;
    let page = page(&reader, &reference, &track, replaced, &faults).await?;
    reader.page_context.show_as(status, "Assign a reviewer", page).await
}

async fn give(
    reader: &SignedInPage,
    reference: &str,
    track: &str,
    replaced: Option<PersonId>,
    typed: &FormData,
) -> Result<Acted, Error> {
    let (target, track) = (typed.target(reference)?, track.to_owned());
    let chosen = typed.text("person").parse().ok();
    let person = chosen.ok_or_else(|| Error::field("person", "missing", "choose a reviewer"))?;
    let assign = Command::Assign { track: track.clone(), person };
    match replaced {
        None => submission::act(&reader.call, &target, &assign).await,
        Some(person) => {
            let release = Command::Release { track, person, reason: Some("replaced".to_owned()) };
            submission::act_twice(&reader.call, &target, &release, &assign).await
        }
    }
}

async fn page(
    reader: &SignedInPage,
    reference: &str,
    track: &str,
    replaced: Option<PersonId>,
    faults: &Faults,
) -> Result<Assign, Problem> {
    let (case, found) = submission::candidates(&reader.call, &key(reference), track, replaced).await?;
    Ok(shown::of(&case, track, &found, replaced, faults).ok_or(Error::NotFound)?)
}

/// A person named in an address or a form.
fn person(asked: &FormData, name: &str) -> Result<Option<PersonId>, Error> {
    asked.get(name).map(|text| text.parse().ok().ok_or(Error::NotFound)).transpose()
}
