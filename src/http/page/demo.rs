//! What only the demo has: being somebody, moving time on, reading the letters.

use super::{
    account::{From, begin},
    context::{Answer, PageContext, SignedInPage},
};
use crate::{
    domain::{MailId, PersonId},
    http::input::{Path, Query},
    present::{done::Done, form::data::FormData, outbox as shown},
    usecase::{Error, account, demo, letter},
};

/// Becomes somebody of the demo.
pub(super) async fn enter(page_context: PageContext, From(client): From, typed: FormData) -> Answer {
    let person: PersonId = typed.text("person").parse().ok().ok_or(Error::NotFound)?;
    let entered = account::enter(page_context.context(), person, &client).await?;
    begin(&page_context, &entered, None).await
}

/// Moves time on. Whoever did it stays signed in, also where the session would have ended meanwhile.
pub(super) async fn clock(page_context: PageContext, From(client): From, typed: FormData) -> Answer {
    demo::open(page_context.context())?;
    let signed = page_context.signed.clone().ok_or(Error::Unauthenticated)?;
    let days = typed.text("days").parse().ok();
    let days = days.ok_or_else(|| Error::field("days", "type", "say by how many days"))?;
    demo::move_on(page_context.context(), days).await?;
    let entered = account::enter(page_context.context(), signed.person.id, &client).await?;
    let mut response = begin(&page_context, &entered, None).await?;
    page_context.carry(&mut response, Done::MovedOn);
    Ok(response)
}

/// Letters that would have been sent.
pub(super) async fn outbox(reader: SignedInPage, Query(asked): Query<Vec<(String, String)>>) -> Answer {
    let page = letter::outbox(&reader.call.context, FormData(asked).get("cursor")).await?;
    let calendar = reader.page_context.calendar().await?;
    reader.page_context.show("Outbox", shown::of(&page, &calendar)).await
}

pub(super) async fn letter(reader: SignedInPage, Path(mail): Path<uuid::Uuid>) -> Answer {
    let mail = letter::open(&reader.call.context, MailId(mail)).await?;
    let calendar = reader.page_context.calendar().await?;
    let from = &reader.call.context.config.mail_from;
    reader.page_context.show(&mail.subject, shown::letter(&mail, from, &calendar)).await
}
