//! Review that is blind both ways: what tells a reviewer who the author is, taken out.
//!
//! Names and addresses in lists of people are known for what they are and go; what the author writes of themselves in other
//! answers and in files stays, and is theirs to leave out.

use std::collections::BTreeSet;

use crate::{
    domain::{Answer, Answers, Email},
    model::{HolderName, Person, QueueRow},
    store::ReadTx,
    usecase::Error,
};

/// What stands in the author's place.
const NAME: &str = "The author";

/// What stands in the place of the author's address; `.invalid` reaches nobody (RFC 2606).
const ADDRESS: &str = "author@hidden.invalid";

/// Every address of the author, those of before too.
pub(super) async fn addresses(view: &ReadTx, author: &Person) -> Result<BTreeSet<Email>, Error> {
    Ok(view.addresses_of(std::slice::from_ref(author)).await?.remove(&author.id).unwrap_or_default())
}

/// Whether it stands in the place of the author's address.
pub(super) fn is_hidden(email: &Email) -> bool {
    email.as_str() == ADDRESS
}

/// Puts something else in the author's place wherever answers name them, by whichever address, as one of several people.
pub(super) fn hide(answers: &mut Answers, author: &BTreeSet<Email>) {
    for answer in answers.0.values_mut() {
        match answer {
            Answer::People(people) => {
                for person in people.iter_mut().filter(|person| author.contains(&person.email)) {
                    NAME.clone_into(&mut person.name);
                    if let Ok(address) = ADDRESS.parse() {
                        person.email = address;
                    }
                }
            }
            Answer::Table(rows) => {
                rows.iter_mut().flat_map(|row| row.values_mut()).for_each(|cell| hide_address(cell, author));
            }
            _ => {}
        }
    }
}

/// A cell that refers to one of the people does it by the address.
fn hide_address(cell: &mut Answer, author: &BTreeSet<Email>) {
    if let Answer::Text(text) = cell
        && author.iter().any(|address| text == address.as_str())
    {
        ADDRESS.clone_into(text);
    }
}

/// Leaves the author out of a row that waits for somebody to whom they are hidden.
pub(super) fn hide_in_row(row: &mut QueueRow) {
    row.author.clear();
    for holder in &mut row.holders {
        if let HolderName::Person { person, name, .. } = holder
            && *person == row.submitter
        {
            NAME.clone_into(name);
        }
    }
}
