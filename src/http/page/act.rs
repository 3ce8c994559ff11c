//! Steps of the workflow, each on a page of its own.

use super::context::{Answer, SignedInPage};
use crate::{
    http::input::Path,
    present::{
        done::{Deed, Done},
        form::{Entered, Form, data::FormData},
        submission::act as shown,
    },
    usecase::{
        Error,
        submission::{self, Acted, Dossier, Step, StepKind},
    },
    workflow::{Definition, Refusal, definition::State},
};

/// What a step asks.
pub(super) async fn ask(reader: SignedInPage, Path((reference, name)): Path<(String, String)>) -> Answer {
    let dossier = reader.dossier(&reference).await?;
    let page = page(&dossier, &name, &Entered::put_by(&dossier.typed, &format!("act/{name}")))?;
    reader.page_context.show(&page.heading.clone(), page).await
}

/// Takes a step, or shows its page again.
pub(super) async fn fire(
    reader: SignedInPage,
    Path((reference, name)): Path<(String, String)>,
    mut typed: FormData,
) -> Answer {
    if typed.rearrange("requests", "about") {
        let page = page(&reader.dossier(&reference).await?, &name, &typed.into())?;
        return reader.page_context.show(&page.heading.clone(), page).await;
    }
    if typed.is_for_later() {
        return reader.put_by(&reference, &format!("act/{name}"), typed).await;
    }
    match take(&reader, &reference, &name, &mut typed).await {
        Ok(acted) => {
            let done = if sends(&acted, &reader, &name) { Done::Sent } else { Done::Stepped };
            Ok(reader.to(&acted, Deed::of(done, &name, &acted.definition.hash)))
        }
        Err(error) => {
            let page = |dossier: &Dossier, entered: &Entered| page(dossier, &name, entered);
            reader.again(&reference, typed, error, page).await
        }
    }
}

async fn take(reader: &SignedInPage, reference: &str, name: &str, typed: &mut FormData) -> Result<Acted, Error> {
    let requests = typed.requests().map_err(Error::Invalid)?;
    let target = typed.target(reference)?;
    let note = typed.get("note").map(str::to_owned);
    let read = |definition: &Definition| {
        let asks = definition.transitions.get(name).map(|step| step.asks.as_slice()).unwrap_or_default();
        let answers = typed.changes(asks, "asked/");
        Ok(Step { kind: StepKind::Fire(name.to_owned()), note, answers, requests })
    };
    submission::step(&reader.call, &target, read).await
}

/// Whether this step is the author handing it to the office.
fn sends(acted: &Acted, reader: &SignedInPage, name: &str) -> bool {
    let states = &acted.definition.states;
    let to = acted.definition.transitions.get(name).and_then(|step| states.get(&step.to));
    to.is_some_and(State::is_with_the_office) && acted.submission.submitter == reader.call.caller.person
}

fn page(dossier: &Dossier, name: &str, entered: &Entered) -> Result<Form, Error> {
    let unknown = || Refusal::UnknownTransition { transition: name.to_owned() };
    let step = dossier.case.definition.transitions.get(name).ok_or_else(unknown)?;
    Ok(shown::page(dossier, name, step, entered))
}
