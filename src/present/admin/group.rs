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
    usecase::admin::Membership,
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
        lead: Some(capital(&format!("{members} {needed}"))),
        also: leaving.collect(),
        ..Form::plain(fields, faults, format!("/groups/{slug}/join"), send, Link::new("Groups", "/groups"))
    }
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
