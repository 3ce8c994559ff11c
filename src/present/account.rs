//! Signing in, and choosing a password.

pub(crate) mod address;
pub(crate) mod letters;
pub(crate) mod own;
pub mod second_factor;

use std::collections::BTreeSet;

use serde::Serialize;

use super::{
    View,
    admin::Letters,
    form::{
        Entered, Form,
        fault::Faults,
        field::{Control, Field, Input},
    },
    part::Link,
    path, words,
};
use crate::{
    domain::{Duty, Standing},
    model::{LinkPurpose, Person},
    usecase::account::Welcome,
};

/// Sign in with e-mail address and password; posts `email`, `password`, `next` to `/sign-in`.
#[derive(Clone, Debug, Serialize)]
pub struct SignIn {
    pub email: String,
    /// Why it did not work.
    pub fault: Option<String>,
    /// Where to go afterwards, from `/`.
    pub next: Option<String>,
    /// In the demo: people to be, by what they do; each posts `person` to `/demo/sign-in`.
    pub demo: Vec<DemoGroup>,
}

/// Demo people who do the same thing.
#[derive(Clone, Debug, Serialize)]
pub struct DemoGroup {
    /// `Submit`, `Review`, `Run the office`.
    pub title: String,
    pub people: Vec<DemoPerson>,
}

/// Somebody to be in the demo.
#[derive(Clone, Debug, Serialize)]
pub struct DemoPerson {
    /// Posted as `person`.
    pub id: String,
    pub name: String,
    pub initials: String,
    /// `Family physician with a self-study to send`.
    pub what: String,
}

impl View for SignIn {
    const TEMPLATE: &'static str = "page/sign_in.html";
}

/// The sign-in page; what was entered carries `email` and `next`.
pub(crate) fn sign_in(people: &[(Person, BTreeSet<String>)], entered: &Entered) -> SignIn {
    let Entered { fields: typed, faults } = entered;
    SignIn {
        email: typed.text("email"),
        fault: faults.list(&[]).into_iter().next().map(|fault| fault.message),
        next: typed.get("next").and_then(crate::present::path::local).map(str::to_owned),
        demo: demo(people),
    }
}

/// The demo's people by what they do.
fn demo(people: &[(Person, BTreeSet<String>)]) -> Vec<DemoGroup> {
    let titles = ["Submit", "Review and decide", "Run the office"];
    let place = |person: &Person, groups: &BTreeSet<String>| match (person.duties.is_empty(), groups.is_empty()) {
        (false, _) => 2,
        (true, false) => 1,
        (true, true) => 0,
    };
    titles
        .iter()
        .enumerate()
        .map(|(number, title)| DemoGroup {
            title: (*title).to_owned(),
            people: people
                .iter()
                .filter(|(person, groups)| person.standing == Standing::Active && place(person, groups) == number)
                .map(|(person, groups)| demo_person(person, groups))
                .collect(),
        })
        .filter(|group| !group.people.is_empty())
        .collect()
}

fn demo_person(person: &Person, groups: &BTreeSet<String>) -> DemoPerson {
    let duties = person.duties.iter().map(|duty: &Duty| words::duty(*duty).to_owned());
    let parts: Vec<String> = duties.chain(groups.iter().map(|slug| words::words(slug))).collect();
    let what = match (parts.is_empty(), person.affiliation.is_empty()) {
        (false, _) => words::list(&parts),
        (true, false) => format!("Submits, {}", person.affiliation),
        (true, true) => "Submits".to_owned(),
    };
    DemoPerson {
        id: person.id.to_string(),
        name: words::printed(person),
        initials: words::initials(&person.name),
        what,
    }
}

/// The name of the field for a code: one that is never kept and given back.
pub(crate) const CODE: &str = "one-time/code";

/// The question for a code.
pub(crate) fn code_field(label: &str, faults: &Faults) -> Field {
    let control = Control::Text { value: String::new(), input: Input::Text, autocomplete: "one-time-code" };
    Field { fault: faults.on(CODE), ..Field::new(CODE, label, control) }
}

/// The code that is asked beside the password.
pub(crate) fn code(email: &str, next: Option<&str>, faults: &Faults) -> Form {
    let field = code_field("Code", faults)
        .hint("The six digits that your app shows now. Without the app: one of your recovery codes.");
    let action = next.map_or_else(|| "/sign-in/code".to_owned(), |next| path::with("/sign-in/code", "next", next));
    Form {
        heading: "Enter a code".to_owned(),
        lead: Some(format!(
            "The password for {email} is right. Your account has a second factor. Lost both the app and the recovery \
             codes? An administrator of your office takes it away."
        )),
        back: Some(Link::new("Sign in as somebody else", "/sign-in")),
        ..Form::new(vec![field], faults, action, "Sign in")
    }
}

/// Whoever forgot their password says which address is theirs.
pub(crate) fn forgotten(letters: Letters, entered: &Entered) -> Form {
    let Entered { fields: typed, faults } = entered;
    let heading = "Forgotten password".to_owned();
    if letters == Letters::Kept {
        let lead = "This office sends no letters from here. Ask the office: an administrator hands you a link to choose another password.";
        return Form { heading, lead: Some(lead.to_owned()), ..Form::new(Vec::new(), faults, String::new(), "") };
    }
    let control = Control::Text { value: typed.text("email"), input: Input::Email, autocomplete: "username" };
    let email = Field { fault: faults.on("email"), ..Field::new("email", "E-mail address", control) };
    Form {
        heading,
        lead: Some(
            "A letter with a link goes to the address of your account. The link works once, for an hour.".to_owned(),
        ),
        ..Form::new(vec![email], faults, "/forgotten".to_owned(), "Send the letter")
    }
}

/// Accepting a one-time link: a password is chosen.
pub(crate) fn welcome(welcome: &Welcome, action: String, faults: &Faults) -> Form {
    let control = Control::Text { value: String::new(), input: Input::Password, autocomplete: "new-password" };
    let password = Field { fault: faults.on("password"), ..Field::new("password", "Choose a password", control) };
    let fields =
        vec![password.hint("At least 15 characters. Four or five words that do not belong together are good.")];
    let (heading, lead) = match welcome.purpose {
        LinkPurpose::Reset => (
            "Choose another password".to_owned(),
            format!("For {} at {}. The link works once.", welcome.person.email, welcome.organisation.name),
        ),
        LinkPurpose::SetUp | LinkPurpose::Invitation => (
            format!("Welcome, {}", welcome.person.name),
            format!("You are joining {} as {}. The link works once.", welcome.organisation.name, welcome.person.email),
        ),
    };
    Form { heading, lead: Some(lead), ..Form::new(fields, faults, action, "Set the password and sign in") }
}
