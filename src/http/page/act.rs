//! Steps of the workflow, each on a page of its own.

use super::context::{Answer, SignedInPage};
use crate::{
    http::input::Path,
    present::{
        done::{Deed, Done},
        form::{Form, data::FormData, fault::Faults},
        submission::act as shown,
    },
    usecase::{
        Error,
        submission::{self, Dossier, Step, StepKind},
    },
    workflow::{Refusal, definition::State},
};

/// What a step asks.
pub(super) async fn ask(reader: SignedInPage, Path((reference, name)): Path<(String, String)>) -> Answer {
    let dossier = reader.dossier(&reference).await?;
    let page = page(&dossier, &name, (&FormData::default(), &Faults::default()))?;
    reader.page_context.show(&page.heading.clone(), page).await
}

/// Takes a step, or shows its page again.
pub(super) async fn fire(
    reader: SignedInPage,
    Path((reference, name)): Path<(String, String)>,
    mut typed: FormData,
) -> Answer {
    let dossier = reader.dossier(&reference).await?;
    if typed.rearrange("requests", "about") {
        let page = page(&dossier, &name, (&typed, &Faults::default()))?;
        return reader.page_context.show(&page.heading.clone(), page).await;
    }
    match take(&reader, &dossier, &name, &mut typed).await {
        Ok(done) => reader.to(&reference, done).await,
        Err(error) => {
            let page = |dossier: &Dossier, faults: &Faults| page(dossier, &name, (&typed, faults));
            reader.again(&reference, error, page, |page| page.fields.clone()).await
        }
    }
}

async fn take(reader: &SignedInPage, dossier: &Dossier, name: &str, typed: &mut FormData) -> Result<Deed, Error> {
    let asks = dossier.case.definition.transitions.get(name).map(|step| step.asks.as_slice()).unwrap_or_default();
    let step = Step {
        kind: StepKind::Fire(name.to_owned()),
        note: typed.get("note").map(str::to_owned),
        answers: typed.changes(asks, "asked/"),
        requests: typed.requests().map_err(Error::Invalid)?,
    };
    let reference = &dossier.case.submission.reference;
    submission::step(&reader.call, &typed.target(reference)?, step).await?;
    let done = if sends(dossier, reader, name) { Done::Sent } else { Done::Stepped };
    Ok(Deed::of(done, name, &dossier.case.definition.hash))
}

/// Whether this step is the author handing it to the office.
fn sends(dossier: &Dossier, reader: &SignedInPage, name: &str) -> bool {
    let definition = &dossier.case.definition;
    let to = definition.transitions.get(name).and_then(|step| definition.states.get(&step.to));
    let on = to.is_some_and(State::is_with_the_office);
    on && dossier.case.submission.submitter == reader.call.caller.person
}

fn page(dossier: &Dossier, name: &str, shown: (&FormData, &Faults)) -> Result<Form, Error> {
    let unknown = || Refusal::UnknownTransition { transition: name.to_owned() };
    let step = dossier.case.definition.transitions.get(name).ok_or_else(unknown)?;
    Ok(shown::page(dossier, name, step, shown))
}
