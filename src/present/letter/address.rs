//! Another address of somebody: both are asked whether they agree, or one is told of it.

use serde::Serialize;

use crate::{
    domain::Email,
    model::Side,
    present::{
        Letter,
        envelope::{Attention, Envelope},
        words::when::When,
    },
    usecase::{
        letter::Addressed,
        own_account::address::{Asked, link_to_come},
    },
};

#[derive(Clone, Debug, Serialize)]
pub struct AddressLetter {
    pub paragraphs: Vec<String>,
    /// What the link says.
    pub link: String,
}

impl Letter for AddressLetter {
    const TEMPLATE: &'static str = "mail/address";
}

/// To the address of now, or to the new one. Somebody else's new one is only told, for whoever reads there is not asked.
pub(crate) fn asked(asked: &Asked, to_whom: Side, site: &str) -> (Envelope, AddressLetter) {
    let Asked { to: Addressed { person, organisation }, change, taken, now, zone } = asked;
    let house = &organisation.name;
    if *taken && to_whom == Side::New {
        return told(asked, site);
    }
    let until = When::instant(change.expires_at, *now, zone);
    let href = format!("{site}{}", link_to_come(change.id, to_whom));
    let subject = format!("Another address for {house}");
    let envelope = Envelope::to(person, organisation, subject, href);
    let asks = match to_whom {
        Side::Old => format!(
            "Somebody who knows your password wants to be reached at {} from now on, and to sign in with that.",
            change.email
        ),
        Side::New => format!("Somebody with an account at {house} wants to be reached here from now on."),
    };
    let letter = AddressLetter {
        paragraphs: vec![
            asks,
            format!(
                "Was it you? Confirm it on the page below, until {}, and by the letter to the other address too. The \
                 address changes once both are confirmed.",
                until.text
            ),
            match to_whom {
                Side::Old => "Was it not you? Do not open the link, and choose another password at once.".to_owned(),
                Side::New => "Was it not you? There is nothing to do: without the link nothing changes.".to_owned(),
            },
        ],
        link: "Confirm the address".to_owned(),
    };
    (Envelope { attention: Attention::Yours { by: Some(until) }, ..envelope }, letter)
}

/// To an address that is known here already.
fn told(asked: &Asked, site: &str) -> (Envelope, AddressLetter) {
    let Asked { to: Addressed { organisation, .. }, change, .. } = asked;
    let house = &organisation.name;
    let envelope = Envelope {
        subject: format!("Another address for {house}"),
        // Who asked is not said to whom this may be a stranger.
        name: change.email.to_string(),
        organisation: house.clone(),
        attention: Attention::Nobody,
        href: format!("{site}/sign-in"),
    };
    let letter = AddressLetter {
        paragraphs: vec![
            format!("Somebody with another account at {house} wanted to be reached at this address."),
            "It is known here already, so nothing changes. Was it you? Then you have two accounts, or had: ask the office."
                .to_owned(),
        ],
        link: "Sign in".to_owned(),
    };
    (envelope, letter)
}

/// To the address of before, where the office has changed it.
pub(crate) fn changed(addressed: &Addressed, site: &str) -> (Envelope, AddressLetter) {
    let Addressed { person, organisation } = addressed;
    let subject = format!("Your address for {}", organisation.name);
    let envelope = Envelope::to(person, organisation, subject, format!("{site}/sign-in"));
    let letter = AddressLetter {
        paragraphs: vec![
            format!(
                "The office of {} gave your account another address. Letters go there from now on, and you sign in with it.",
                organisation.name
            ),
            "Did you not ask for it? Tell the office.".to_owned(),
        ],
        link: "Sign in".to_owned(),
    };
    (Envelope { attention: Attention::Nobody, ..envelope }, letter)
}

/// Whom a letter goes to.
pub(crate) fn recipient(asked: &Asked, side: Side) -> Email {
    match side {
        Side::Old => asked.to.person.email.clone(),
        Side::New => asked.change.email.clone(),
    }
}
