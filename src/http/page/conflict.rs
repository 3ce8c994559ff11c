//! What the office decides about conflicts of interest.

use super::context::{Answer, SignedInPage};
use crate::{
    access::Act,
    domain::PersonId,
    http::input::Path,
    present::{
        done::Done,
        form::{Entered, Form, data::FormData},
        submission::conflicts as shown,
    },
    usecase::{
        Error,
        submission::{self, Acted, Dossier, Settlement},
    },
};

pub(super) async fn read(reader: SignedInPage, Path(reference): Path<String>) -> Answer {
    let dossier = reader.dossier(&reference).await?;
    reader.page_context.show("Conflicts of interest", page(&dossier, &Entered::default())?).await
}

pub(super) async fn settle(reader: SignedInPage, Path(reference): Path<String>, typed: FormData) -> Answer {
    let settled: Result<Acted, Error> = async {
        let person = typed.text("person").parse().map(PersonId);
        let person = person.or(Err(Error::field("person", "missing", "choose whose it is")))?;
        let what = shown::decision(&typed.text("decision"));
        let what = what.ok_or_else(|| Error::field("decision", "missing", "choose what you decide"))?;
        let settlement = Settlement { person, what, reason: typed.text("reason") };
        submission::settle(&reader.call, &typed.target(&reference)?, &settlement).await
    }
    .await;
    match settled {
        Ok(acted) => Ok(reader.to(&acted, Done::Saved)),
        Err(error) => reader.again(&reference, typed, error, page).await,
    }
}

fn page(dossier: &Dossier, entered: &Entered) -> Result<Form, Error> {
    if dossier.acts.contains(&Act::Manage) {
        Ok(shown::of(dossier, entered))
    } else {
        Err(Error::Forbidden("the office decides about conflicts of interest".to_owned()))
    }
}
