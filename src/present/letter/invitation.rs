//! Somebody is invited. The letter as it is kept has no link: that is made when it is sent.

use serde::Serialize;

use crate::{
    present::{
        Letter,
        envelope::{Attention, Envelope},
        words::{self, when::When},
    },
    usecase::{account::LINK_TO_COME, letter::Invited},
};

#[derive(Clone, Debug, Serialize)]
pub struct InvitationLetter {
    /// What the reader will do here: `Content reviewers`.
    pub parts: Vec<String>,
    /// Until when the link works.
    pub until: When,
}

impl Letter for InvitationLetter {
    const TEMPLATE: &'static str = "mail/invitation";
}

pub(crate) fn of(invited: &Invited, site: &str) -> (Envelope, InvitationLetter) {
    let Invited { person, organisation, groups, now, until, zone } = invited;
    let until = When::day(*until, *now, zone);
    let subject = format!("Invitation to {}", organisation.name);
    let envelope = Envelope::to(person, organisation, subject, format!("{site}{LINK_TO_COME}"));
    let duties = person.duties.iter().map(|duty| words::duty(*duty).to_owned());
    let letter = InvitationLetter { parts: duties.chain(groups.iter().cloned()).collect(), until: until.clone() };
    (Envelope { attention: Attention::Yours { by: Some(until) }, ..envelope }, letter)
}
