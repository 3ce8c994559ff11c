//! The author's answers to changes that were asked.

use axum::http::StatusCode;

use super::{
    context::{Answer, SignedInPage},
    submission::page,
};
use crate::{
    http::input::Path,
    present::{
        done::{Deed, Done},
        form::{data::FormData, fault::Faults},
        path,
        submission::author_page,
    },
    usecase::{Error, submission},
    workflow::{About, Command, Resolution},
};

/// Answers one: done, or declined with the reason.
pub(super) async fn resolve(
    reader: SignedInPage,
    Path((reference, number)): Path<(String, u32)>,
    typed: FormData,
) -> Answer {
    match answer(&reader, &reference, number, &typed).await {
        Ok(deed) => Ok(reader.page_context.land(&format!("{}#requests", path::submission(&reference)), &deed)),
        Err(error @ (Error::Refused(_) | Error::Invalid(_) | Error::Stale)) => {
            let code =
                if matches!(error, Error::Stale) { StatusCode::CONFLICT } else { StatusCode::UNPROCESSABLE_ENTITY };
            let moment = author_page::refused(number, typed, &why(&error));
            page(&reader, &reference, code, &moment, &Faults::default()).await
        }
        Err(error) => Err(error.into()),
    }
}

fn why(error: &Error) -> String {
    match error {
        Error::Invalid(faults) => faults.first().map_or_else(|| error.to_string(), |fault| fault.message.clone()),
        Error::Stale => "this was changed in the meantime; look at it again, then answer once more".to_owned(),
        _ => error.to_string(),
    }
}

async fn answer(reader: &SignedInPage, reference: &str, request: u32, typed: &FormData) -> Result<Deed, Error> {
    let note = typed.get("note").map(str::to_owned);
    let resolution = match (typed.get("resolution"), note) {
        (Some("done"), note) => Resolution::Done(note),
        (Some("declined"), Some(why)) => Resolution::Declined(why),
        (Some("declined"), None) => return Err(Error::field("note", "missing", "say why you leave it as it is")),
        _ => return Err(Error::field("resolution", "missing", "say whether it is done")),
    };
    let command = Command::Resolve { request, resolution };
    let acted = submission::act(&reader.call, &typed.target(reference)?, &command).await?;
    let answered = acted.submission.item.requests.iter().find(|asked| asked.number == request);
    Ok(match answered.map(|answered| &answered.asked.about) {
        Some(About::Question(question)) => Deed::of(Done::Answered, question, &acted.submission.definition),
        Some(About::Document(_)) | None => Done::Answered.into(),
    })
}
