//! The second factor of signing in: turning it on and off, recovery codes, and taking it away from somebody.

use std::fmt::Write as _;

use serde::Serialize;

use super::code_field;
use crate::{
    model::Person,
    present::{
        View,
        form::{
            Entered, Form,
            fault::Faults,
            field::{Control, Field, Input},
            place,
        },
        part::{Fault, Link, Tone},
        path,
        words::{self, calendar::Calendar},
    },
    usecase::own_account::second_factor::{Offer, Standing},
};

/// The name of the field that carries the secret along; it is never kept.
pub(crate) const SECRET: &str = "one-time/secret";
const HERE: &str = "/account/second-factor";
const HEADING: &str = "Second factor";

/// Turning it on: the secret, as a drawing and in letters, and the question for a code of it.
#[derive(Clone, Debug, Serialize)]
pub struct SetUp {
    pub back: Option<Link>,
    pub heading: String,
    pub lead: String,
    pub faults: Vec<Fault>,
    /// In groups of four, to be typed.
    pub groups: String,
    /// As a link for an app on this device.
    pub address: String,
    /// The same for the camera of another one; none where it is too long for that.
    pub drawing: Option<Drawing>,
    /// As the form carries it.
    pub secret: String,
    pub code: Field,
    pub action: String,
}

/// A QR code.
#[derive(Clone, Debug, Serialize)]
pub struct Drawing {
    /// Of a side, with the white around it.
    pub size: usize,
    /// The dark squares, as SVG writes a path.
    pub path: String,
}

/// Recovery codes, shown once.
#[derive(Clone, Debug, Serialize)]
pub struct RecoveryCodes {
    pub codes: Vec<String>,
    /// Where to go on.
    pub next: Link,
}

impl View for SetUp {
    const TEMPLATE: &'static str = "page/second_factor_set_up.html";
}

impl View for RecoveryCodes {
    const TEMPLATE: &'static str = "page/recovery_code_list.html";
}

/// Where nobody has any.
pub(crate) fn none() -> Form {
    let lead = "Nobody has a password in the demo: people are chosen from a list. So there is no second factor either.";
    plain(HEADING, lead)
}

/// It is on.
pub(crate) fn on(standing: &Standing, calendar: &Calendar) -> Form {
    let since = standing.since.map(|since| format!(" since {}", calendar.instant(since).text)).unwrap_or_default();
    let left = usize::try_from(standing.codes_left).unwrap_or(usize::MAX);
    let required = if standing.required { " Your office requires it of you." } else { "" };
    let lead = format!(
        "On{since}: who signs in as you needs your password and a code of your app. You have {} left for when the app is \
         lost.{required}",
        words::many(left, "recovery code")
    );
    Form {
        links: vec![
            Link::new("Make new recovery codes", format!("{HERE}/codes")),
            Link::new("Turn it off, or change to another app", format!("{HERE}/off")),
        ],
        ..plain(HEADING, &lead)
    }
}

/// The way to turn it on.
pub(crate) fn set_up(offer: &Offer, standing: &Standing, next: Option<&str>, faults: &Faults) -> SetUp {
    let required = "Your office requires a second factor of you: turn it on now, then you go on.";
    let lead = "Your password alone lets in now. With a second factor, who signs in as you also needs a code that an app on \
                your telephone shows, another one every 30 seconds.";
    let code = code_field("The code that the app shows", faults).hint("Six digits.");
    let letters: Vec<char> = offer.secret.chars().collect();
    let groups: Vec<String> = letters.chunks(4).map(|group| group.iter().collect()).collect();
    SetUp {
        back: (!standing.required).then(|| Link::new("Your account", "/account")),
        heading: "Turn on a second factor".to_owned(),
        lead: if standing.required { required.to_owned() } else { lead.to_owned() },
        faults: faults.list(&place::places(std::slice::from_ref(&code))),
        groups: groups.join(" "),
        address: offer.address.clone(),
        drawing: drawing(&offer.address),
        secret: offer.secret.clone(),
        code,
        action: next.map_or_else(|| HERE.to_owned(), |next| path::with(HERE, "next", next)),
    }
}

/// An address as a QR code with the four white squares around it that the standard asks for.
fn drawing(address: &str) -> Option<Drawing> {
    const MARGIN: usize = 4;
    let code = qrcode::QrCode::new(address).ok()?;
    let width = code.width();
    let colors = code.to_colors();
    let mut path = String::new();
    for (y, row) in colors.chunks(width).enumerate() {
        for (x, _) in row.iter().enumerate().filter(|(_, color)| **color == qrcode::Color::Dark) {
            // Writing to a string cannot fail.
            let _ = write!(path, "M{} {}h1v1h-1z", x + MARGIN, y + MARGIN);
        }
    }
    Some(Drawing { size: width + 2 * MARGIN, path })
}

/// The recovery codes, shown this once.
pub(crate) fn recovery_codes(codes: Vec<String>, next: Option<&str>) -> RecoveryCodes {
    let next = next.filter(|next| *next != "/");
    let next = next
        .map_or_else(|| Link::new("I have kept them", "/account"), |next| Link::new("I have kept them, go on", next));
    RecoveryCodes { codes, next }
}

/// New recovery codes.
pub(crate) fn new_codes(faults: &Faults) -> Form {
    let code = code_field("A code of your app", faults).hint("Or one of the recovery codes that you have.");
    Form {
        heading: "New recovery codes".to_owned(),
        lead: Some("Ten new ones take the place of those of before, which are worth nothing then.".to_owned()),
        ..Form::plain(vec![code], faults, format!("{HERE}/codes"), "Make new codes", Link::new(HEADING, HERE))
    }
}

/// Turning it off.
pub(crate) fn off(faults: &Faults) -> Form {
    let control = Control::Text { value: String::new(), input: Input::Password, autocomplete: "current-password" };
    let password = Field { fault: faults.on("password"), ..Field::new("password", "Your password", control) };
    let code = code_field("A code of your app", faults).hint("Or one of your recovery codes.");
    Form {
        heading: "Turn the second factor off".to_owned(),
        lead: Some(
            "Your password alone lets in then. The app and the recovery codes are worth nothing any more. To change to \
             another app, turn it off here and on again."
                .to_owned(),
        ),
        tone: Tone::Bad,
        ..Form::plain(vec![password, code], faults, format!("{HERE}/off"), "Turn it off", Link::new(HEADING, HERE))
    }
}

/// Taking it away from somebody.
pub(crate) fn taking_away(person: &Person, entered: &Entered) -> Form {
    let Entered { fields: typed, faults } = entered;
    let reason = Field {
        fault: faults.on("reason"),
        ..Field::new("reason", "Reason", Control::long_text(typed.raw("reason").unwrap_or_default()))
    };
    let reason = reason.hint("The trail keeps it. Make sure that it is really they who ask.");
    Form {
        heading: format!("Take the second factor away from {}", person.name),
        lead: Some(
            "For who lost both the app and the recovery codes. Their password alone lets in then; they get a letter."
                .to_owned(),
        ),
        tone: Tone::Bad,
        ..Form::plain(vec![reason], faults, of_person(person), "Take it away", to(person))
    }
}

/// Somebody who has none.
pub(crate) fn nothing_to_take(person: &Person) -> Form {
    Form {
        back: Some(to(person)),
        ..plain(&format!("Second factor of {}", person.name), "They have none: their password alone lets in.")
    }
}

fn of_person(person: &Person) -> String {
    format!("/people/{}/second-factor", person.id)
}

fn to(person: &Person) -> Link {
    Link::new(person.name.clone(), format!("/people/{}", person.id))
}

fn plain(heading: &str, lead: &str) -> Form {
    let back = Link::new("Your account", "/account");
    Form {
        heading: heading.to_owned(),
        lead: Some(lead.to_owned()),
        ..Form::plain(Vec::new(), &Faults::default(), String::new(), "", back)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_drawing_has_its_margin_and_its_corner() {
        let drawing =
            drawing("otpauth://totp/A:a%40b.example?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=A").unwrap();
        assert!(drawing.size > 29, "{}", drawing.size);
        assert!(drawing.path.starts_with("M4 4h1v1h-1zM5 4h1v1h-1z"), "{}", drawing.path);
    }
}
