//! A form that came in after its sender's session had ended.

use serde::Serialize;

use super::{
    View,
    error::{Kept, given_back},
    part::{Button, Fact, Tone},
    path,
    words::calendar::Calendar,
};
use crate::{model::Unsent, usecase::unsent::KEPT};

/// What was typed, to be sent now.
#[derive(Clone, Debug, Serialize)]
pub struct UnsentForm {
    /// What happened, and until when it is kept.
    pub lead: String,
    pub typed: Vec<Fact>,
    /// The form as it was posted.
    pub again: Kept,
    /// Drops it.
    pub forget: Button,
}

impl View for UnsentForm {
    const TEMPLATE: &'static str = "page/unsent_read.html";
}

pub(crate) fn of(form: &Unsent, calendar: &Calendar) -> UnsentForm {
    let kept = Kept { action: form.place.clone(), fields: form.fields.clone(), kept_as: None };
    let (at, until) = (calendar.instant(form.at).text, calendar.day(form.at + KEPT).text);
    UnsentForm {
        lead: format!(
            "You sent this on {at}, and your session had ended by then, so nothing was done with it. It is kept for you \
             alone until {until}. Files are not among it: choose them again."
        ),
        typed: given_back(&kept),
        again: Kept { action: path::with(&form.place, "unsent", &form.id.to_string()), ..kept },
        forget: Button {
            label: "Throw it away".to_owned(),
            action: format!("/unsent/{}", form.id),
            version: None,
            tone: Tone::Quiet,
        },
    }
}
