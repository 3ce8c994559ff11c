//! Somebody forgot their password. The letter as it is kept has no link: that is made when it is sent.

use serde::Serialize;

use crate::{
    present::{
        Letter,
        envelope::{Attention, Envelope},
        words::when::When,
    },
    usecase::{account::RESET_TO_COME, letter::Forgetful},
};

#[derive(Clone, Debug, Serialize)]
pub struct ResetLetter {
    /// Until when the link works.
    pub until: When,
}

impl Letter for ResetLetter {
    const TEMPLATE: &'static str = "mail/reset";
}

pub(crate) fn of(forgetful: &Forgetful, site: &str) -> (Envelope, ResetLetter) {
    let Forgetful { person, organisation, now, until, zone } = forgetful;
    let until = When::instant(*until, *now, zone);
    let subject = format!("Another password for {}", organisation.name);
    let envelope = Envelope::to(person, organisation, subject, format!("{site}{RESET_TO_COME}"));
    (Envelope { attention: Attention::Yours { by: Some(until.clone()) }, ..envelope }, ResetLetter { until })
}
