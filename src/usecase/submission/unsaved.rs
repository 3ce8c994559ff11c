//! What somebody typed into the forms of a submission and what is no answer yet: kept beside the answers, as it was typed.

use std::collections::BTreeSet;

use crate::{
    access::Act,
    model::Typed,
    store::Tx,
    usecase::{Call, Case, Error},
    workflow::{Definition, FieldFault, Offer, Refusal, engine},
};

/// Everything that is kept of one form, in bytes: forms of workflows are far smaller.
const MOST: usize = 2_000_000;

/// What the names of fields begin with that tell what stood in the store when the form was shown.
pub const SEEN: &str = "seen/";
/// The same for whose answer stands, where two were given at a time.
pub const USE: &str = "use/";

/// The question that a field of a form belongs to: `agenda/2/minutes` and `seen/agenda` to `agenda`.
#[must_use]
pub fn question_of(field: &str) -> &str {
    let bare = field.strip_prefix(SEEN).or_else(|| field.strip_prefix(USE)).unwrap_or(field);
    bare.split('/').next().unwrap_or_default()
}

/// Keeps what was typed, or forgets it where nothing is left.
pub(super) async fn keep(tx: &Tx, typed: Typed) -> Result<(), Error> {
    if typed.fields.is_empty() {
        return Ok(tx.forget_typed(typed.person, typed.submission, &typed.form).await?);
    }
    if typed.fields.iter().map(|(name, value)| name.len() + value.len()).sum::<usize>() > MOST {
        return Err(Error::TooLarge { limit: MOST.try_into().unwrap_or(u64::MAX) });
    }
    Ok(tx.keep_typed(&typed).await?)
}

/// Forgets what was typed for questions that have their answers now.
pub(super) async fn answered(tx: &Tx, call: &Call, case: &Case, questions: &BTreeSet<&str>) -> Result<(), Error> {
    for mut typed in tx.typed_by(call.caller.person, case.submission.id).await? {
        let open = |field: &str| !questions.contains(question_of(field));
        if !is_of_form(&typed) || typed.fields.iter().all(|(name, _)| open(name)) {
            continue;
        }
        typed.fields.retain(|(name, _)| open(name));
        typed.faults.retain(|fault| open(&fault.field));
        keep(tx, Typed { at: call.now, ..typed }).await?;
    }
    Ok(())
}

fn is_of_form(typed: &Typed) -> bool {
    typed.form.starts_with("form/")
}

/// What is wrong with what was typed into the form, as far as that is asked still.
fn wrong<'t>(definition: &Definition, typed: &'t [Typed]) -> Vec<&'t FieldFault> {
    let faults = typed.iter().filter(|typed| is_of_form(typed)).flat_map(|typed| &typed.faults);
    faults.filter(|fault| definition.question(question_of(&fault.field)).is_some()).collect()
}

/// All that is to be put right before it can be sent, in the order of the form: what was typed and is no answer yet, and
/// what the answers lack.
pub(super) fn to_put_right(definition: &Definition, missing: Vec<FieldFault>, typed: &[Typed]) -> Vec<FieldFault> {
    let wrong = wrong(definition, typed);
    let typed_for = |question: &str| wrong.iter().any(|fault| question_of(&fault.field) == question);
    let missing = missing.into_iter().filter(|fault| !typed_for(question_of(&fault.field)));
    let mut all: Vec<FieldFault> = wrong.iter().map(|fault| (*fault).clone()).chain(missing).collect();
    let questions: Vec<&str> = definition.form.iter().flat_map(|section| &section.questions).map(|q| &*q.id).collect();
    all.sort_by_key(|fault| questions.iter().position(|id| *id == question_of(&fault.field)));
    all
}

/// The step that hands in the whole form, once more for who typed something that is no answer yet: refused.
pub(super) fn withhold(case: &Case, offers: &mut [Offer], missing: &[FieldFault], typed: &[Typed]) {
    if !case.is_editable() || wrong(&case.definition, typed).is_empty() {
        return;
    }
    for offer in offers {
        let engine::Act::Fire(name) = &offer.act else { continue };
        let open = matches!(offer.refusal, None | Some(Refusal::Fields { .. } | Refusal::Unmet { .. }));
        let step = case.definition.transitions.get(name);
        if open && step.is_some_and(|step| case.definition.wants_whole_form(step)) {
            offer.refusal = Some(Refusal::Fields { faults: missing.to_vec() });
        }
    }
}

/// Refuses a step that hands in the whole form while the caller typed something that is no answer yet.
pub(super) async fn none_for(tx: &Tx, call: &Call, case: &Case, transition: &str) -> Result<(), Error> {
    let step = case.definition.transitions.get(transition);
    let hands_in = case.allow(&call.caller, Act::Write).is_ok()
        && case.is_editable()
        && step.is_some_and(|step| case.definition.wants_whole_form(step));
    if !hands_in {
        return Ok(());
    }
    let typed = tx.typed_by(call.caller.person, case.submission.id).await?;
    if wrong(&case.definition, &typed).is_empty() {
        return Ok(());
    }
    let missing = case.missing();
    Err(Refusal::Fields { faults: to_put_right(&case.definition, missing, &typed) }.into())
}
