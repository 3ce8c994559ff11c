//! Disclosures of those who are named: asked for, and given by a link for which nobody signs in.

use axum::http::HeaderMap;

use super::context::{Answer, PageContext, SignedInPage};
use crate::{
    access::Act,
    http::{input::Path, own_address::own_address},
    present::{
        done::Done,
        form::{Entered, data::FormData},
        path,
        submission::{
            disclose as giving,
            disclosures::{self as shown, Disclosures},
        },
    },
    usecase::{
        Error,
        submission::{self, AskedFor, Dossier, Whom},
    },
};

pub(super) async fn read(reader: SignedInPage, Path(reference): Path<String>) -> Answer {
    let dossier = reader.dossier(&reference).await?;
    let page = list(&dossier, &reader, &Entered::default())?;
    reader.page_context.show("Disclosures", page).await
}

/// Asks; where no letters are sent the links are shown, here and never again: nothing is redirected.
pub(super) async fn ask(
    reader: SignedInPage,
    Path(reference): Path<String>,
    headers: HeaderMap,
    typed: FormData,
) -> Answer {
    let whom = match typed.get("everybody") {
        Some(_) => Whom::Everybody,
        None => Whom::One(typed.text("email")),
    };
    let asked: Result<Vec<AskedFor>, Error> =
        async { submission::ask_disclosures(&reader.call, &typed.target(&reference)?, &whom).await }.await;
    match asked {
        Ok(asked) if asked.iter().any(|one| one.link.is_some()) => {
            let site = own_address(&reader.call.context.config, &headers);
            let page = shown::links(&reference, &asked, &site);
            let heading = page.heading.clone();
            reader.page_context.show(&heading, page).await
        }
        Ok(_) => Ok(reader.page_context.go(&path::below(&reference, "disclosures"), Some(Done::LinkSent))),
        Err(error) => reader.again(&reference, typed, error, |dossier, entered| list(dossier, &reader, entered)).await,
    }
}

fn list(dossier: &Dossier, reader: &SignedInPage, entered: &Entered) -> Result<Disclosures, Error> {
    if dossier.acts.contains(&Act::Read) {
        Ok(shown::of(dossier, reader.page_context.letters(), &entered.faults))
    } else {
        Err(Error::Forbidden("who may read the answers reads the disclosures".to_owned()))
    }
}

/// What a link asks, or what was given. Looking changes nothing.
pub(super) async fn asked(page_context: PageContext, Path(secret): Path<String>) -> Answer {
    let asked = submission::disclosing(page_context.context(), &secret).await?;
    page_context.show(giving::TITLE, giving::of(&asked, address(&secret), &Entered::default())).await
}

pub(super) async fn give(page_context: PageContext, Path(secret): Path<String>, mut typed: FormData) -> Answer {
    if giving::rearranged(&mut typed) {
        let asked = submission::disclosing(page_context.context(), &secret).await?;
        return page_context.show(giving::TITLE, giving::of(&asked, address(&secret), &typed.into())).await;
    }
    let stated = giving::stated(&mut typed);
    match submission::disclose(page_context.context(), &secret, &stated).await {
        Ok(given) => page_context.show(giving::TITLE, giving::given(&given, "Thank you. It is signed and kept.")).await,
        Err(error) => {
            let asked = submission::disclosing(page_context.context(), &secret).await?;
            let page = |entered: &Entered| giving::of(&asked, address(&secret), entered);
            page_context.refuse(giving::TITLE, typed, error, page).await
        }
    }
}

fn address(secret: &str) -> String {
    format!("/disclose/{}", path::encoded(secret))
}
