//! Putting by what was typed on the page of a step or a review, to go on with later.

use super::{act::seen, unsaved::keep};
use crate::{
    model::{Fields, Receipt, Typed},
    usecase::{Call, Error, Reference},
    workflow::Definition,
};

/// Puts by what was typed on the page of a step or a review, to go on with later. Nothing is looked at but its size.
pub async fn put_by(call: &Call, reference: &Reference, form: &str, fields: Fields) -> Result<(), Error> {
    let deed = call.begin().await?;
    let case = seen(&deed, call, reference).await?;
    if !is_form(&case.definition, form) {
        return Err(Error::NotFound);
    }
    let fields = fields.into_iter().filter(|(name, _)| !matches!(name.as_str(), "then" | "version" | "next")).collect();
    let (submission, person, form) = (case.submission.id, call.caller.person, form.to_owned());
    keep(&deed, Typed { submission, person, form, fields, faults: Vec::new(), at: call.now }).await?;
    deed.commit(Receipt::Done).await
}

fn is_form(definition: &Definition, form: &str) -> bool {
    match form.split_once('/') {
        Some(("act", name)) => definition.transitions.contains_key(name),
        Some(("review", name)) => definition.track(name).is_some(),
        _ => false,
    }
}
