//! What is wrong with a form that was posted: found by field, listed on top.

use crate::{
    present::{
        part,
        words::{self, sentence},
    },
    usecase::Error,
    workflow::FieldFault,
};

/// Faults of a form; none before anything was posted.
#[derive(Clone, Debug, Default)]
pub(crate) struct Faults {
    fields: Vec<FieldFault>,
    whole: Option<String>,
}

impl Faults {
    /// What is wrong with single fields.
    pub(crate) fn of(fields: Vec<FieldFault>) -> Self {
        Self { fields, whole: None }
    }

    /// The same with more that is wrong with single fields.
    pub(crate) fn add(&mut self, fields: Vec<FieldFault>) {
        self.fields.extend(fields);
    }

    /// What is wrong, if this error is about what was entered; otherwise the error itself.
    pub(crate) fn from_error(error: Error) -> Result<Self, Error> {
        match error {
            Error::Invalid(fields) => Ok(Self::of(fields)),
            Error::Refused(refusal) => Ok(Self { fields: Vec::new(), whole: Some(words::refusal(&refusal)) }),
            Error::Conflict(reason) => Ok(Self { fields: Vec::new(), whole: Some(sentence(&reason)) }),
            Error::TooLarge { .. } => Ok(Self { fields: Vec::new(), whole: Some(sentence(&error.to_string())) }),
            other => Err(other),
        }
    }

    /// What is wrong with the field of this name on the page.
    pub(crate) fn on(&self, name: &str) -> Option<String> {
        self.fields.iter().find(|fault| is_about(fault, name)).map(|fault| sentence(&fault.message))
    }

    /// The list on top of the page, each fault with the label of its field; `places` are names and labels of fields. A
    /// fault without a field of its own leads to the first of them.
    pub(crate) fn list(&self, places: &[(String, String)]) -> Vec<part::Fault> {
        let first = places.first().map_or("main", |(name, _)| name.as_str());
        let whole =
            self.whole.iter().map(|message| part::Fault { href: format!("#{first}"), message: message.clone() });
        let fields = self.fields.iter().map(|fault| {
            let place = places.iter().find(|(name, _)| is_about(fault, name));
            place.map_or_else(
                || part::Fault::new(format!("#{first}"), sentence(&fault.message)),
                |(name, label)| part::Fault::new(format!("#{name}"), sentence(&format!("{label}: {}", fault.message))),
            )
        });
        whole.chain(fields).collect()
    }
}

/// A fault names a question; on the page its field may stand behind a prefix, as `rubric/hours_plausible`.
fn is_about(fault: &FieldFault, name: &str) -> bool {
    let bare = ["rubric/", "asked/", "one-time/"].iter().find_map(|prefix| name.strip_prefix(prefix)).unwrap_or(name);
    fault.field == name || fault.field == bare
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fault_finds_its_field_behind_a_prefix_and_the_rest_lead_to_the_first_field() {
        let fault = |field: &str| FieldFault { field: field.into(), code: "x".into(), message: format!("fix {field}") };
        let faults = Faults::of(vec![fault("hours_plausible"), fault("agenda/2/minutes"), fault("gone")]);
        let place = |name: &str, label: &str| (name.to_owned(), label.to_owned());
        let places = [place("rubric/hours_plausible", "Hours"), place("agenda/2/minutes", "Session 3, Minutes")];
        let listed = faults.list(&places);
        let links: Vec<&str> = listed.iter().map(|fault| fault.href.as_str()).collect();
        assert_eq!(links, ["#rubric/hours_plausible", "#agenda/2/minutes", "#rubric/hours_plausible"]);
        let words: Vec<&str> = listed.iter().map(|fault| fault.message.as_str()).collect();
        assert_eq!(words, ["Hours: fix hours_plausible.", "Session 3, Minutes: fix agenda/2/minutes.", "Fix gone."]);
        assert_eq!(faults.on("rubric/hours_plausible").as_deref(), Some("Fix hours_plausible."));
        assert_eq!(faults.on("agenda/2/title"), None);
    }

    #[test]
    fn only_errors_about_what_was_entered_become_faults() {
        assert!(Faults::from_error(Error::field("hours", "step", "use quarters")).is_ok());
        assert!(matches!(Faults::from_error(Error::Stale), Err(Error::Stale)));
        assert!(matches!(Faults::from_error(Error::NotFound), Err(Error::NotFound)));
    }
}
