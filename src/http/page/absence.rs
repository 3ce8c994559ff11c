//! When somebody is away: on one's own page, and on the office's page of a person.

use jiff::civil::Date;

use super::context::{Answer, SignedInPage};
use crate::{
    domain::{AbsenceId, PersonId},
    http::input::Path,
    present::{
        absence as shown,
        done::Done,
        form::{Entered, data::FormData},
    },
    usecase::{Error, absence},
};

const HEADING: &str = "Away";

pub(super) async fn mine(reader: SignedInPage) -> Answer {
    let me = reader.call.caller.person;
    page(&reader, me).await
}

pub(super) async fn enter_mine(reader: SignedInPage, typed: FormData) -> Answer {
    let me = reader.call.caller.person;
    enter(&reader, me, typed).await
}

pub(super) async fn end_mine(reader: SignedInPage, Path(id): Path<uuid::Uuid>) -> Answer {
    let me = reader.call.caller.person;
    end(&reader, me, AbsenceId(id)).await
}

pub(super) async fn theirs(reader: SignedInPage, Path(id): Path<uuid::Uuid>) -> Answer {
    page(&reader, PersonId(id)).await
}

pub(super) async fn enter_theirs(reader: SignedInPage, Path(id): Path<uuid::Uuid>, typed: FormData) -> Answer {
    enter(&reader, PersonId(id), typed).await
}

pub(super) async fn end_theirs(reader: SignedInPage, Path((id, absence)): Path<(uuid::Uuid, uuid::Uuid)>) -> Answer {
    end(&reader, PersonId(id), AbsenceId(absence)).await
}

async fn page(reader: &SignedInPage, person: PersonId) -> Answer {
    let found = absence::of(&reader.call, person).await?;
    reader.page_context.show(HEADING, shown::of(&found, &reader.call.caller, &Entered::default())).await
}

async fn enter(reader: &SignedInPage, person: PersonId, typed: FormData) -> Answer {
    let day = |name: &str| {
        let day = typed.text(name).parse::<Date>();
        day.map_err(|_error: jiff::Error| Error::field(name, "date", "enter a day"))
    };
    let entered = match (day("first"), day("last")) {
        (Ok(first), Ok(last)) => absence::enter(&reader.call, person, first, last).await,
        (Err(error), _) | (_, Err(error)) => Err(error),
    };
    match entered {
        Ok(_) => Ok(reader.page_context.go(&address(reader, person), Some(Done::Saved))),
        Err(error) => {
            let found = absence::of(&reader.call, person).await?;
            let page = |entered: &Entered| shown::of(&found, &reader.call.caller, entered);
            reader.page_context.refuse(HEADING, typed, error, page).await
        }
    }
}

async fn end(reader: &SignedInPage, person: PersonId, id: AbsenceId) -> Answer {
    absence::end(&reader.call, person, id).await?;
    Ok(reader.page_context.go(&address(reader, person), Some(Done::Saved)))
}

fn address(reader: &SignedInPage, person: PersonId) -> String {
    if person == reader.call.caller.person { "/absence".to_owned() } else { format!("/people/{person}/absence") }
}
