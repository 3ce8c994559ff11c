//! Another address: asked for, confirmed, and given by the office.

use crate::{
    model::{AddressChange, Person, Side},
    present::{
        admin::Letters,
        form::{
            Entered, Form,
            fault::Faults,
            field::{Control, Field, Input},
        },
        part::Link,
        words::calendar::Calendar,
    },
    usecase::own_account::address::Confirmation,
};

use super::own::Passwords;

const HERE: &str = "/account/address";
const HEADING: &str = "Another address";

/// How the address of an account can be changed.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Way<'a> {
    pub(crate) letters: Letters,
    pub(crate) passwords: Passwords,
    /// What was asked for and waits.
    pub(crate) waiting: Option<&'a AddressChange>,
}

/// Another address for oneself.
pub(crate) fn of(person: &Person, way: Way<'_>, calendar: &Calendar, entered: &Entered) -> Form {
    let Entered { fields: typed, faults } = entered;
    let back = Link::new("Your account", "/account");
    let cannot = match (way.passwords, way.letters) {
        (Passwords::None, _) => "Nobody has a password in the demo, so nobody changes their address.",
        (_, Letters::Kept) => {
            "No letters are sent from here, so no address can be confirmed. Ask the office: an administrator changes yours."
        }
        _ => "",
    };
    if !cannot.is_empty() {
        let lead = format!("You sign in as {}. {cannot}", person.email);
        let form = Form::plain(Vec::new(), faults, String::new(), "", back);
        return Form { heading: HEADING.to_owned(), lead: Some(lead), ..form };
    }
    let line = |name: &str, label: &str, value: String, input, autocomplete| {
        let control = Control::Text { value, input, autocomplete };
        Field { fault: faults.on(name), ..Field::new(name, label, control) }
    };
    let fields = vec![
        line("email", "The new address", typed.text("email"), Input::Email, "email"),
        line("password", "Your password", String::new(), Input::Password, "current-password"),
    ];
    Form {
        heading: HEADING.to_owned(),
        lead: Some(format!(
            "You sign in as {}. A letter with a link goes there, and one to the new address. Once both are opened and \
             confirmed, the new address is yours.",
            person.email
        )),
        warning: way.waiting.map(|change| waits(change, calendar)),
        ..Form::plain(fields, faults, HERE.to_owned(), "Send both letters", back)
    }
}

fn waits(change: &AddressChange, calendar: &Calendar) -> String {
    let missing = match (change.old_confirmed_at, change.new_confirmed_at) {
        (None, None) => "neither address has",
        (None, Some(_)) => "the address of now has not",
        _ => "the new address has not",
    };
    let until = calendar.instant(change.expires_at).text;
    format!(
        "You asked for {}: {missing} confirmed it yet. The links work until {until}; asking for another one ends them.",
        change.email
    )
}

/// What a link confirms.
pub(crate) fn confirmation(asked: &Confirmation, action: String) -> Form {
    let Confirmation { person, change, side } = asked;
    let lead = match side {
        Side::Old => format!("{} becomes {}: you sign in with that, and letters go there.", person.email, change.email),
        Side::New => format!("{} becomes the address of an account here. Confirm it if that is yours.", change.email),
    };
    Form {
        heading: "Confirm the address".to_owned(),
        lead: Some(lead),
        ..Form::new(Vec::new(), &Faults::default(), action, "Confirm it")
    }
}

/// Another address for somebody, from the office.
pub(crate) fn theirs(person: &Person, entered: &Entered) -> Form {
    let Entered { fields: typed, faults } = entered;
    let control = Control::Text { value: typed.text("email"), input: Input::Email, autocomplete: "off" };
    let email = Field { fault: faults.on("email"), ..Field::new("email", "The new address", control) };
    Form {
        heading: format!("Another address for {}", person.name),
        lead: Some(format!(
            "{} now. They sign in with the new one, and letters go there. Make sure that it is really theirs: whoever reads \
             its letters can choose their password.",
            person.email
        )),
        ..Form::plain(
            vec![email],
            faults,
            format!("/people/{}/address", person.id),
            "Change the address",
            Link::new(person.name.clone(), format!("/people/{}", person.id)),
        )
    }
}
