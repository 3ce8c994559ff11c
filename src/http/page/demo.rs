//! What only the demo has: being somebody, moving time on, reading the letters.

use super::{
    account::{From, begin},
    desk::{Answer, Desk, Reader},
};
use crate::{
    domain::{MailId, PersonId},
    http::{
        input::{Path, Query},
        show::{layout::Done, outbox as shown},
        typed::Typed,
    },
    usecase::{Error, account, demo, letter, office},
};

/// Becomes somebody of the demo.
pub(super) async fn enter(desk: Desk, From(client): From, typed: Typed) -> Answer {
    let person: PersonId = typed.text("person").parse().ok().ok_or(Error::NotFound)?;
    let of = office::host(desk.context()).await?;
    let entered = account::enter(desk.context(), of, person, &client).await?;
    Ok(begin(&desk, &entered, "/"))
}

/// Moves time on. Whoever did it stays signed in, also where the session would have ended meanwhile.
pub(super) async fn clock(desk: Desk, From(client): From, typed: Typed) -> Answer {
    demo::open(desk.context())?;
    let signed = desk.signed.clone().ok_or(Error::Unauthenticated)?;
    let days = typed.text("days").parse().ok();
    let days = days.ok_or_else(|| Error::field("days", "type", "say by how many days"))?;
    demo::move_on(desk.context(), days).await?;
    let caller = &signed.caller;
    let entered = account::enter(desk.context(), caller.organisation, caller.person, &client).await?;
    let mut response = begin(&desk, &entered, "/");
    desk.carry(&mut response, Done::MovedOn);
    Ok(response)
}

/// Letters that would have been sent.
pub(super) async fn outbox(reader: Reader, Query(asked): Query<Vec<(String, String)>>) -> Answer {
    let page = letter::outbox(reader.context(), reader.caller(), Typed(asked).get("cursor")).await?;
    let calendar = reader.desk.calendar().await?;
    reader.desk.show("Outbox", shown::outbox(&page, &calendar)).await
}

/// One letter.
pub(super) async fn letter(reader: Reader, Path(mail): Path<uuid::Uuid>) -> Answer {
    let mail = letter::open(reader.context(), reader.caller(), MailId(mail)).await?;
    let calendar = reader.desk.calendar().await?;
    let from = &reader.context().config.mail_from;
    reader.desk.show(&mail.subject, shown::letter(&mail, from, &calendar)).await
}
