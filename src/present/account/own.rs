//! One's own account: what is printed, the password, and where one is signed in.

use crate::{
    domain::SessionId,
    model::{Person, Session},
    present::{
        form::{
            Entered, Form,
            data::FormData,
            field::{Control, Field, Input},
        },
        part::{Button, Link, Tone},
        words::{browser, calendar::Calendar},
    },
    usecase::admin::person_version,
};

/// Whether people sign in with passwords.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Passwords {
    Asked,
    /// In the demo.
    None,
}

/// Where it is.
const ACCOUNT: &str = "/account";

/// What one says of oneself, as typed into the form: what [`of`] shows.
pub(crate) fn typed(person: &Person) -> FormData {
    let lines = [("name", &person.name), ("credentials", &person.credentials), ("affiliation", &person.affiliation)];
    FormData(lines.map(|(name, value)| (name.to_owned(), value.clone())).into())
}

/// The account.
pub(crate) fn of(person: &Person, entered: &Entered) -> Form {
    let Entered { fields: typed, faults } = entered;
    let line = |name: &str, label: &str, autocomplete| Field {
        fault: faults.on(name),
        ..Field::new(name, label, Control::Text { value: typed.text(name), input: Input::Text, autocomplete })
    };
    let fields = vec![
        line("name", "Name, as it is printed", "name"),
        line("credentials", "Credentials", "off").hint("Behind the name, as MD, FAAFP.").optional(),
        line("affiliation", "Institution", "organization")
            .hint("Where you work. Conflicts of interest are found by it: a place in a review that it forbids is given to somebody else.")
            .optional(),
    ];
    let links = vec![
        Link::new("Another address", format!("{ACCOUNT}/address")),
        Link::new("Choose another password", format!("{ACCOUNT}/password")),
        Link::new("Second factor", format!("{ACCOUNT}/second-factor")),
        Link::new("Which letters you get", format!("{ACCOUNT}/letters")),
        Link::new("Where you are signed in", format!("{ACCOUNT}/sessions")),
        Link::new("When you are away", "/absence"),
    ];
    Form {
        heading: "Your account".to_owned(),
        lead: Some(format!("You sign in as {}.", person.email)),
        version: Some(person_version(person)),
        links,
        ..Form::plain(fields, faults, ACCOUNT.to_owned(), "Save", Link::new("Home", "/"))
    }
}

/// Another password, where people have any.
pub(crate) fn password(passwords: Passwords, entered: &Entered) -> Form {
    let faults = &entered.faults;
    let (heading, back) = ("Choose another password".to_owned(), Link::new("Your account", ACCOUNT));
    if passwords == Passwords::None {
        let lead = "Nobody has a password in the demo: people are chosen from a list.".to_owned();
        return Form { heading, lead: Some(lead), ..Form::plain(Vec::new(), faults, String::new(), "", back) };
    }
    let line = |name: &str, label: &str, autocomplete| {
        let control = Control::Text { value: String::new(), input: Input::Password, autocomplete };
        Field { fault: faults.on(name), ..Field::new(name, label, control) }
    };
    let fields = vec![
        line("current", "The password you have now", "current-password"),
        line("password", "The new one", "new-password")
            .hint("At least 15 characters. Four or five words that do not belong together are good."),
    ];
    Form {
        heading,
        lead: Some("You stay signed in here; everywhere else you sign in again.".to_owned()),
        ..Form::plain(fields, faults, format!("{ACCOUNT}/password"), "Set the password", back)
    }
}

/// Where one is signed in, each with its end.
pub(crate) fn sessions(sessions: &[Session], here: Option<SessionId>, calendar: &Calendar) -> Form {
    let (mine, others): (Vec<&Session>, Vec<&Session>) = sessions.iter().partition(|session| Some(session.id) == here);
    let told = |session: &Session| {
        let from = if session.address.is_empty() { String::new() } else { format!(" from {}", session.address) };
        let last = calendar.instant(session.seen_at).relative;
        format!("{}{from}, last used {last}", browser::called(&session.agent))
    };
    let here = mine.first().map(|session| format!("Here: {}.", browser::called(&session.agent)));
    let lead = if others.is_empty() { "You are signed in nowhere else." } else { "You are signed in elsewhere too:" };
    let mut also: Vec<Button> = others
        .iter()
        .map(|session| button(format!("Sign out: {}", told(session)), format!("{ACCOUNT}/sessions/{}/end", session.id)))
        .collect();
    if also.len() > 1 {
        also.push(button("Sign out everywhere but here".to_owned(), format!("{ACCOUNT}/sessions/end-others")));
    }
    let back = Link::new("Your account", ACCOUNT);
    Form {
        heading: "Where you are signed in".to_owned(),
        lead: Some(here.into_iter().chain([lead.to_owned()]).collect::<Vec<_>>().join(" ")),
        also,
        ..Form::plain(Vec::new(), &Entered::default().faults, String::new(), "", back)
    }
}

fn button(label: String, action: String) -> Button {
    Button { label, action, version: None, tone: Tone::Quiet }
}
