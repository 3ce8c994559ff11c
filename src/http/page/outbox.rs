//! The outbox: in the demo letters to be read, elsewhere what was not sent, for administrators.

use axum::http::HeaderMap;

use super::{
    context::{Answer, SignedInPage},
    demo,
};
use crate::{
    http::{
        input::{Path, Query},
        own_address::own_address,
    },
    present::{
        admin::outbox as shown,
        done::Done,
        form::{Entered, data::FormData},
        letter::trial,
    },
    usecase::{
        Error,
        admin::{self, Trial},
        work::Named,
    },
};

pub(super) async fn read(reader: SignedInPage, asked: Query<Vec<(String, String)>>) -> Answer {
    if reader.call.context.demo.is_some() {
        return demo::outbox(reader, asked).await;
    }
    let outbox = admin::outbox(&reader.call, FormData(asked.0).get("cursor")).await?;
    let calendar = reader.page_context.calendar().await?;
    reader.page_context.show("Outbox", shown::of(&outbox, &calendar, &Entered::default())).await
}

/// Hands the mail server a letter to whoever asks; the page that follows has its answer.
pub(super) async fn test(reader: SignedInPage, headers: HeaderMap) -> Answer {
    admin::administers(&reader.call.caller)?;
    let context = &reader.call.context;
    let site = own_address(&context.config, &headers);
    let (person, organisation) = (reader.signed()?.person.clone(), admin::organisation(context).await?);
    let (envelope, letter) = trial::of(&person, &organisation, &site);
    let written = reader.page_context.site.views.letter(&envelope, &letter).map_err(Error::Internal)?;
    let trial = Trial { subject: written.subject, text: written.text, html: written.html };
    match admin::try_mail(&reader.call, &trial).await {
        Ok(_) => Ok(reader.page_context.go("/outbox", Some(Done::MailTried))),
        Err(error) => again(&reader, FormData::default(), error).await,
    }
}

pub(super) async fn retry(reader: SignedInPage, Path(what): Path<String>) -> Answer {
    match admin::retry(&reader.call, &named(&what)).await {
        Ok(()) => Ok(reader.page_context.go("/outbox", Some(Done::TriedAgain))),
        Err(error) => again(&reader, FormData::default(), error).await,
    }
}

pub(super) async fn dismiss(reader: SignedInPage, Path(what): Path<String>, typed: FormData) -> Answer {
    match admin::dismiss(&reader.call, &named(&what), &typed.text("reason")).await {
        Ok(()) => Ok(reader.page_context.go("/outbox", Some(Done::LetGo))),
        Err(error) => again(&reader, typed, error).await,
    }
}

/// Hides what is left to set up.
pub(super) async fn hide_setup(reader: SignedInPage) -> Answer {
    admin::hide_setup(&reader.call, true).await?;
    Ok(reader.page_context.go("/", Some(Done::Saved)))
}

fn named(what: &str) -> Named {
    match what.parse() {
        Ok(named) => named,
        Err(never) => match never {},
    }
}

async fn again(reader: &SignedInPage, typed: FormData, error: Error) -> Answer {
    if matches!(error, Error::NotFound | Error::Forbidden(_)) {
        return Err(error.into());
    }
    let outbox = admin::outbox(&reader.call, None).await?;
    let calendar = reader.page_context.calendar().await?;
    let page = |entered: &Entered| shown::of(&outbox, &calendar, entered);
    reader.page_context.refuse("Outbox", typed, error, page).await
}
