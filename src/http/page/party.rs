//! Who writes along, to whom it is handed over, and what the office takes out.

use super::{
    context::{Answer, SignedInPage},
    submission::refuse,
};
use crate::{
    access::{Act, Relation},
    domain::PersonId,
    http::input::Path,
    present::{
        done::Done,
        form::{Entered, Form, data::FormData},
        path,
        submission::{coauthors, hand_over as handing, redact as redacting},
    },
    usecase::{
        Error,
        submission::{self, Acted, Consent, Dossier, HandOver, NewCoAuthor, Redact},
    },
};

pub(super) async fn authors(reader: SignedInPage, Path(reference): Path<String>) -> Answer {
    let dossier = reader.dossier(&reference).await?;
    if dossier.relation != Relation::Owner {
        return Err(Error::Forbidden("its owner says who writes along".to_owned()).into());
    }
    reader.page_context.show("Who writes along", coauthors::of(&dossier, &Entered::default())).await
}

pub(super) async fn name(reader: SignedInPage, Path(reference): Path<String>, typed: FormData) -> Answer {
    let named = async {
        let right = coauthors::right(&typed.text("right"));
        let right = right.ok_or_else(|| Error::field("right", "missing", "choose what they may do"))?;
        let entered = NewCoAuthor { name: typed.text("name"), email: typed.text("email"), right };
        submission::name_coauthor(&reader.call, &typed.target(&reference)?, &entered).await
    };
    match named.await {
        Ok(_) => Ok(reader.page_context.go(&path::below(&reference, "authors"), Some(Done::Saved))),
        Err(error) => {
            reader.again(&reference, typed, error, |dossier, entered| Ok(coauthors::of(dossier, entered))).await
        }
    }
}

pub(super) async fn remove(
    reader: SignedInPage,
    Path((reference, person)): Path<(String, uuid::Uuid)>,
    typed: FormData,
) -> Answer {
    match submission::remove_coauthor(&reader.call, &typed.target(&reference)?, PersonId(person)).await {
        Ok(_) => Ok(reader.page_context.go(&path::below(&reference, "authors"), Some(Done::Saved))),
        Err(error) => refuse(&reader, &reference, error).await,
    }
}

pub(super) async fn hand_over(reader: SignedInPage, Path(reference): Path<String>) -> Answer {
    let dossier = reader.dossier(&reference).await?;
    let page = handing_page(&dossier, &reader, &Entered::default())?;
    reader.page_context.show("Handing it over", page).await
}

pub(super) async fn propose(reader: SignedInPage, Path(reference): Path<String>, typed: FormData) -> Answer {
    let to = HandOver { email: typed.text("email"), reason: typed.text("reason") };
    match submission::hand_over(&reader.call, &typed.target(&reference)?, &to).await {
        Ok(acted) => Ok(reader.to(&acted, Done::Saved)),
        Err(error) => {
            reader.again(&reference, typed, error, |dossier, entered| handing_page(dossier, &reader, entered)).await
        }
    }
}

pub(super) async fn agree(reader: SignedInPage, Path(reference): Path<String>, typed: FormData) -> Answer {
    answered(&reader, &reference, &typed, Consent::Agreed).await
}

pub(super) async fn decline(reader: SignedInPage, Path(reference): Path<String>, typed: FormData) -> Answer {
    answered(&reader, &reference, &typed, Consent::Declined).await
}

async fn answered(reader: &SignedInPage, reference: &str, typed: &FormData, consent: Consent) -> Answer {
    match submission::consent(&reader.call, &typed.target(reference)?, consent).await {
        Ok(acted) => Ok(reader.to(&acted, Done::Saved)),
        Err(error) => refuse(reader, reference, error).await,
    }
}

/// Those who begin it or are asked; for everybody else there is nothing here.
fn handing_page(dossier: &Dossier, reader: &SignedInPage, entered: &Entered) -> Result<Form, Error> {
    let me = reader.call.caller.person;
    let asked = dossier.case.submission.item.succession.as_ref();
    let mine = asked.is_some_and(|asked| asked.to == me || dossier.case.submission.submitter == me);
    if mine || dossier.acts.contains(&Act::Manage) {
        Ok(handing::of(dossier, &reader.call.caller, entered))
    } else {
        Err(Error::Forbidden("the office hands a submission over, and asks owner and successor".to_owned()))
    }
}

pub(super) async fn redact(reader: SignedInPage, Path(reference): Path<String>) -> Answer {
    let dossier = reader.dossier(&reference).await?;
    reader.page_context.show("Redact", redacting_page(&dossier, &Entered::default())?).await
}

pub(super) async fn take_out(reader: SignedInPage, Path(reference): Path<String>, typed: FormData) -> Answer {
    let taken: Result<Acted, Error> = async {
        let about = redacting::chosen(&typed.text("what"));
        let about = about.ok_or_else(|| Error::field("what", "missing", "choose what is taken out"))?;
        let what = Redact { about, reason: typed.text("reason") };
        submission::redact(&reader.call, &typed.target(&reference)?, &what).await
    }
    .await;
    match taken {
        Ok(acted) => Ok(reader.to(&acted, Done::Saved)),
        Err(error) => reader.again(&reference, typed, error, redacting_page).await,
    }
}

fn redacting_page(dossier: &Dossier, entered: &Entered) -> Result<Form, Error> {
    if dossier.acts.contains(&Act::Manage) {
        Ok(redacting::of(dossier, entered))
    } else {
        Err(Error::Forbidden("the office redacts what was sent".to_owned()))
    }
}
