//! Somebody's second factor was taken away.

use serde::Serialize;

use crate::{
    present::{Letter, envelope::Envelope},
    usecase::letter::Addressed,
};

#[derive(Clone, Debug, Serialize)]
pub struct SecondFactorLetter {}

impl Letter for SecondFactorLetter {
    const TEMPLATE: &'static str = "mail/second_factor";
}

pub(crate) fn of(addressed: &Addressed, site: &str) -> (Envelope, SecondFactorLetter) {
    let Addressed { person, organisation } = addressed;
    let subject = format!("Your second factor for {} was taken away", organisation.name);
    let href = format!("{site}/account/second-factor");
    (Envelope::to(person, organisation, subject, href), SecondFactorLetter {})
}
