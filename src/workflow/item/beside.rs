//! What happens to an item beside the workflow: who writes along, whose it is, what was taken out.

use std::collections::BTreeSet;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::Item;
use crate::{
    domain::{Conflict, PersonId},
    workflow::{
        event::{About, Event, EventKind, Ruling},
        right::Right,
    },
};

/// Somebody who writes along.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CoAuthor {
    /// As printed.
    pub name: String,
    /// What they may do.
    pub right: Right,
}

/// A handing over that waits for consent.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Succession {
    /// The successor.
    pub to: PersonId,
    /// Who has agreed.
    pub agreed: BTreeSet<PersonId>,
}

/// An answer or a file that the office took out.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RedactedPart {
    /// What.
    pub about: About,
    /// SHA-256 of what it was, in hex.
    pub sha256: String,
    /// When.
    pub at: Timestamp,
    /// Why.
    pub reason: String,
}

impl Item {
    /// What happens beside the workflow.
    pub(super) fn take_in_beside(&mut self, event: &Event) {
        match &event.what {
            EventKind::CoAuthorNamed { email, name, right } => {
                self.coauthors.insert(email.clone(), CoAuthor { name: name.clone(), right: *right });
            }
            EventKind::CoAuthorRemoved { email, kept: false } => {
                self.coauthors.remove(email);
            }
            EventKind::CoAuthorRemoved { email, kept: true } => {
                if let Some(coauthor) = self.coauthors.get_mut(email) {
                    coauthor.right = Right::Gone;
                }
            }
            EventKind::HandOverProposed { person } => {
                self.succession = Some(Succession { to: *person, agreed: BTreeSet::new() });
            }
            EventKind::HandOverAgreed { person } => {
                if let Some(succession) = &mut self.succession {
                    succession.agreed.insert(*person);
                }
            }
            EventKind::HandOverDeclined { .. } => self.succession = None,
            EventKind::HandedOver { owner, person, .. } => {
                self.succession = None;
                self.former.insert(*owner, event.at);
                self.former.remove(person);
                // Who comes to own what they wrote along has no conflict with it beside that.
                self.recused.remove(person);
                self.submitter = *person;
            }
            EventKind::ConflictLifted { person, conflicts, .. } => {
                self.recused.remove(person);
                self.name_back.remove(person);
                let lasting = conflicts.iter().copied().filter(|conflict| *conflict != Conflict::Recused);
                self.lifted.entry(*person).or_default().extend(lasting);
                self.asked.remove(person);
            }
            EventKind::OfficeAsked { person, matter } => {
                self.asked.entry(*person).or_default().insert(*matter);
            }
            EventKind::OfficeAnswered { person, ruling, .. } => {
                self.asked.remove(person);
                if *ruling == Ruling::NameBack {
                    self.name_back.insert(*person);
                }
            }
            EventKind::Redacted { about, sha256, reason } => self.redactions.push(RedactedPart {
                about: about.clone(),
                sha256: sha256.clone(),
                at: event.at,
                reason: reason.clone(),
            }),
            EventKind::Discarded => {
                self.discarded = true;
                self.closed = true;
                self.timers.clear();
                self.undated.clear();
            }
            _ => {}
        }
    }
}
