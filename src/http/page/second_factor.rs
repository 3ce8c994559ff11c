//! The second factor of signing in: one's own, and somebody else's that has to go.

use super::{
    account::From,
    context::{Answer, SignedInPage},
};
use crate::{
    domain::PersonId,
    http::input::{Path, Query},
    present::{
        account::{
            CODE,
            second_factor::{self as shown, SECRET},
        },
        done::Done,
        form::{Entered, data::FormData, fault::Faults},
        path,
    },
    usecase::{Error, admin, own_account::second_factor as own},
};

const HEADING: &str = "Second factor";

/// How one's own stands, or the way to turn it on.
pub(super) async fn read(reader: SignedInPage, Query(asked): Query<Vec<(String, String)>>) -> Answer {
    let standing = own::standing(&reader.call).await?;
    if reader.call.context.demo.is_some() {
        return reader.page_context.show(HEADING, shown::none()).await;
    }
    if standing.since.is_some() {
        let page = shown::on(&standing, &reader.page_context.calendar().await?);
        return reader.page_context.show(HEADING, page).await;
    }
    let offer = own::offer(&reader.call, reader.signed()?, None).await?;
    let asked = FormData(asked);
    let next = asked.get("next").and_then(path::local);
    reader.page_context.show(HEADING, shown::set_up(&offer, &standing, next, &Faults::default())).await
}

/// Turns it on and shows the recovery codes, here and never again: nothing is redirected.
pub(super) async fn turn_on(
    reader: SignedInPage,
    From(client): From,
    Query(asked): Query<Vec<(String, String)>>,
    typed: FormData,
) -> Answer {
    let [secret, code] = [SECRET, CODE].map(|name| typed.raw(name).unwrap_or_default());
    let asked = FormData(asked);
    let next = asked.get("next").and_then(path::local);
    match own::turn_on(&reader.call, reader.signed()?, secret, code, &client).await {
        Ok(codes) => reader.page_context.show("Recovery codes", shown::recovery_codes(codes, next)).await,
        Err(error) => {
            let standing = own::standing(&reader.call).await?;
            let offer = own::offer(&reader.call, reader.signed()?, Some(secret)).await?;
            let page = |entered: &Entered| shown::set_up(&offer, &standing, next, &entered.faults);
            reader.page_context.refuse(HEADING, FormData::default(), error, page).await
        }
    }
}

pub(super) async fn codes(reader: SignedInPage) -> Answer {
    reader.page_context.show("New recovery codes", shown::new_codes(&Faults::default())).await
}

pub(super) async fn renew_codes(reader: SignedInPage, From(client): From, typed: FormData) -> Answer {
    let code = typed.raw(CODE).unwrap_or_default();
    match own::renew_codes(&reader.call, reader.signed()?, code, &client).await {
        Ok(codes) => reader.page_context.show("Recovery codes", shown::recovery_codes(codes, None)).await,
        Err(error) => {
            let page = |entered: &Entered| shown::new_codes(&entered.faults);
            reader.page_context.refuse("New recovery codes", FormData::default(), error, page).await
        }
    }
}

pub(super) async fn off(reader: SignedInPage) -> Answer {
    reader.page_context.show("Turn the second factor off", shown::off(&Faults::default())).await
}

pub(super) async fn turn_off(reader: SignedInPage, From(client): From, typed: FormData) -> Answer {
    let [password, code] = ["password", CODE].map(|name| typed.raw(name).unwrap_or_default());
    match own::turn_off(&reader.call, reader.signed()?, password, code, &client).await {
        Ok(()) => Ok(reader.page_context.go("/account", Some(Done::SecondFactorOff))),
        Err(error) => {
            let page = |entered: &Entered| shown::off(&entered.faults);
            reader.page_context.refuse("Turn the second factor off", FormData::default(), error, page).await
        }
    }
}

/// Somebody else's.
pub(super) async fn theirs(reader: SignedInPage, Path(id): Path<uuid::Uuid>) -> Answer {
    let (person, has) = admin::second_factor(&reader.call, PersonId(id)).await?;
    let page = if has { shown::taking_away(&person, &Entered::default()) } else { shown::nothing_to_take(&person) };
    reader.page_context.show(&person.name, page).await
}

pub(super) async fn take_away(reader: SignedInPage, Path(id): Path<uuid::Uuid>, typed: FormData) -> Answer {
    match admin::take_second_factor(&reader.call, PersonId(id), &typed.text("reason")).await {
        Ok(()) => Ok(reader.page_context.go(&format!("/people/{id}"), Some(Done::SecondFactorTaken))),
        Err(Error::NotFound) => Err(Error::NotFound.into()),
        Err(error) => {
            let (person, _) = admin::second_factor(&reader.call, PersonId(id)).await?;
            let page = |entered: &Entered| shown::taking_away(&person, entered);
            reader.page_context.refuse(&person.name, typed, error, page).await
        }
    }
}
