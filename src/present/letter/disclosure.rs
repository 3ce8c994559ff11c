//! Somebody who is named is asked for their disclosure. The letter as it is kept has no link: that is made when it is sent.

use serde::Serialize;

use super::About;
use crate::{
    present::{
        Letter,
        envelope::{Attention, Envelope},
        words::{self, calendar::Calendar, when::When},
    },
    usecase::submission::{AskedByLetter, DISCLOSE_TO_COME},
};

#[derive(Clone, Debug, Serialize)]
pub struct DisclosureLetter {
    pub about: About,
    /// Who asks.
    pub by: String,
    /// Until when the link works.
    pub until: When,
}

impl Letter for DisclosureLetter {
    const TEMPLATE: &'static str = "mail/disclosure";
}

pub(crate) fn of(asked: &AskedByLetter, site: &str) -> (Envelope, DisclosureLetter) {
    let AskedByLetter { request, person, by, case, until, organisation } = asked;
    let about = About {
        reference: case.submission.reference.clone(),
        title: words::title(&case.submission.title, &case.definition),
    };
    let until = Calendar::of(case).day(*until);
    let envelope = Envelope::to(person, organisation, about.subject(), format!("{site}{DISCLOSE_TO_COME}"));
    let attention = Attention::Yours { by: Some(until.clone()) };
    // As the author named them: an account may bear another name, and is nobody's business here.
    (Envelope { attention, name: request.name.clone(), ..envelope }, DisclosureLetter { about, by: by.clone(), until })
}
