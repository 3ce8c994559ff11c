//! Another address: one's own, confirmed by links, and somebody's from the office.

use super::{
    account::From,
    context::{Answer, PageContext, SignedInPage},
    own_account::passwords,
};
use crate::{
    domain::PersonId,
    http::{Problem, input::Path},
    present::{
        account::address::{self as shown, Way},
        done::Done,
        form::{Entered, Form, data::FormData},
        path,
    },
    usecase::{
        Error, admin,
        own_account::address::{self, Confirmed},
    },
};

const HEADING: &str = "Another address";

pub(super) async fn read(reader: SignedInPage) -> Answer {
    let page = page(&reader, &Entered::default()).await?;
    reader.page_context.show(HEADING, page).await
}

pub(super) async fn ask(reader: SignedInPage, From(client): From, typed: FormData) -> Answer {
    let (email, password) = (typed.text("email"), typed.raw("password").unwrap_or_default());
    match address::ask(&reader.call, reader.signed()?, &email, password, &client).await {
        Ok(()) => Ok(reader.page_context.go("/account/address", Some(Done::AddressAsked))),
        Err(error) => {
            let (status, faults) = super::context::refused(error)?;
            let page = page(&reader, &Entered { fields: typed, faults }).await?;
            reader.page_context.show_as(status, HEADING, page).await
        }
    }
}

async fn page(reader: &SignedInPage, entered: &Entered) -> Result<Form, Problem> {
    let waiting = address::waiting(&reader.call).await?;
    let calendar = reader.page_context.calendar().await?;
    let letters = reader.page_context.letters();
    let way = Way { letters, passwords: passwords(reader), waiting: waiting.as_ref() };
    Ok(shown::of(&reader.signed()?.person, way, &calendar, entered))
}

/// What a link confirms. Looking changes nothing.
pub(super) async fn look(page_context: PageContext, Path(secret): Path<String>) -> Answer {
    let asked = address::look(page_context.context(), &secret).await?;
    let action = format!("/address/{}", path::encoded(&secret));
    page_context.show("Confirm the address", shown::confirmation(&asked, action)).await
}

pub(super) async fn confirm(page_context: PageContext, Path(secret): Path<String>) -> Answer {
    let done = match address::confirm(page_context.context(), &secret).await? {
        Confirmed::Half => Done::AddressHalf,
        Confirmed::Changed => Done::AddressChanged,
    };
    Ok(page_context.go("/", Some(done)))
}

/// Somebody else's.
pub(super) async fn theirs(reader: SignedInPage, Path(id): Path<uuid::Uuid>) -> Answer {
    admin::administers(&reader.call.caller)?;
    let (person, _) = admin::person(&reader.call, PersonId(id)).await?;
    reader.page_context.show(HEADING, shown::theirs(&person, &Entered::default())).await
}

pub(super) async fn change_theirs(reader: SignedInPage, Path(id): Path<uuid::Uuid>, typed: FormData) -> Answer {
    match admin::change_address(&reader.call, PersonId(id), &typed.text("email")).await {
        Ok(()) => Ok(reader.page_context.go(&format!("/people/{id}"), Some(Done::Saved))),
        Err(Error::NotFound) => Err(Error::NotFound.into()),
        Err(error) => {
            let (person, _) = admin::person(&reader.call, PersonId(id)).await?;
            reader.page_context.refuse(HEADING, typed, error, |entered| shown::theirs(&person, entered)).await
        }
    }
}
