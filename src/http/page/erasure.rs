//! Erasing a person: the plan, the deed, the statement; and a copy of all that is kept about them.

use axum::{
    Json,
    http::{HeaderValue, header},
    response::{IntoResponse, Response},
};

use super::context::{Answer, SignedInPage};
use crate::{
    domain::{Email, PersonId},
    http::{Problem, input::Path},
    present::{
        admin::erasure::{self as shown, ErasurePage},
        done::Done,
        form::{Entered, data::FormData},
    },
    usecase::{
        Error, admin,
        erasure::{self, Decider, Told},
    },
};

/// What would go and what would stay, or what went and what stayed.
pub(super) async fn ask(reader: SignedInPage, Path(id): Path<uuid::Uuid>) -> Answer {
    let told = erasure::tell(&reader.call.context, Decider::Administrator(&reader.call.caller), PersonId(id)).await?;
    let page = page(&reader, &told, &Entered::default()).await?;
    reader.page_context.show(&told.person.name, page).await
}

/// Erases, once the address was typed.
pub(super) async fn erase(reader: SignedInPage, Path(id): Path<uuid::Uuid>, typed: FormData) -> Answer {
    let (context, decider) = (&reader.call.context, Decider::Administrator(&reader.call.caller));
    let told = erasure::tell(context, decider, PersonId(id)).await?;
    let confirmed = typed.text("confirm").parse::<Email>().is_ok_and(|typed| typed == told.person.email);
    let outcome = if told.done || confirmed {
        erasure::erase(context, decider, PersonId(id), &typed.text("reason")).await
    } else {
        Err(Error::field("confirm", "differs", "type it as it is above, so that nobody else is erased"))
    };
    match outcome {
        Ok(_) => Ok(reader.page_context.go(&format!("/people/{id}/erase"), Some(Done::Erased))),
        Err(error) => {
            let (status, faults) = super::context::refused(error)?;
            let entered = Entered { fields: typed, faults };
            let page = page(&reader, &told, &entered).await?;
            reader.page_context.show_as(status, &told.person.name, page).await
        }
    }
}

/// A copy of all that is kept about somebody, as a file.
pub(super) async fn copy(reader: SignedInPage, Path(id): Path<uuid::Uuid>) -> Result<Response, Problem> {
    let copy = erasure::copy(&reader.call.context, Decider::Administrator(&reader.call.caller), PersonId(id)).await?;
    let mut response = Json(copy).into_response();
    let name = HeaderValue::from_static("attachment; filename=\"person.json\"");
    response.headers_mut().insert(header::CONTENT_DISPOSITION, name);
    Ok(response)
}

async fn page(reader: &SignedInPage, told: &Told, entered: &Entered) -> Result<ErasurePage, Problem> {
    let by = match told.statement.by {
        Some(by) => Some(admin::person(&reader.call, by).await?.0),
        None => None,
    };
    Ok(shown::of(told, by.as_ref(), &reader.page_context.calendar().await?, entered))
}
