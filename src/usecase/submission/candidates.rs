//! Who could take a seat: sorted by load, with the reason for everybody who cannot.

use std::collections::BTreeSet;

use super::prospect::{everybody_named, namesakes};
use crate::{
    access::{Act, Conflict},
    domain::PersonId,
    model::Person,
    usecase::{Call, Case, Error, Reference},
    workflow::{Actor, Command, Facts, Item, Refusal, decide, definition::Role},
};

/// Somebody who could be given a seat.
#[derive(Clone, Debug)]
pub struct Candidate {
    /// Who.
    pub person: Person,
    /// Seats this person holds without a verdict yet, over all submissions.
    pub open_seats: u64,
    /// Why this person cannot be assigned, in words.
    pub obstacle: Option<String>,
    /// Whoever is named in it with a name like theirs: to be asked about, no reason against them.
    pub namesakes: Vec<String>,
}

/// The members of a track's group, the least loaded first. Whether each could be assigned is asked of the engine; with
/// `replaced`, as it is once that person has given the place back.
pub async fn candidates(
    call: &Call,
    reference: &Reference,
    track: &str,
    replaced: Option<PersonId>,
) -> Result<(Case, Vec<Candidate>), Error> {
    let view = call.context.store.view().await?;
    let case = Case::load(&view, call, reference).await?;
    case.allow(&call.caller, Act::Manage)?;
    let role = case.definition.track(track).map(|track| &track.role);
    let Some(Role::Group { group, .. }) = role.and_then(|role| case.definition.roles.get(role)) else {
        return Err(Refusal::NoTrack { track: track.to_owned() }.into());
    };
    let facts = case.facts(Actor::Coordinator(call.caller.person));
    let item = without(&case, replaced, track, &facts)?;
    let found = view.candidates(group).await?;
    let author = view.person(case.submission.submitter).await?.ok_or(Error::NotFound)?;
    let people: Vec<Person> = found.iter().map(|(person, _)| person.clone()).collect();
    let addresses = view.addresses_of(&people).await?;
    let named = everybody_named(&view, &case).await?;
    let candidates = found
        .into_iter()
        .map(|(person, open_seats)| {
            let command = Command::Assign { track: track.to_owned(), person: person.id };
            let refusal = decide(&case.definition, &item, &command, &facts).err();
            let obstacle = refusal.map(|refusal| match (&refusal, case.conflicts.get(&person.id)) {
                (Refusal::Conflicted, Some(conflict)) => in_words(*conflict, &author, &person),
                _ => refusal.to_string(),
            });
            let nothing = BTreeSet::new();
            let namesakes = namesakes(&named, addresses.get(&person.id).unwrap_or(&nothing), &person.name);
            Candidate { person, open_seats, obstacle, namesakes }
        })
        .collect();
    Ok((case, candidates))
}

/// Why somebody cannot judge it.
fn in_words(conflict: Conflict, author: &Person, person: &Person) -> String {
    let why = match conflict {
        Conflict::Recused => return "Declared a conflict of interest".to_owned(),
        Conflict::Author => "is the author".to_owned(),
        Conflict::Named => "is named in the submission".to_owned(),
        Conflict::Colleague if person.institution() == author.institution() => {
            format!("works at {}, like the author", author.affiliation.trim())
        }
        Conflict::Colleague => format!("works at {}, like a co-author", person.affiliation.trim()),
    };
    format!("Conflict of interest: {why}")
}

/// The item once somebody has given the place back.
fn without(case: &Case, replaced: Option<PersonId>, track: &str, facts: &Facts<'_>) -> Result<Item, Error> {
    let item = case.submission.item.clone();
    let Some(person) = replaced else { return Ok(item) };
    let release = Command::Release { track: track.to_owned(), person, reason: None };
    let events = decide(&case.definition, &item, &release, facts)?;
    Ok(events.iter().fold(item, Item::apply))
}
