//! Review that is blind both ways: what tells a reviewer who the author is, taken out.
//!
//! Names and addresses in lists of people are known for what they are and go; what the author writes of themselves in other
//! answers and in files stays, and is theirs to leave out.

use crate::{
    domain::{Answer, Answers, Email},
    model::{HolderName, Person, QueueRow},
};

/// What stands in the author's place.
const NAME: &str = "The author";

/// What stands in the place of the author's address; `.invalid` reaches nobody (RFC 2606).
const ADDRESS: &str = "author@hidden.invalid";

/// Puts something else in the author's place wherever answers name them as one of several people.
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
