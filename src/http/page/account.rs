//! Signing in and out, and accepting a one-time link.

use axum::{
    extract::FromRequestParts,
    http::{HeaderMap, request::Parts},
};

use super::context::{Answer, PageContext, set_cookie};
use crate::{
    http::{
        Problem, Site, client,
        input::{Path, Query},
        session,
    },
    present::{
        account as shown,
        done::Done,
        form::{Entered, data::FormData, fault::Faults},
        path,
    },
    usecase::{
        Error,
        account::{self, BegunSession, Client, Opening},
        demo, unsent,
    },
};

/// Where a code is asked for.
const CODE: &str = "/sign-in/code";
const ENTER_CODE: &str = "Enter a code";

/// From where somebody comes.
#[derive(Debug)]
pub(super) struct From(pub(super) Client);

impl FromRequestParts<Site> for From {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &Site) -> Result<Self, Problem> {
        let client = parts.extensions.get::<client::Client>().copied().unwrap_or_default();
        Ok(Self(client.told(&parts.headers)))
    }
}

pub(super) async fn sign_in(page_context: PageContext, Query(asked): Query<Vec<(String, String)>>) -> Answer {
    let people = demo::people(page_context.context()).await?;
    page_context.show("Sign in", shown::sign_in(&people, &FormData(asked).into())).await
}

/// Signs in with e-mail and password.
pub(super) async fn enter(page_context: PageContext, From(client): From, typed: FormData) -> Answer {
    let password = typed.raw("password").unwrap_or_default();
    match account::sign_in(page_context.context(), &typed.text("email"), password, &client).await {
        Ok(opening) => open(&page_context, &opening, typed.get("next").and_then(path::local)).await,
        Err(error) => {
            let people = demo::people(page_context.context()).await?;
            page_context.refuse("Sign in", typed, error, |entered| shown::sign_in(&people, entered)).await
        }
    }
}

/// Goes on as far as the password opens.
async fn open(page_context: &PageContext, opening: &Opening, to: Option<&str>) -> Answer {
    match opening {
        Opening::Session(begun) => begin(page_context, begun, to).await,
        Opening::Code(half) => {
            let to = to.map_or_else(|| CODE.to_owned(), |to| path::with(CODE, "next", to));
            let mut response = page_context.go(&to, None);
            set_cookie(&mut response, session::half_begun(&page_context.context().config, half));
            Ok(response)
        }
    }
}

/// Asks for the code that is needed beside the password; whoever has not given that, or too long ago, gives it first.
pub(super) async fn code(
    page_context: PageContext,
    headers: HeaderMap,
    Query(asked): Query<Vec<(String, String)>>,
) -> Answer {
    let asked = FormData(asked);
    let next = asked.get("next").and_then(path::local);
    match half_way(&page_context, &headers).await {
        Ok(email) => page_context.show(ENTER_CODE, shown::code(&email, next, &Faults::default())).await,
        Err(Error::Unauthenticated) => Ok(page_context.go(&path::with("/sign-in", "next", next.unwrap_or("/")), None)),
        Err(error) => Err(error.into()),
    }
}

/// Lets in whoever gives the code.
pub(super) async fn give_code(
    page_context: PageContext,
    headers: HeaderMap,
    From(client): From,
    Query(asked): Query<Vec<(String, String)>>,
    typed: FormData,
) -> Answer {
    let context = page_context.context();
    let email = half_way(&page_context, &headers).await?;
    let half = session::half_way(&context.config, &headers).ok_or(Error::Unauthenticated)?;
    let asked = FormData(asked);
    let next = asked.get("next").and_then(path::local);
    match account::give_code(context, &half, typed.raw(shown::CODE).unwrap_or_default(), &client).await {
        Ok(begun) => {
            let mut response = begin(&page_context, &begun, next).await?;
            set_cookie(&mut response, session::half_ended(&context.config));
            Ok(response)
        }
        Err(error) => {
            let page = |entered: &Entered| shown::code(&email, next, &entered.faults);
            page_context.refuse(ENTER_CODE, FormData::default(), error, page).await
        }
    }
}

/// The address of whoever gave the password.
async fn half_way(page_context: &PageContext, headers: &HeaderMap) -> Result<String, Error> {
    let context = page_context.context();
    let half = session::half_way(&context.config, headers).ok_or(Error::Unauthenticated)?;
    Ok(account::half_way(context, &half).await?.email.to_string())
}

/// Goes on with a session that has begun.
///
/// What came in without one is shown first, unless somebody was on their way elsewhere.
pub(super) async fn begin(page_context: &PageContext, entered: &BegunSession, to: Option<&str>) -> Answer {
    let (context, person) = (page_context.context(), entered.person.id);
    let unsent = if to.is_some_and(|to| to != "/") { None } else { unsent::last(context, person).await? };
    let unsent = unsent.map(|form| format!("/unsent/{}", form.id));
    let mut response = page_context.go(unsent.as_deref().or(to).unwrap_or("/"), None);
    set_cookie(&mut response, session::begun(&context.config, entered));
    let browser = unsent::remember(context, person).await?;
    set_cookie(&mut response, session::remembered(&context.config, &browser));
    Ok(response)
}

/// Signs out; who is not signed in is out already.
pub(super) async fn leave(page_context: PageContext, From(client): From) -> Answer {
    if let Some((signed, session)) = page_context.signed.as_ref().and_then(|signed| Some((signed, signed.session?))) {
        account::sign_out(page_context.context(), &signed.person, session, &client).await?;
    }
    let mut response = page_context.go("/sign-in", Some(Done::SignedOut));
    set_cookie(&mut response, session::ended(&page_context.context().config));
    Ok(response)
}

/// Asks for another link to choose a password.
pub(super) async fn forgotten(page_context: PageContext) -> Answer {
    let letters = page_context.letters();
    page_context.show("Forgotten password", shown::forgotten(letters, &Entered::default())).await
}

pub(super) async fn forgot(page_context: PageContext, From(client): From, typed: FormData) -> Answer {
    match account::forgot(page_context.context(), &typed.text("email"), &client).await {
        Ok(()) => Ok(page_context.go("/sign-in", Some(Done::LinkAsked))),
        Err(error) => {
            let letters = page_context.letters();
            page_context.refuse("Forgotten password", typed, error, |entered| shown::forgotten(letters, entered)).await
        }
    }
}

/// What a one-time link offers. Looking uses nothing up.
pub(super) async fn welcome(page_context: PageContext, Path(secret): Path<String>) -> Answer {
    let found = account::welcome(page_context.context(), &secret).await?;
    page_context.show("Welcome", shown::welcome(&found, address(&secret), &Faults::default())).await
}

pub(super) async fn accept(
    page_context: PageContext,
    Path(secret): Path<String>,
    From(client): From,
    typed: FormData,
) -> Answer {
    let password = typed.raw("password").unwrap_or_default();
    match account::accept(page_context.context(), &secret, password, &client).await {
        Ok(opening) => open(&page_context, &opening, None).await,
        Err(error) => {
            let found = account::welcome(page_context.context(), &secret).await?;
            page_context
                .refuse("Welcome", FormData::default(), error, |entered| {
                    shown::welcome(&found, address(&secret), &entered.faults)
                })
                .await
        }
    }
}

fn address(secret: &str) -> String {
    format!("/welcome/{}", path::encoded(secret))
}
