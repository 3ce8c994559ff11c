//! Those who write along: named by the author with their address, who then see the submission and may be let write.

use std::collections::BTreeSet;

use jiff::Timestamp;

use super::{Acted, act::seen, persist_decision};
use crate::{
    clock::new_id,
    domain::{Email, Line, PersonId, Standing},
    model::{Person, Receipt},
    usecase::{Call, Error, Target},
    workflow::{Actor, CoAuthor, EventKind, Right, engine::beside},
};

/// Most co-authors of one submission.
const MOST: usize = 50;

/// Somebody to write along, as they were entered.
#[derive(Clone, Debug)]
pub struct NewCoAuthor {
    /// As printed.
    pub name: String,
    /// Their address.
    pub email: String,
    /// What they may do.
    pub right: Right,
}

/// Names a co-author, or says anew what one may do. They get a letter.
pub async fn name_coauthor(call: &Call, target: &Target, entered: &NewCoAuthor) -> Result<Acted, Error> {
    let name: String = Line::within(&entered.name, 200).map_err(|fault| Error::text("name", fault))?.into();
    if name.is_empty() {
        return Err(Error::field("name", "missing", "enter the name as it should be printed"));
    }
    let email: Email = entered
        .email
        .parse()
        .map_err(|fault: crate::domain::EmailError| Error::field("email", "email", &fault.to_string()))?;
    let deed = call.begin().await?;
    let case = seen(&deed, call, &target.reference).await?;
    let permit = case.allow_naming(&call.caller)?;
    case.expect(target.version)?;
    let item = &case.submission.item;
    let known = item.coauthors.get(&email);
    if known.is_none_or(|known| known.right == Right::Gone) && !case.is_editable() {
        let message = "this was sent; whoever wrote along is named before, or once it comes back to you";
        return Err(Error::Conflict(message.to_owned()));
    }
    if email.is_erased() {
        return Err(Error::field("email", "erased", "nobody can be reached there; enter the address they have now"));
    }
    if known.is_none() && item.coauthors.len() >= MOST {
        return Err(Error::field("email", "too-many", &format!("{MOST} co-authors are the most")));
    }
    let person = deed.named_person(&named(&name, &email, call.now)).await?;
    if person.id == item.submitter {
        return Err(Error::field("email", "own", "this is the author's own address"));
    }
    let coauthor = CoAuthor { name, right: entered.right };
    if known == Some(&coauthor) {
        return Acted::of(call, &case, case.submission.clone(), Vec::new());
    }
    let what = EventKind::CoAuthorNamed { email, name: coauthor.name, right: coauthor.right };
    let events = beside(&case.definition, item, &case.facts(Actor::Person(call.caller.person)), what);
    let submission = persist_decision(&deed, &call.context, permit, &case, events.clone()).await?;
    let acted = Acted::of(call, &case, submission, events)?;
    deed.commit(Receipt::stepped(&acted.submission)).await?;
    Ok(acted)
}

/// Takes a co-author off. Where it was sent with them, they stay on record as somebody who cannot judge it.
pub async fn remove_coauthor(call: &Call, target: &Target, person: PersonId) -> Result<Acted, Error> {
    let deed = call.begin().await?;
    let case = seen(&deed, call, &target.reference).await?;
    let permit = case.allow_naming(&call.caller)?;
    case.expect(target.version)?;
    let person = deed.person(person).await?.ok_or(Error::NotFound)?;
    let addresses = deed.addresses_of(std::slice::from_ref(&person)).await?.remove(&person.id).unwrap_or_default();
    let item = &case.submission.item;
    let standing = |email: &Email| item.coauthors.get(email).is_some_and(|known| known.right != Right::Gone);
    let email = addresses.into_iter().find(standing).ok_or(Error::NotFound)?;
    let what = EventKind::CoAuthorRemoved { email, kept: case.submission.sent_at.is_some() };
    let events = beside(&case.definition, item, &case.facts(Actor::Person(call.caller.person)), what);
    let submission = persist_decision(&deed, &call.context, permit, &case, events.clone()).await?;
    let acted = Acted::of(call, &case, submission, events)?;
    deed.commit(Receipt::stepped(&acted.submission)).await?;
    Ok(acted)
}

/// Somebody as they are known who have no account yet.
fn named(name: &str, email: &Email, at: Timestamp) -> Person {
    Person {
        id: PersonId(new_id()),
        email: email.clone(),
        name: name.to_owned(),
        credentials: String::new(),
        affiliation: String::new(),
        standing: Standing::Named,
        duties: BTreeSet::new(),
        created_at: at,
    }
}
