//! One group: who is in it, who joins and who leaves.

use super::administers;
use crate::{
    access::Caller,
    model::Person,
    present::{
        form::{
            Entered, Form,
            data::FormData,
            fault::Faults,
            field::{Choice, Control, Field},
        },
        part::{Button, Link, Tone},
        path,
        words::{self, capital},
    },
    usecase::admin::{Membership, WhileAway},
};

/// The page. `fitting` are those to choose from where several fit what was typed.
pub(crate) fn of(found: &Membership, fitting: &[Person], caller: &Caller, entered: &Entered) -> Form {
    let Entered { fields: typed, faults } = entered;
    let slug = path::encoded(&found.group.slug);
    let names: Vec<String> = found.members.iter().map(|person| person.name.clone()).collect();
    let manages = administers(caller);
    let fields = if manages { joining(fitting, typed, faults) } else { Vec::new() };
    let send = if manages { "Join" } else { "" };
    let leaving = found.members.iter().filter(|_| manages).map(|person| Button {
        label: format!("{} leaves", person.name),
        action: format!("/groups/{slug}/leave/{}", person.id),
        version: None,
        tone: Tone::Bad,
    });
    let needed = match found.needed {
        0 => "No workflow in force uses it.".to_owned(),
        needed => format!("Workflows need at least {needed}."),
    };
    let members =
        if names.is_empty() { "Nobody is a member.".to_owned() } else { format!("Members: {}.", words::list(&names)) };
    Form {
        heading: found.group.title.clone(),
        lead: Some(capital(&format!("{members} {needed} {}", while_away(found)))),
        also: leaving.chain(changing(found, &slug).filter(|_| manages)).collect(),
        ..Form::plain(fields, faults, format!("/groups/{slug}/join"), send, Link::new("Groups", "/groups"))
    }
}

/// What becomes of the places of a member who is away.
fn while_away(found: &Membership) -> &'static str {
    match found.while_away {
        WhileAway::PassOn => {
            "While a member is away, their places pass on: others take them, and what they held counts as unassigned."
        }
        WhileAway::Wait => "While a member is away, their places wait for them; deadlines run on.",
    }
}

/// The other way, to choose.
fn changing(found: &Membership, slug: &str) -> impl Iterator<Item = Button> {
    let (label, path) = match found.while_away {
        WhileAway::PassOn => ("Have places wait for members who are away", "places-wait"),
        WhileAway::Wait => ("Have places of members who are away pass on", "places-pass-on"),
    };
    let action = format!("/groups/{slug}/{path}");
    std::iter::once(Button { label: label.to_owned(), action, version: None, tone: Tone::Quiet })
}

/// Who joins: looked for, and chosen where several fit.
fn joining(fitting: &[Person], typed: &FormData, faults: &Faults) -> Vec<Field> {
    let who = Field::new("who", "Who joins", Control::text(typed.text("who")))
        .hint("Part of the name, or the e-mail address.");
    let who = Field { fault: faults.on("who"), ..who };
    if fitting.len() < 2 {
        return vec![who];
    }
    let options = fitting.iter().map(|person| Choice {
        hint: Some(person.email.to_string()),
        ..Choice::new(person.id.to_string(), words::printed(person))
    });
    let which = Field::new("person", "Which of them", Control::Choice { options: options.collect() });
    vec![who, Field { fault: faults.on("person"), ..which }]
}
