//! One's own account: what is printed, the password, and where one is signed in.

use super::{
    account::From,
    context::{Answer, SignedInPage},
};
use crate::{
    domain::SessionId,
    http::input::Path,
    present::{
        account::{
            letters,
            own::{self as shown, Passwords},
        },
        done::Done,
        form::{Entered, data::FormData},
    },
    usecase::{
        account,
        own_account::{self, Particulars},
    },
};

const HEADING: &str = "Your account";
const PASSWORD: &str = "Choose another password";

pub(super) async fn read(reader: SignedInPage) -> Answer {
    let person = &reader.signed()?.person;
    let page = shown::of(person, &shown::typed(person).into());
    reader.page_context.show(HEADING, page).await
}

pub(super) async fn edit(reader: SignedInPage, typed: FormData) -> Answer {
    let particulars = Particulars {
        name: typed.text("name"),
        credentials: typed.text("credentials"),
        affiliation: typed.text("affiliation"),
        unwanted_letters: None,
    };
    match own_account::describe(&reader.call, typed.version()?, &particulars).await {
        Ok(_) => Ok(reader.page_context.go("/account", Some(Done::Saved))),
        Err(error) => {
            let person = account::by_id(&reader.call.context, reader.call.caller.person).await?.person;
            let page = |entered: &Entered| shown::of(&person, entered);
            reader.page_context.refuse(HEADING, typed, error, page).await
        }
    }
}

pub(super) async fn password(reader: SignedInPage) -> Answer {
    reader.page_context.show(PASSWORD, shown::password(passwords(&reader), &Entered::default())).await
}

pub(super) async fn change_password(reader: SignedInPage, From(client): From, typed: FormData) -> Answer {
    let [current, chosen] = ["current", "password"].map(|name| typed.raw(name).unwrap_or_default());
    match own_account::change_password(&reader.call, reader.signed()?, current, chosen, &client).await {
        Ok(()) => Ok(reader.page_context.go("/account", Some(Done::PasswordSet))),
        Err(error) => {
            let page = |entered: &Entered| shown::password(passwords(&reader), entered);
            reader.page_context.refuse(PASSWORD, FormData::default(), error, page).await
        }
    }
}

pub(super) async fn sessions(reader: SignedInPage) -> Answer {
    let sessions = own_account::sessions(&reader.call).await?;
    let here = reader.signed()?.session;
    let page = shown::sessions(&sessions, here, &reader.page_context.calendar().await?);
    reader.page_context.show("Where you are signed in", page).await
}

pub(super) async fn end(reader: SignedInPage, Path(id): Path<uuid::Uuid>, From(client): From) -> Answer {
    own_account::end_one(&reader.call, reader.signed()?, SessionId(id), &client).await?;
    Ok(reader.page_context.go("/account/sessions", Some(Done::SignedOutElsewhere)))
}

pub(super) async fn end_others(reader: SignedInPage, From(client): From) -> Answer {
    own_account::end_others(&reader.call, reader.signed()?, &client).await?;
    Ok(reader.page_context.go("/account/sessions", Some(Done::SignedOutElsewhere)))
}

/// Which letters one gets.
pub(super) async fn letters(reader: SignedInPage) -> Answer {
    let unwanted = own_account::letters::unwanted(&reader.call).await?;
    reader.page_context.show("Which letters you get", letters::of(&unwanted)).await
}

pub(super) async fn choose_letters(reader: SignedInPage, typed: FormData) -> Answer {
    own_account::letters::choose(&reader.call, &letters::unwanted(&typed)).await?;
    Ok(reader.page_context.go("/account", Some(Done::Saved)))
}

pub(super) fn passwords(reader: &SignedInPage) -> Passwords {
    if reader.call.context.demo.is_some() { Passwords::None } else { Passwords::Asked }
}
