//! Signing in and out, and accepting a one-time link.

use axum::{
    extract::FromRequestParts,
    http::{header, request::Parts},
};

use super::desk::{Answer, Desk, set_cookie};
use crate::{
    http::{
        Problem, Site, client,
        input::{Path, Query},
        session,
        show::{self, account as shown, fault::Faults, layout::Done, path},
        typed::Typed,
    },
    usecase::{
        account::{self, Client, Entered},
        demo,
    },
};

/// From where somebody comes.
#[derive(Debug)]
pub(super) struct From(pub(super) Client);

impl FromRequestParts<Site> for From {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &Site) -> Result<Self, Problem> {
        let client = parts.extensions.get::<client::Client>().copied().unwrap_or_default();
        let agent = parts.headers.get(header::USER_AGENT).and_then(|agent| agent.to_str().ok());
        Ok(Self(Client { address: client.to_string(), agent: agent.unwrap_or_default().to_owned() }))
    }
}

/// The sign-in page.
pub(super) async fn sign_in(desk: Desk, Query(asked): Query<Vec<(String, String)>>) -> Answer {
    let people = demo::people(desk.context()).await?;
    desk.show("Sign in", shown::sign_in(&people, &Typed(asked), &Faults::default())).await
}

/// Signs in with e-mail and password.
pub(super) async fn enter(desk: Desk, From(client): From, typed: Typed) -> Answer {
    let password = typed.raw("password").unwrap_or_default();
    match account::sign_in(desk.context(), &typed.text("email"), password, &client).await {
        Ok(entered) => Ok(begin(&desk, &entered, typed.get("next").and_then(path::local).unwrap_or("/"))),
        Err(error) => {
            let people = demo::people(desk.context()).await?;
            desk.refuse("Sign in", error, |faults| shown::sign_in(&people, &typed, faults)).await
        }
    }
}

/// Goes on with a session that has begun.
pub(super) fn begin(desk: &Desk, entered: &Entered, to: &str) -> axum::response::Response {
    let mut response = desk.go(to, None);
    set_cookie(&mut response, session::begun(&desk.context().config, entered));
    response
}

/// Signs out; who is not signed in is out already.
pub(super) async fn leave(desk: Desk) -> Answer {
    if let Some((signed, session)) = desk.signed.as_ref().and_then(|signed| Some((signed, signed.session?))) {
        account::sign_out(desk.context(), signed.person.id, session).await?;
    }
    let mut response = desk.go("/sign-in", Some(Done::SignedOut));
    set_cookie(&mut response, session::ended(&desk.context().config));
    Ok(response)
}

/// What a one-time link offers. Looking uses nothing up.
pub(super) async fn welcome(desk: Desk, Path(secret): Path<String>) -> Answer {
    let found = account::welcome(desk.context(), &secret).await?;
    desk.show("Welcome", shown::welcome(&found, address(&secret), &Faults::default())).await
}

/// Accepts it.
pub(super) async fn accept(desk: Desk, Path(secret): Path<String>, From(client): From, typed: Typed) -> Answer {
    let password = typed.raw("password").unwrap_or_default();
    match account::accept(desk.context(), &secret, password, &client).await {
        Ok(entered) => Ok(begin(&desk, &entered, "/")),
        Err(error) => {
            let found = account::welcome(desk.context(), &secret).await?;
            desk.refuse("Welcome", error, |faults| shown::welcome(&found, address(&secret), faults)).await
        }
    }
}

fn address(secret: &str) -> String {
    format!("/welcome/{}", show::path::encoded(secret))
}
