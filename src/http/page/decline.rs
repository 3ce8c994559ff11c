//! Declining a place in a review by the link of the letter: nobody signs in for it.

use super::context::{Answer, PageContext};
use crate::{
    http::input::Path,
    present::{
        form::{Entered, data::FormData},
        path,
        submission::decline as shown,
    },
    usecase::{
        Error,
        submission::{self, Declinable},
    },
};

/// What a link is about. Looking changes nothing.
pub(super) async fn ask(page_context: PageContext, Path(secret): Path<String>) -> Answer {
    let asked = submission::declinable(page_context.context(), &secret).await?;
    page_context.show("Decline the review", shown::of(&asked, address(&secret), &Entered::default())).await
}

pub(super) async fn decline(page_context: PageContext, Path(secret): Path<String>, typed: FormData) -> Answer {
    let declined: Result<Declinable, Error> = async {
        let because = shown::because(&typed.text("because"));
        let because = because.ok_or_else(|| Error::field("because", "missing", "choose why"))?;
        submission::decline(page_context.context(), &secret, because, &typed.text("reason")).await
    }
    .await;
    match declined {
        Ok(declined) => page_context.show("You have declined", shown::done(&declined)).await,
        Err(error) => {
            let asked = submission::declinable(page_context.context(), &secret).await?;
            let page = |entered: &Entered| shown::of(&asked, address(&secret), entered);
            page_context.refuse("Decline the review", typed, error, page).await
        }
    }
}

fn address(secret: &str) -> String {
    format!("/decline/{}", path::encoded(secret))
}
