//! Review that is blind both ways: what tells a reviewer who the author is, taken out.
//!
//! Names and addresses in lists of people are known for what they are and go; what the author writes of himself in other
//! answers and in files stays, and is his to leave out.

use std::collections::BTreeMap;

use crate::{
    access::{self, Act, Caller},
    domain::{Answer, Answers, Email},
    store::{HolderName, Person, TurnRow},
    usecase::{Case, Context, Error},
};

/// What stands in the author's place.
const NAME: &str = "The author";

/// What stands in the place of the author's address; `.invalid` reaches nobody (RFC 2606).
const ADDRESS: &str = "author@hidden.invalid";

/// Whether the author of a submission is hidden from the caller; from nobody who may read who did what.
pub(super) fn hides_author(case: &Case, caller: &Caller) -> bool {
    let item = &case.submission.item;
    let seated = |track: &str| item.tracks.get(track).is_some_and(|progress| progress.seat(caller.person).is_some());
    item.submitter != caller.person
        && case.allow(caller, Act::Trace).is_err()
        && access::hides_author(caller, &case.definition, seated)
}

/// Puts something else in the author's place wherever answers name him as one of several people.
pub(super) fn hide(answers: &mut Answers, author: &Person) {
    for answer in answers.0.values_mut() {
        match answer {
            Answer::People(people) => {
                for person in people.iter_mut().filter(|person| person.email == author.email) {
                    NAME.clone_into(&mut person.name);
                    if let Ok(address) = ADDRESS.parse() {
                        person.email = address;
                    }
                }
            }
            Answer::Table(rows) => {
                rows.iter_mut().flat_map(|row| row.values_mut()).for_each(|cell| hide_address(cell, &author.email));
            }
            _ => {}
        }
    }
}

/// A cell that refers to one of the people does it by the address.
fn hide_address(cell: &mut Answer, author: &Email) {
    if let Answer::Text(text) = cell
        && text == author.as_str()
    {
        ADDRESS.clone_into(text);
    }
}

/// Leaves the author out of rows that wait for somebody to whom he is hidden.
pub(super) async fn hide_in_rows(context: &Context, caller: &Caller, rows: &mut [TurnRow]) -> Result<(), Error> {
    let mut known = BTreeMap::new();
    for row in rows.iter_mut().filter(|row| row.submission.submitter != caller.person) {
        let hash = &row.submission.definition;
        if !known.contains_key(hash) {
            let view = context.store.view().await?;
            known.insert(hash.clone(), context.definitions.pinned(&view, hash).await?);
        }
        let Some(definition) = known.get(hash) else { continue };
        let seated = |track: &str| row.track.as_deref() == Some(track);
        if access::hides_author(caller, definition, seated) {
            let author = row.submission.submitter;
            row.submission.author.clear();
            for holder in &mut row.submission.holders {
                match holder {
                    HolderName::Person(person, name) if *person == author => NAME.clone_into(name),
                    HolderName::Person(..) | HolderName::Group(_) => {}
                }
            }
        }
    }
    Ok(())
}
